import { html, nothing } from 'lit';
import { phone } from '../parts/format.js';
import { i18n, t, term } from '../parts/i18n.js';
import { dispositionWords } from './dispositions.js';

const OWN_WORDS = new Set(['OPENED', 'JOINED', 'LATE', 'REMARK', 'STEP']);

/**
 * One entry of the story as a sentence; in the service's own words where the page has none for its kind. Chinese
 * sentences about signals keep the service's words beside them, since those may tell more.
 */
export function sentence(entry) {
  const key = `story.${entry.kind}`;
  if (!i18n.has(key)) {
    return [who(entry.by), entry.text].filter(Boolean).join(' · ');
  }
  const data = entry.data ?? {};
  const told = t(key, {
    by: who(entry.by),
    text: entry.text ?? '',
    words: data.text ?? '',
    device: data.device ?? '',
    party: term('party', data.to?.kind ?? data.party),
    number: phone(data.to?.number ?? data.number),
    outcome: term('outcome', data.outcome),
    responder: data.responder?.name ?? data.responderName ?? '',
    state: term('dispatch', data.state),
    disposition: dispositionWords(data.disposition),
  }).trim();
  return html`${told}${i18n.chinese && OWN_WORDS.has(entry.kind) ? html` <small>${entry.text}</small>` : nothing}`;
}

function who(by) {
  return (typeof by === 'object' ? by?.name ?? by?.id : by) || t('system');
}

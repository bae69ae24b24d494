import { html, nothing } from 'lit';
import { i18n, t, term } from '../parts/i18n.js';
import { signalWords } from '../parts/service-words.js';
import { dispositionWords } from './dispositions.js';
import { stepReasons } from './reasons.js';

const OWN_WORDS = new Set(['OPENED', 'JOINED', 'LATE', 'REMARK']);

/**
 * One entry of the story as a sentence; in the service's own words where the page has none for its kind. Chinese
 * sentences about signals keep the service's words beside them, since those may tell more.
 */
export function sentence(entry, incident) {
  const key = `story.${entry.kind}`;
  if (!i18n.has(key)) {
    return [who(entry.by), entry.text].filter(Boolean).join(' · ');
  }
  const data = entry.data ?? {};
  const told = t(key, {
    by: who(entry.by),
    person: entry.by ? who(entry.by) : '',
    text: entry.text ?? '',
    words: added(entry.text),
    reason: data.noVisitReason ? t('noVisit', { reason: data.noVisitReason }) : '',
    device: data.device ? t('device', { device: data.device }) : '',
    name: data.name ?? '',
    why: data.why ?? '',
    party: called(data, incident),
    outcome: term('outcome', data.outcome),
    responder: sent(data, incident),
    state: term(entry.kind === 'STEP' ? 'stepState' : 'dispatch', data.state),
    step: term('step', data.step),
    reasons: entry.kind === 'STEP' ? stepReasons(entry.text) : '',
    disposition: dispositionWords(data.disposition),
  }).trim();
  return html`${told}${i18n.chinese && OWN_WORDS.has(entry.kind) ? html` <small>${ownWords(entry, incident)}</small>` : nothing}`;
}

/** A rule's words in the page's language, a person's as they were said. */
const ownWords = (entry, incident) => (entry.by || incident.kind === 'CONCERN' ? entry.text : signalWords(entry.text));

/** What a person wrote stands behind the service's words. */
const added = (text) => (text ?? '').split(' · ').slice(1).join(' · ');

const called = (data, incident) => incident.file?.contacts?.find((each) => each.id === data.contactId)?.name ?? term('party', data.to);

const sent = (data, incident) => incident.dispatches?.find((each) => each.id === data.dispatchId)?.responder?.name ?? '';

function who(by) {
  return (typeof by === 'object' ? by?.name ?? by?.id : by) || t('system');
}

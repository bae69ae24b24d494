import { html, nothing } from 'lit';
import { clock } from './clock.js';
import { t } from './i18n.js';

const WARN_MS = 60_000;

/** Says when a taken incident will open again because nothing has been recorded. */
export function staleBadge(row) {
  const left = row.staleAt && row.state === 'TAKEN' ? Date.parse(row.staleAt) - clock.now() : Infinity;
  return left > WARN_MS ? nothing
    : html`<span class="badge warn">${t('staleIn', { seconds: Math.max(0, Math.ceil(left / 1000)) })}</span>`;
}

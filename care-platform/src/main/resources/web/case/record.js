import { html, nothing } from 'lit';
import { clock } from '../parts/clock.js';
import { duration, moment, phone } from '../parts/format.js';
import { t, term } from '../parts/i18n.js';
import { signalWords } from '../parts/service-words.js';
import { stepReasons } from './reasons.js';
import { sentence } from './sentences.js';

/** What happened, oldest first, in sentences. */
export const story = (incident) => html`<section aria-labelledby="story-heading">
  <h3 id="story-heading">${t('story')}</h3>
  <ol class="story">${(incident.story ?? []).map((entry) => html`<li class=${entry.kind}>
    <time datetime=${entry.at}>${moment(entry.at)}</time> <span>${sentence(entry, incident)}</span></li>`)}</ol>
</section>`;

/** Who has been sent, and how far they are. */
export function dispatches(incident, unfold) {
  const all = incident.dispatches ?? [];
  return all.length === 0 ? nothing : html`<section aria-labelledby="dispatches-heading">
    <h3 id="dispatches-heading">${t('dispatches')}</h3>
    <ul class="notices">${all.map((each) => html`<li><b>${each.responder?.name}</b> <span class="phone">${phone(each.responder?.phone)}</span> ·
      <b>${term('dispatch', each.state)}</b> ${moment(each.at)}
      <button type="button" @click=${unfold}>${t('follow')}</button></li>`)}</ul>
  </section>`;
}

const STEP_SIGN = { sent: '✓', due: '○', failed: '✗', skipped: '↷', held: '‖' };

/** The ladder: what was done, what comes next and when. */
export function ladder(incident) {
  const steps = incident.ladder ?? [];
  return steps.length === 0 ? nothing : html`<section aria-labelledby="ladder-heading">
    <h3 id="ladder-heading">${t('ladder')}</h3>
    <ol class="ladder">${steps.map((step) => html`<li class=${step.state}>
      <span class="sign" aria-hidden="true">${STEP_SIGN[step.state] ?? '·'}</span>
      <b>${term('step', step.step)}</b> <span>${term('stepState', step.state)}</span>
      <ladder-time .at=${step.state === 'held' ? null : step.at}   .due=${step.state === 'due'}></ladder-time>
      ${step.state === 'skipped' || step.state === 'failed' ? html`<small>${stepReasons(step.text)}</small>` : nothing}</li>`)}</ol>
  </section>`;
}

/** Signals with the time of the event and the time of receipt, and how far they lie apart. */
export const signals = (incident) => {
  const all = incident.signals ?? [];
  return all.length === 0 ? nothing : html`<section aria-labelledby="signals-heading">
    <h3 id="signals-heading">${t('signals')}</h3>
    <ul class="signals">${all.map((each) => html`<li><b>${term('kind', each.kind)}</b> <span class="device">${each.device}</span>
      ${each.late ? html`<span class="badge warn">${t('delayed')}</span>` : nothing}
      <span class="times">${t('eventTime')} <time>${moment(each.at)}</time> · ${t('receivedTime')} <time>${moment(each.receivedAt)}</time>${deviceTime(each)}</span>
      ${each.text ? html`<small>${each.kind === 'CONCERN' ? each.text : signalWords(each.text)}</small>` : nothing}</li>`)}</ul></section>`;
};

const deviceTime = (each) => (each.deviceAt && Math.abs(Date.parse(each.deviceAt) - Date.parse(each.at)) > 1000
  ? html` · <b>${t('deviceSays', { at: moment(each.deviceAt) })}</b>` : nothing);

/** Who was told, and whether it arrived. */
export function notices(incident) {
  const all = (incident.notices ?? []).filter((each) => each.channel !== 'console');
  return all.length === 0 ? nothing : html`<section aria-labelledby="notices-heading">
    <h3 id="notices-heading">${t('notices')}</h3>
    <ul class="notices">${all.map((each) => html`<li><b>${each.recipient}</b> ${term('channel', each.channel)} ·
      ${term('noticeState', each.state)} ${each.attempts > 1 ? t('attempts', { count: each.attempts }) : ''} ${moment(each.lastAttemptAt)}</li>`)}</ul>
  </section>`;
}

/** The time of a step: of day if it is past, a countdown if it is still to come. */
class LadderTime extends HTMLElement {
  #tick = () => this.#show();
  #at = null;
  #due = false;

  set at(iso) {
    this.#at = iso;
    this.#show();
  }

  set due(due) {
    this.#due = due;
    this.#show();
  }

  connectedCallback() {
    clock.addEventListener('change', this.#tick);
  }

  disconnectedCallback() {
    clock.removeEventListener('change', this.#tick);
  }

  #show() {
    const left = Math.ceil((Date.parse(this.#at) - clock.now()) / 1000);
    this.textContent = !this.#at ? '' : this.#due && left > 0 ? t('inTime', { time: duration(left) }) : moment(this.#at);
  }
}

customElements.define('ladder-time', LadderTime);

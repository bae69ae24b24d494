import { html, nothing } from 'lit';
import * as api from '../parts/api.js';
import { clock } from '../parts/clock.js';
import { moment, phone } from '../parts/format.js';
import { t, term } from '../parts/i18n.js';
import { Part } from '../parts/part.js';
import { problemWords } from '../parts/service-words.js';
import { board } from './board.js';
import { duty } from './duty.js';
import { sound } from './sound.js';

/** What must not be overlooked: the stream is lost, what was missed, alarms that could not be stored, answers. */
class PageBanners extends Part {
  static properties = { files: { state: true } };
  files = new Map();

  watched() {
    return [board, clock, duty, sound];
  }

  render() {
    return html`<div role="alert">${this.#lost()}${this.#fault()}${this.#unheard()}${board.unstored.map((alarm) => this.#unstored(alarm))}</div>
      <div role="status">${this.#missed()}${this.#said()}</div>`;
  }

  #lost() {
    if (board.link.state !== 'lost') {
      return nothing;
    }
    const seconds = Math.round((Date.now() - board.link.since) / 1000);
    return html`<div class="banner lost"><b>${t('lost')}</b> <span>${t('lostWhy')}</span>
      <span class="count" aria-hidden="true">${t('lostFor', { seconds })}</span></div>`;
  }

  /** It stays for as long as it lasts: nobody can put it away. */
  #fault() {
    const fault = board.fault;
    return fault ? html`<div class="banner fault"><b>${t('fault')}</b> <span>${t('faultWhy')}
      <small>${problemWords(fault.problem)}</small></span>
      <span class="count">${t('faultSince', { at: moment(fault.since) })}</span></div>` : nothing;
  }

  #unheard() {
    return sound.enabled || !duty.onDuty ? nothing : html`<div class="banner unheard"><b>${t('unheard')}</b>
      <button type="button" @click=${() => sound.enable()}>${t('soundBlocked')}</button></div>`;
  }

  #unstored(alarm) {
    const file = this.files.get(alarm.subject);
    return html`<div class="banner unstored">
      <b>${t('unstored')}</b>
      <span>${term('kind', alarm.kind)} · ${file ? this.#person(file) : alarm.subject} · ${t('device', { device: alarm.named ? `${alarm.device} / ${alarm.named}` : alarm.device })} ·
        <time>${moment(alarm.receivedAt)}</time></span>
      ${file || !alarm.subject.startsWith('resident:') ? nothing
        : html`<button type="button" @click=${() => this.#look(alarm.subject)}>${t('unstoredLook')}</button>`}
      <button type="button" @click=${() => board.dismissUnstored(alarm.key)}>${t('unstoredDone')}</button>
    </div>`;
  }

  #person(file) {
    const people = [file, ...(file.contacts ?? [])].filter((each) => each.phone);
    return html`<b>${file.name}</b> ${file.address} ${people.map((each) => html`☎ ${each.name} <span class="phone">${phone(each.phone)}</span> `)}`;
  }

  /** The register may well answer while the log cannot write. */
  async #look(subject) {
    try {
      const file = await api.get(`/residents/${api.segment(subject)}`);
      this.files = new Map(this.files).set(subject, file);
    } catch (problem) {
      board.say(problem.message || t('unreachable'), 'problem');
    }
  }

  #missed() {
    const missed = board.missed;
    if (!missed) {
      return nothing;
    }
    return html`<div class="banner missed"><b>${t('caughtUp', { seconds: missed.seconds })}</b>
      <span>${t('caughtUpWhat', {
        arrived: missed.arrived.length, ended: missed.ended.length, changed: missed.changed.length,
        names: missed.arrived.map((row) => `${row.priority} ${row.name}`).join(', '),
      })}</span>
      <button type="button" @click=${() => board.readMissed()}>${t('read')}</button></div>`;
  }

  #said() {
    const said = board.said;
    const gone = !said || (said.tone !== 'problem' && Date.now() - said.at > 8_000);
    return gone ? nothing : html`<div class="banner said ${said.tone}" data-said=${said.tone}><span>${said.text}</span>
      <button type="button" @click=${() => board.hush()}>${t('read')}</button></div>`;
  }
}

customElements.define('page-banners', PageBanners);

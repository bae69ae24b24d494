import { html, nothing } from 'lit';
import * as api from '../parts/api.js';
import { moment } from '../parts/format.js';
import { t, term } from '../parts/i18n.js';
import { Part } from '../parts/part.js';
import { places } from '../parts/places.js';

/** What our own failures left for people to do: whom to check after an outage of ours, and what was not evaluated. */
class OversightDialog extends Part {
  static properties = { outages: { state: true }, aside: { state: true }, problem: { state: true } };

  watched() {
    return [places];
  }

  render() {
    return html`<dialog class="oversight" aria-labelledby="oversight-heading">
      <h2 id="oversight-heading">${t('oversight')}</h2>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <section aria-labelledby="check-heading"><h3 id="check-heading">${t('whomToCheck')}</h3>${this.#outages()}</section>
      <section aria-labelledby="aside-heading"><h3 id="aside-heading">${t('notEvaluated')}</h3>${this.#aside()}</section>
      <form method="dialog"><button class="primary">${t('read')}</button></form>
    </dialog>`;
  }

  /** Reads both anew, for they change without a word on the stream. */
  async show() {
    this.querySelector('dialog').showModal();
    this.problem = null;
    try {
      [this.outages, this.aside] = await Promise.all(
        ['/outages', '/detection/set-aside'].map(async (path) => (await api.get(path)).items));
    } catch (problem) {
      this.problem = problem.message || t('unreachable');
    }
  }

  #outages() {
    const outages = this.outages ?? [];
    return outages.length === 0 ? html`<p data-outages="0">${this.outages ? t('noOutages') : t('reading')}</p>`
      : html`${outages.map((each) => html`<div class="outage" data-outage>
        <p><b>${t('notListening', { from: moment(each.from), to: moment(each.to) })}</b>
          ${each.check.length === 0 ? t('allHeard') : t('toCheck', { count: each.check.length })}</p>
        ${each.check.length === 0 ? nothing : html`<ul class="check-list">${each.check.map((one) => html`<li data-check=${one.subject}>
          <b>${one.name}</b> ${places.area(one.area)} <small>${t('heardBefore', { at: moment(one.heardBefore) })}</small></li>`)}</ul>`}
      </div>`)}`;
  }

  #aside() {
    const events = this.aside ?? [];
    return events.length === 0 ? html`<p data-asides="0">${this.aside ? t('noneAside') : t('reading')}</p>`
      : html`<table class="aside"><thead><tr><th>${t('asideAt')}</th><th>${t('asideWhere')}</th><th>${t('asideWho')}</th>
          <th>${t('asideWhy')}</th></tr></thead>
        <tbody>${events.map((each) => html`<tr data-aside>
          <td><time datetime=${each.at}>${moment(each.at)}</time></td>
          <td>${term('lane', each.lane)} ${each.batch}${each.place >= 0 ? ` / ${each.place}` : ''}</td>
          <td>${each.subject} <span class="device">${each.device}</span></td>
          <td>${each.rule}: <small>${each.error}</small></td></tr>`)}</tbody></table>`;
  }
}

customElements.define('oversight-dialog', OversightDialog);

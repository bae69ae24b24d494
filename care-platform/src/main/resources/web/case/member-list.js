import { html, nothing } from 'lit';
import * as api from '../parts/api.js';
import { moment, phone } from '../parts/format.js';
import { t, term } from '../parts/i18n.js';
import { Part } from '../parts/part.js';
import { places } from '../parts/places.js';

/** Whether an incident is about many at once. */
export const isOfMany = (incident) => incident.kind.endsWith('_OUTAGE');

/** Who is behind an outage of many, whom to call first first. Reading it is audited, so it is read when it is asked for. */
class MemberList extends Part {
  static properties = {
    incident: { attribute: false },
    members: { state: true },
    counts: { state: true },
    problem: { state: true },
  };
  #shown = '';

  willUpdate() {
    const shown = `${this.incident.id} ${this.incident.version}`;
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#read();
    }
  }

  render() {
    const members = this.members ?? [];
    const left = this.members ? this.counts.all - members.length : 0;
    return html`<section class="members" aria-labelledby="members-heading">
      <h3 id="members-heading">${t('members')}</h3>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${this.members ? html`<p><b data-members>${t('membersSilent', this.counts)}</b>
        <button type="button" @click=${() => this.#read()}>${t('refresh')}</button></p>` : nothing}
      <ol class="member-list">${members.map((each) => this.#member(each))}</ol>
      ${left > 0 ? html`<p><button type="button" data-members-more @click=${() => this.#read(members)}>
        ${t('membersMore', { count: left })}</button></p>` : nothing}
    </section>`;
  }

  #member(each) {
    return html`<li class=${each.silent ? 'silent' : 'back'} data-member=${each.subject}>
      <p><b>${each.name}</b> ${each.age >= 0 ? t('years', { age: each.age }) : ''}
        ${each.callFirst === 'OTHERS' ? nothing : html`<span class="badge warn">${term('callFirst', each.callFirst)}</span>`}
        ${each.silent ? nothing : html`<span class="badge">${t('heardAgain')}</span>`}</p>
      <p><span class="phone">${each.phone ? html`☎ ${phone(each.phone)}` : t('noPhone')}</span>
        ${each.address && each.address !== each.name ? each.address : places.area(each.area)}</p>
      ${each.riskNotes.length ? html`<p class="notes">⚠ ${each.riskNotes.join(' · ')}</p>` : nothing}
      <p class="devices">${each.devices.map((one) => html`<span><span class="device">${one.device}</span>
        ${one.backAt ? t('backAt', { at: moment(one.backAt) }) : t('silentSince', { at: moment(one.silentSince) })}</span> `)}</p>
    </li>`;
  }

  /** @param before those that are shown already and stay */
  async #read(before = []) {
    const id = this.incident.id;
    try {
      const answer = await api.get(`/incidents/${api.segment(id)}/members?offset=${before.length}`);
      if (id === this.incident.id) {
        this.counts = { silent: answer.silent, all: answer.total };
        this.members = [...before, ...answer.items];
        this.problem = null;
      }
    } catch (problem) {
      this.problem = problem.message || t('unreachable');
    }
  }
}

customElements.define('member-list', MemberList);

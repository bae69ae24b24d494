import { html, nothing } from 'lit';
import * as api from '../parts/api.js';
import { t } from '../parts/i18n.js';
import { Part } from '../parts/part.js';
import { board } from '../console/board.js';
import { heldByMe, saySeen } from '../console/commands.js';
import './call-panel.js';
import './case-header.js';
import './close-panel.js';
import './dispatch-panel.js';
import './note-panel.js';
import '../parts/heart-rate-chart.js';
import { isOfMany } from './member-list.js';
import { actionBar } from './action-bar.js';
import { contactList, fileSection, occupantList, otherIncidents } from './person.js';
import { dispatches, ladder, notices, signals, story } from './record.js';

/** One incident with all that is known of it. Reading it is audited; opening it says "seen". */
class CaseView extends Part {
  static properties = {
    incidentId: { attribute: false },
    file: { state: true },
    problem: { state: true },
    panel: { state: true },
    callee: { state: true },
  };
  #reading = 0;
  #changed = (event) => this.#followChange(event.detail);

  watched() {
    return [board];
  }

  connectedCallback() {
    super.connectedCallback();
    board.addEventListener('incident', this.#changed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    board.removeEventListener('incident', this.#changed);
  }

  willUpdate(changes) {
    if (changes.has('incidentId')) {
      this.file = null;
      this.problem = null;
      this.panel = null;
      this.callee = null;
      if (this.incidentId) {
        this.#open(this.incidentId);
      }
    }
  }

  render() {
    if (!this.incidentId) {
      return html`<section class="case nothing-open"><p>${t('nothingOpen')}</p></section>`;
    }
    const file = this.file;
    if (!file) {
      return html`<section class="case nothing-open"><p role=${this.problem ? 'alert' : 'status'}>${this.problem ?? t('reading')}</p>
        ${this.problem ? html`<button type="button" @click=${() => this.#read(this.incidentId)}>${t('again')}</button>` : nothing}</section>`;
    }
    return html`<article class="case ${file.priority}" aria-labelledby="case-heading" @fold=${() => this.fold()}>
      <case-header .incident=${file}></case-header>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${actionBar(file, this.panel, (name) => this.unfold(name))}
      ${this.#panel(file)}
      <div class="case-body">
        <div class="column">
          ${isOfMany(file) ? html`<member-list .incident=${file}></member-list>` : html`${fileSection(file)}
          ${contactList(file, (contact) => this.#call(contact))}`}
          ${occupantList(file, (contact) => this.#call(contact))}
          ${otherIncidents(file)}
        </div>
        <div class="column">
          ${this.#charts(file)}
          ${dispatches(file, () => this.unfold('dispatch'))}
          ${ladder(file)}${signals(file)}${notices(file)}
        </div>
        <div class="column">${story(file)}</div>
      </div>
    </article>`;
  }

  /** Opens one of the panels under the header, or moves into it if it is open. */
  unfold(name) {
    if (this.file && !ended(this.file)) {
      this.panel = name;
      this.callee = null;
      this.updateComplete.then(() => this.querySelector('.panel')?.scrollIntoView({ block: 'nearest' }));
    }
  }

  fold() {
    const button = this.querySelector(`[data-action="${this.panel}"]`);
    this.panel = null;
    button?.focus();
  }

  /** Opens the call panel for the contact with this number in the list; true if there is one. */
  callContact(number) {
    const contact = this.file?.file?.contacts?.[number - 1];
    if (contact) {
      this.#call(contact);
    }
    return Boolean(contact);
  }

  #call(contact) {
    this.unfold('call');
    this.callee = contact;
  }

  #panel(file) {
    switch (this.panel) {
      case 'call': return html`<call-panel .incident=${file} .callee=${this.callee}></call-panel>`;
      case 'note': return html`<note-panel .incident=${file}></note-panel>`;
      case 'dispatch': return html`<dispatch-panel .incident=${file}></dispatch-panel>`;
      case 'close': return html`<close-panel .incident=${file}></close-panel>`;
      default: return nothing;
    }
  }

  #charts(file) {
    const people = file.subject.startsWith('resident:') ? [{ subject: file.subject, name: file.name, limits: file.file?.limits }]
      : (file.file?.occupants ?? []).filter((each) => each.subject);
    return people.map((each) => html`<heart-rate-chart .subject=${each.subject} .limits=${each.limits ?? null}
      .heading=${people.length > 1 ? each.name : ''}></heart-rate-chart>`);
  }

  async #open(id) {
    await this.#read(id);
    if (this.file && this.incidentId === id && !ended(this.file) && !heldByMe(this.file)) {
      await saySeen(this.file);
    }
  }

  async #read(id) {
    const mine = ++this.#reading;
    try {
      const file = await api.get(`/incidents/${api.segment(id)}`);
      if (mine === this.#reading && id === this.incidentId) {
        this.file = file;
        this.problem = null;
      }
    } catch (problem) {
      if (mine === this.#reading && problem.status === 404) {
        board.gone(id);
      } else if (mine === this.#reading) {
        this.problem = problem.message || t('unreachable');
      }
    }
  }

  #followChange(row) {
    const shown = this.file;
    if (!shown) {
      return;
    }
    const same = row.id === shown.id && row.version > shown.version;
    const sameCase = row.id !== shown.id && row.caseId === shown.caseId;
    if (same || sameCase) {
      this.#read(shown.id);
    }
  }
}

const ended = (file) => file.state === 'CLOSED' || file.state === 'CANCELLED';

customElements.define('case-view', CaseView);

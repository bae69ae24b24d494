import { html, nothing } from 'lit';
import { i18n, pick, t } from '../parts/i18n.js';
import { act } from '../console/commands.js';
import { dispositions } from './dispositions.js';
import { Panel } from './panel.js';

const GROUPS = [
  ['groupReal', ['REAL_EMERGENCY_120', 'REAL_FIRE', 'FALL_INJURED', 'FALL_LIFTED_NO_INJURY', 'WANDERING_FOUND',
    'MISSING_REPORTED', 'DECEASED_FOUND']],
  ['groupHelped', ['MEDICAL_ADVICE_GIVEN', 'ASSISTANCE_GIVEN', 'SOCIAL_CALL', 'CANCELLED_BY_USER']],
  ['groupVisited', ['NO_CONTACT_VISITED_OK', 'NO_CONTACT_FORCED_ENTRY']],
  ['groupFalse', ['ACCIDENTAL', 'FALSE_SENSOR', 'EQUIPMENT_FAULT', 'TEST', 'INSTALLATION', 'DUPLICATE']],
];

/** Closes the incident with a disposition; says all the time what is still missing. */
class ClosePanel extends Panel {
  static properties = { ...Panel.properties, codes: { state: true }, problem: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  render() {
    const needs = (i18n.chinese ? this.incident.closeNeedsZh : this.incident.closeNeeds) ?? [];
    return this.frame('close', html`
      ${needs.length ? html`<div class="needs" role="status"><b>${t('closeNeeds')}</b>
        <ul>${needs.map((need) => html`<li>${need}</li>`)}</ul></div>`
        : html`<p class="may">✓ ${t('closeMay')}</p>`}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <label for="close-code">${t('disposition')}</label>
      <select id="close-code" name="disposition" required>
        <option value="">${t('choose')}</option>
        ${this.#groups().map(([name, codes]) => html`<optgroup label=${t(name)}>
          ${codes.map((each) => html`<option value=${each.code}>${pick(each)}</option>`)}</optgroup>`)}
      </select>
      <label for="close-note">${t('noteOptional')}</label>
      <textarea id="close-note" name="note" rows="2" maxlength="2000"></textarea>
      <label for="close-reason">${t('noVisitReason')}</label>
      <input id="close-reason" name="noVisitReason" maxlength="1000" autocomplete="off">`, t('closeSave'));
  }

  get first() {
    return 'select';
  }

  submit(form) {
    const body = { disposition: form.get('disposition') };
    for (const name of ['note', 'noVisitReason']) {
      const text = form.get(name).trim();
      if (text) {
        body[name] = text;
      }
    }
    return act(this.seen, 'close', body);
  }

  #groups() {
    const known = new Map((this.codes ?? []).map((each) => [each.code, each]));
    const groups = GROUPS.map(([name, codes]) => [name, codes.filter((code) => known.has(code)).map((code) => known.get(code))]);
    const grouped = new Set(GROUPS.flatMap(([, codes]) => codes));
    groups.push(['groupOther', [...known.values()].filter((each) => !grouped.has(each.code))]);
    return groups.filter(([, codes]) => codes.length > 0);
  }

  async #load() {
    try {
      this.codes = await dispositions();
    } catch (problem) {
      this.problem = problem.message || t('unreachable');
    }
  }
}

customElements.define('close-panel', ClosePanel);

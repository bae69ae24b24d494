import { html, nothing } from 'lit';
import { t, term } from '../parts/i18n.js';
import { act } from '../console/commands.js';
import { Panel } from './panel.js';

const OUTCOMES = ['spoke', 'no_answer', 'silent', 'wrong_number'];

/** Records a call: to whom, which number, how it ended. */
class CallPanel extends Panel {
  static properties = { ...Panel.properties, callee: { attribute: false } };

  get first() {
    return 'input[name=outcome]';
  }

  render() {
    return this.frame('call', html`
      <label for="call-to">${t('callTo')}</label>
      <select id="call-to" name="to" @change=${() => this.#fillNumber()}>
        ${this.#people().map((each) => html`<option value=${each.value} ?selected=${each.value === this.#wanted()}>${each.words}</option>`)}
      </select>
      <label for="call-number">${t('callNumber')}</label>
      <input id="call-number" name="number" inputmode="tel" required maxlength="40" autocomplete="off">
      <fieldset class="outcomes"><legend>${t('callOutcome')}</legend>
        ${OUTCOMES.map((each) => html`<label class="choice"><input type="radio" name="outcome" value=${each} required> ${term('outcome', each)}</label>`)}
      </fieldset>
      <label for="call-text">${t('noteOptional')}</label>
      <input id="call-text" name="text" maxlength="1000" autocomplete="off">
      ${this.incident.file ? nothing : html`<p>${t('noFile')}</p>`}`, t('callSave'));
  }

  willUpdate(changes) {
    super.willUpdate(changes);
    if (changes.has('callee')) {
      this.updateComplete.then(() => this.#fillNumber());
    }
  }

  async submit(form) {
    const chosen = this.#people().find((each) => each.value === form.get('to'));
    const to = { kind: chosen.kind, number: form.get('number').trim() };
    if (chosen.contactId) {
      to.contactId = chosen.contactId;
    }
    const body = { to, outcome: form.get('outcome') };
    if (form.get('text').trim()) {
      body.text = form.get('text').trim();
    }
    return act(this.seen, 'call', body);
  }

  #people() {
    const file = this.incident.file ?? {};
    const people = [{ value: 'resident', kind: 'resident', words: t('callResident', { name: this.incident.name }), number: file.phone ?? '' }];
    for (const each of file.occupants ?? []) {
      people.push({ value: `occupant ${each.name}`, kind: 'resident', words: each.name, number: each.phone ?? '' });
    }
    for (const each of file.contacts ?? []) {
      people.push({
        value: each.id, kind: 'contact', contactId: each.id, number: each.phone,
        words: `${each.name} ${term('relation', each.relation)}`,
      });
    }
    people.push({ value: 'other', kind: 'other', words: t('callOther'), number: '' });
    return people;
  }

  #wanted() {
    if (this.callee?.resident) {
      return `occupant ${this.callee.name}`;
    }
    return this.callee?.id ?? 'resident';
  }

  #fillNumber() {
    const chosen = this.#people().find((each) => each.value === this.querySelector('#call-to')?.value);
    if (chosen) {
      this.querySelector('#call-number').value = chosen.number;
    }
  }
}

customElements.define('call-panel', CallPanel);

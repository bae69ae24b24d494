import { html, nothing } from 'lit';
import { phone } from '../parts/format.js';
import { t, term } from '../parts/i18n.js';
import { places } from '../parts/places.js';
import { priorityMark } from '../parts/shapes.js';
import { board } from '../console/board.js';

/** What a responder must know, in a box that is not overlooked. */
export function fileSection(incident) {
  const notes = incident.file?.riskNotes ?? [];
  return html`${incident.file ? nothing : html`<p class="risk">${t('noFile')}</p>`}
    ${notes.length ? html`<section class="risk" aria-labelledby="risk-heading"><h3 id="risk-heading">⚠ ${t('risk')}</h3>
      <ul>${notes.map((note) => html`<li>${note}</li>`)}</ul></section>` : nothing}`;
}

/** Contacts in calling order, each with its key and its button. */
export function contactList(incident, call) {
  const contacts = incident.file?.contacts ?? [];
  return html`<section aria-labelledby="contacts-heading"><h3 id="contacts-heading">${t('contacts')}</h3>
    ${contacts.length ? html`<ol class="contacts">${contacts.map((each, index) => contact(each, index + 1, incident, call))}</ol>`
      : html`<p>${t('noContacts')}</p>`}</section>`;
}

const OUTCOME = { spoke: '✓', no_answer: '✗', silent: '…', wrong_number: '≠' };

function contact(each, number, incident, call) {
  const calls = (incident.calls ?? []).filter((one) => (one.to?.contactId ?? one.contactId) === each.id);
  const last = calls.at(-1);
  return html`<li>
    <kbd>${number <= 9 ? number : ''}</kbd>
    <span class="who"><b>${each.name}</b> ${term('relation', each.relation)}
      ${each.holdsKey ? html`<span class="badge">${t('holdsKey')}</span>` : nothing}
      ${last ? html`<span class="badge">${OUTCOME[last.outcome] ?? ''} ${term('outcome', last.outcome)}</span>` : nothing}</span>
    <span class="phone">${phone(each.phone)}</span>
    <button type="button" @click=${() => call(each)}>${t('recordCall')}</button>
  </li>`;
}

/** For a dwelling: who lives there. */
export function occupantList(incident, call) {
  const occupants = incident.file?.occupants ?? [];
  return occupants.length === 0 ? nothing : html`<section aria-labelledby="occupants-heading">
    <h3 id="occupants-heading">${t('occupants')}</h3>
    ${occupants.map((each) => html`<div class="occupant"><p><b>${each.name}</b>
        ${each.age >= 0 ? t('years', { age: each.age }) : ''} <span class="phone">${phone(each.phone)}</span>
        ${each.status && each.status !== 'HOME' ? html`<span class="badge warn">${term('status', each.status)}</span>` : nothing}
        ${each.phone ? html`<button type="button" @click=${() => call({ resident: true, name: each.name, phone: each.phone })}>${t('recordCall')}</button>` : nothing}</p>
      ${each.riskNotes?.length ? html`<ul class="risk">${each.riskNotes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}</div>`)}
  </section>`;
}

/** The other incidents of the same case. */
export function otherIncidents(incident) {
  const others = incident.otherIncidents ?? [];
  return others.length === 0 ? nothing : html`<section aria-labelledby="others-heading">
    <h3 id="others-heading">${t('others')}</h3>
    <ul class="others">${others.map((row) => html`<li><button type="button" @click=${() => board.open(row.id)}>
      ${priorityMark(row.priority)} <b>${term('kind', row.kind)}</b> ${term('state', row.state)} ${places.area(row.area)}</button></li>`)}</ul>
  </section>`;
}

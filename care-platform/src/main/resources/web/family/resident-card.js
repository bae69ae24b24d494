import { html, nothing } from 'lit';
import * as api from '../parts/api.js';
import { moment } from '../parts/format.js';
import '../parts/heart-rate-chart.js';
import { t, term } from '../parts/i18n.js';
import { Part } from '../parts/part.js';

/** One resident as their family sees them: how they are, what happened lately, and how to raise the alarm. */
class ResidentCard extends Part {
  static properties = {
    resident: { attribute: false }, details: { state: true }, asking: { state: true }, sent: { state: true }, problem: { state: true },
    busy: { state: true },
  };

  firstUpdated() {
    this.#load();
  }

  render() {
    const person = this.resident;
    const scopes = person.scopes ?? [];
    return html`<article class="resident" aria-label=${person.name}>
      <h2>${person.name} <small>${t('familyYou', { relation: term('relation', person.relation) })}</small></h2>
      <p class="state">${term('status', person.status)}${scopes.includes('VITALS') ? this.#heard() : nothing}</p>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${this.#concern(person)}
      ${scopes.includes('ALARMS') ? this.#incidents() : nothing}
      ${scopes.includes('VITALS') ? html`<heart-rate-chart .subject=${person.subject}></heart-rate-chart>`
        : html`<p class="state">${t('familyNoVitals')}</p>`}
    </article>`;
  }

  #heard() {
    const heard = this.details?.lastHeard;
    return html` · ${heard ? t('familyHeard', { at: moment(heard) }) : t('familyNever')}`;
  }

  #incidents() {
    const incidents = this.details?.incidents ?? [];
    return html`<section><h3>${t('familyIncidents')}</h3>
      ${incidents.length === 0 ? html`<p>${t('familyQuiet')}</p>` : html`<ul>${incidents.slice(0, 10).map((each) => html`<li>
        ${t('familySentence', { at: moment(each.openedAt), kind: term('kind', each.kind), state: term('familyState', each.state) })}</li>`)}</ul>`}
    </section>`;
  }

  #concern(person) {
    if (this.sent) {
      return html`<p class="sent" role="status">${t('familyConcernSent')}</p>`;
    }
    if (!this.asking) {
      return html`<button type="button" class="reach" @click=${() => (this.asking = true)}>${t('familyConcern', { name: person.name })}</button>`;
    }
    return html`<form @submit=${(e) => this.#send(e)}>
      <p>${t('familyConcernWhy')}</p>
      <label for="words-${person.subject}">${t('familyConcernWords')}</label>
      <textarea id="words-${person.subject}" name="words" rows="3" maxlength="1000" required></textarea>
      <p class="buttons"><button class="primary" ?disabled=${this.busy}>${t('familyConcernSend')}</button>
        <button type="button" @click=${() => (this.asking = false)}>${t('cancel')}</button></p>
    </form>`;
  }

  async #send(event) {
    event.preventDefault();
    this.busy = true;
    try {
      const words = new FormData(event.target).get('words').trim();
      await api.command(`/family/residents/${api.segment(this.resident.subject)}/concern`, { words });
      this.sent = true;
      this.problem = null;
      await this.#load();
    } catch (problem) {
      this.problem = problem.message || t('unreachable');
    } finally {
      this.busy = false;
    }
  }

  async #load() {
    try {
      this.details = await api.get(`/family/residents/${api.segment(this.resident.subject)}`);
    } catch (problem) {
      this.problem = problem.message || t('unreachable');
    }
  }
}

customElements.define('resident-card', ResidentCard);

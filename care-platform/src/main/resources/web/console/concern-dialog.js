import { html, nothing } from 'lit';
import * as api from '../parts/api.js';
import { t } from '../parts/i18n.js';
import { Part } from '../parts/part.js';
import { places } from '../parts/places.js';
import { openConcern } from './commands.js';

/** Opens an incident by hand: search a resident, say why. */
class ConcernDialog extends Part {
  static properties = { found: { state: true }, chosen: { state: true }, problem: { state: true } };
  #search = 0;

  render() {
    return html`<dialog aria-labelledby="concern-heading" @close=${() => this.#reset()}>
      <h2 id="concern-heading">${t('concern')}</h2>
      <form @submit=${(e) => this.#submit(e)}>
        <label for="concern-who">${t('concernWho')}</label>
        <input id="concern-who" type="search" autocomplete="off" @input=${(e) => this.#look(e.target.value)}>
        <fieldset class="found"><legend class="unseen">${t('concernWho')}</legend>
          ${(this.found ?? []).map((each) => html`<label class="choice"><input type="radio" name="subject" value=${each.subject}
            .checked=${this.chosen === each.subject} @change=${() => (this.chosen = each.subject)}>
            <b>${each.name}</b> ${places.area(each.area)}</label>`)}
          ${this.found?.length === 0 ? html`<p>${t('nobodyFound')}</p>` : nothing}
        </fieldset>
        <label for="concern-words">${t('concernWords')}</label>
        <textarea id="concern-words" rows="3" maxlength="1000" required></textarea>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        <p class="buttons"><button class="primary" ?disabled=${!this.chosen}>${t('concernOpen')}</button>
          <button type="button" @click=${() => this.#dialog.close()}>${t('cancel')}</button></p>
      </form>
    </dialog>`;
  }

  show() {
    this.#dialog.showModal();
  }

  get #dialog() {
    return this.querySelector('dialog');
  }

  async #look(text) {
    const mine = ++this.#search;
    await api.pause(200);
    if (mine !== this.#search || text.trim() === '') {
      return;
    }
    try {
      const answer = await api.get(`/residents?query=${encodeURIComponent(text.trim())}`);
      if (mine === this.#search) {
        this.found = answer.items;
        this.chosen = answer.items.length === 1 ? answer.items[0].subject : null;
      }
    } catch (problem) {
      this.problem = problem.message || t('unreachable');
    }
  }

  async #submit(event) {
    event.preventDefault();
    try {
      await openConcern(this.chosen, this.querySelector('#concern-words').value.trim());
      this.#dialog.close();
    } catch (problem) {
      this.problem = problem.message || t('unreachable');
    }
  }

  #reset() {
    this.querySelector('form').reset();
    this.found = null;
    this.chosen = null;
    this.problem = null;
  }
}

customElements.define('concern-dialog', ConcernDialog);

import { html, nothing } from 'lit';
import * as api from '../parts/api.js';
import { i18n, t } from '../parts/i18n.js';
import '../parts/login-panel.js';
import { Part } from '../parts/part.js';
import { session } from '../parts/session.js';
import './resident-card.js';

/** What a family member may see: their own residents and nobody else. */
class FamilyPage extends Part {
  static properties = { residents: { state: true }, problem: { state: true } };
  #asked = false;

  watched() {
    return [session];
  }

  connectedCallback() {
    super.connectedCallback();
    session.resume();
  }

  render() {
    const inside = session.state === 'in' || session.state === 'again';
    return html`${inside ? this.#page() : nothing}<login-panel brand="familyTitle"></login-panel>`;
  }

  updated() {
    document.title = t('familyTitle');
    if (session.state === 'in' && !this.#asked) {
      this.#asked = true;
      this.#load();
    }
  }

  #page() {
    return html`<header class="family-bar"><p class="brand"><img src="/icon.svg" alt="" width="36" height="36"> ${t('familyTitle')}</p>
        <span class="person">${session.person?.name}</span>
        <button type="button" lang=${i18n.chinese ? 'en' : 'zh-CN'} @click=${() => i18n.change()}>${t('otherLanguage')}</button>
        <button type="button" @click=${() => session.logout()}>${t('logout')}</button></header>
      <main class="family"><h1>${t('familyHead')}</h1>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        ${this.residents?.length === 0 ? html`<p class="empty">${t('familyNone')}</p>` : nothing}
        ${(this.residents ?? []).map((each) => html`<resident-card .resident=${each}></resident-card>`)}
      </main>`;
  }

  async #load() {
    try {
      this.residents = (await api.get('/family/residents')).items;
    } catch (problem) {
      this.problem = problem.message || t('unreachable');
    }
  }
}

customElements.define('family-page', FamilyPage);

import { html, nothing } from 'lit';
import * as api from '../parts/api.js';
import { i18n, t } from '../parts/i18n.js';
import '../parts/login-panel.js';
import { Part } from '../parts/part.js';
import { places } from '../parts/places.js';
import { session } from '../parts/session.js';
import './fleet-list.js';

const AGAIN_MS = 15_000;
const PAGE = 100;

/** The devices of the caller's areas: how they are, those that need a look first. */
class FleetPage extends Part {
  static properties = { fleet: { state: true }, problem: { state: true }, filter: { state: true } };
  #timer = null;
  #asked = 0;

  constructor() {
    super();
    this.filter = { state: '', model: '', area: '', offset: 0 };
  }

  watched() {
    return [session];
  }

  connectedCallback() {
    super.connectedCallback();
    session.addEventListener('change', () => this.#start());
    session.resume();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  render() {
    const inside = session.state === 'in' || session.state === 'again';
    return html`${inside ? this.#page() : nothing}<login-panel brand="fleetTitle"></login-panel>`;
  }

  updated() {
    document.title = t('fleetTitle');
  }

  #page() {
    if (!session.has('OPERATOR', 'SUPERVISOR', 'DUTY_MANAGER', 'ADMINISTRATOR')) {
      return html`<main class="login-page"><div class="login-card"><h1>${t('notForYou')}</h1>
        <p><a href="/family/">${t('familyLink')}</a></p></div></main>`;
    }
    return html`<header class="fleet-bar"><p class="brand"><img src="/icon.svg" alt="" width="36" height="36"> ${t('fleetTitle')}</p>
        <a href="/">${t('toConsole')}</a>
        <span class="person">${session.person?.name}</span>
        <button type="button" lang=${i18n.chinese ? 'en' : 'zh-CN'} @click=${() => i18n.change()}>${t('otherLanguage')}</button>
        <button type="button" @click=${() => session.logout()}>${t('logout')}</button></header>
      <main class="fleet"><h1>${t('fleetHead')}</h1>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        ${this.fleet ? html`<fleet-list .fleet=${this.fleet} .filter=${this.filter} .page=${PAGE}
          @wish-filter=${(e) => this.#narrow(e.detail)}></fleet-list>` : nothing}
      </main>`;
  }

  #start() {
    if (this.#timer === null && session.state === 'in') {
      this.#timer = setInterval(() => this.#load(), AGAIN_MS);
      places.load().then(() => this.requestUpdate(), () => null);
      this.#load();
    }
  }

  #narrow(change) {
    this.filter = { ...this.filter, offset: 0, ...change };
    this.#load();
  }

  async #load() {
    const asked = ++this.#asked;
    const query = new URLSearchParams({ limit: PAGE });
    for (const [name, value] of Object.entries(this.filter)) {
      if (value) {
        query.set(name, value);
      }
    }
    try {
      const fleet = await api.get(`/fleet?${query}`);
      if (asked === this.#asked) {
        this.fleet = fleet;
        this.problem = null;
      }
    } catch (problem) {
      if (asked === this.#asked) {
        this.problem = problem.message || t('unreachable');
      }
    }
  }
}

customElements.define('fleet-page', FleetPage);

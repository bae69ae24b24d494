import { html, nothing } from 'lit';
import { i18n, t } from './i18n.js';
import { Part } from './part.js';
import { session } from './session.js';

/** User name and password: a page of its own at the start, a dialog over the page when a login has run out. */
class LoginPanel extends Part {
  static properties = { problem: { state: true }, busy: { state: true }, brand: {}, gesture: { attribute: false } };

  watched() {
    return [session];
  }

  render() {
    if (session.state === 'again') {
      return html`<dialog class="login-again" aria-labelledby="login-heading" @cancel=${(e) => e.preventDefault()}>
        ${this.#form(t('loginAgain'), t('loginAgainWhy'))}
      </dialog>`;
    }
    return session.state === 'out'
      ? html`<main class="login-page">
          <div class="login-card">
            <p class="brand"><img src="/icon.svg" alt="" width="56" height="56"> ${t(this.brand ?? 'brand')}</p>
            ${this.#form(t('login'), '')}
            <button type="button" class="quiet" @click=${() => i18n.change()}>${t('otherLanguage')}</button>
          </div>
        </main>`
      : nothing;
  }

  updated() {
    const dialog = this.querySelector('dialog');
    const opens = dialog && !dialog.open;
    if (opens) {
      dialog.showModal();
    }
    if (opens || !this.contains(document.activeElement)) {
      this.querySelector(session.person?.username ? '#password' : '#username')?.focus();
    }
  }

  #form(heading, why) {
    return html`<form @submit=${(e) => this.#submit(e)}>
      <h1 id="login-heading">${heading}</h1>
      ${why ? html`<p>${why}</p>` : nothing}
      <label for="username">${t('username')}</label>
      <input id="username" name="username" autocomplete="username" required autocapitalize="none" spellcheck="false"
        .defaultValue=${session.person?.username ?? ''}>
      <label for="password">${t('password')}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <button class="primary" ?disabled=${this.busy}>${this.busy ? t('wait') : t('login')}</button>
    </form>`;
  }

  async #submit(event) {
    event.preventDefault();
    this.gesture?.();
    const form = new FormData(event.target);
    this.busy = true;
    this.problem = null;
    try {
      await session.login(form.get('username').trim(), form.get('password'));
    } catch (problem) {
      this.problem = explain(problem);
      this.querySelector('#password').value = '';
    } finally {
      this.busy = false;
    }
  }
}

function explain(problem) {
  if (problem.unreachable) {
    return t('unreachable');
  }
  const words = { 401: t('loginRefused'), 429: t('loginLimited') }[problem.status];
  return [words, problem.message].filter(Boolean).join(' ');
}

customElements.define('login-panel', LoginPanel);

import { html } from 'lit';
import { t } from '../parts/i18n.js';
import { Part } from '../parts/part.js';

/** A form under the case's header. It folds away once its act is done, and stays with what was typed if it was not. */
export class Panel extends Part {
  static properties = { incident: { attribute: false }, busy: { state: true } };

  /** Selector of the field that gets the focus. */
  get first() {
    return 'input, textarea, select';
  }

  firstUpdated() {
    this.querySelector(this.first)?.focus();
  }

  frame(name, fields, save) {
    return html`<form class="panel ${name}" aria-label=${t(`action.${name}`)} @submit=${(e) => this.#send(e)}>
      ${fields}
      <p class="buttons"><button class="primary" ?disabled=${this.busy}>${this.busy ? t('wait') : save}</button>
        <button type="button" @click=${() => this.fold()}>${t('cancel')} <kbd>Esc</kbd></button></p>
    </form>`;
  }

  fold() {
    this.dispatchEvent(new Event('fold', { bubbles: true }));
  }

  async #send(event) {
    event.preventDefault();
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      if (await this.submit(new FormData(event.target))) {
        this.fold();
      }
    } finally {
      this.busy = false;
    }
  }
}

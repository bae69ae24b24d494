import { html } from 'lit';
import { t } from '../parts/i18n.js';
import { Part } from '../parts/part.js';
import { board } from '../console/board.js';

/**
 * A form under the case's header. It folds away once its act is done, and stays with what was typed if it was not. Its
 * act names the version that was shown when it was opened: what joined meanwhile has not been seen by that. After each
 * act, done or refused, that is the version shown then.
 */
export class Panel extends Part {
  static properties = { incident: { attribute: false }, busy: { state: true } };

  /** Selector of the field that gets the focus. */
  get first() {
    return 'input, textarea, select';
  }

  willUpdate() {
    this.seen ??= this.incident;
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

  /** The person has been told how the incident stands now. */
  lookAgain() {
    const row = board.row(this.incident.id);
    this.seen = row?.version > this.incident.version ? row : this.incident;
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
      this.lookAgain();
      this.busy = false;
    }
  }
}

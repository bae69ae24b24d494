import { LitElement } from 'lit';
import { i18n } from './i18n.js';

/**
 * One part of a page. It draws into the page itself, so that the style sheets, labels and headings of all parts are one
 * document, and draws again when the language or one of the things that it watches changes.
 */
export class Part extends LitElement {
  #redraw = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  /** What else it shows: event targets that say `change`. */
  watched() {
    return [];
  }

  connectedCallback() {
    super.connectedCallback();
    for (const source of [i18n, ...this.watched()]) {
      source.addEventListener('change', this.#redraw);
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const source of [i18n, ...this.watched()]) {
      source.removeEventListener('change', this.#redraw);
    }
  }
}

import { html } from 'lit';
import { t } from '../parts/i18n.js';
import { Part } from '../parts/part.js';

const KEYS = [
  ['↑ ↓', 'keyMove'], ['Enter / T', 'keyTake'], ['G', 'keyUrgent'], ['O', 'keyOpen'], ['C', 'keyCall'],
  ['1 … 9', 'keyContact'], ['D', 'keyDispatch'], ['N', 'keyNote'], ['X', 'keyClose'], ['Esc', 'keyFold'],
  ['I', 'keyConcern'], ['M', 'keyMute'], ['L', 'keyLanguage'], ['?', 'keyHelp'],
];

/** Every key of the page. */
class KeysDialog extends Part {
  render() {
    return html`<dialog aria-labelledby="keys-heading">
      <h2 id="keys-heading">${t('keys')}</h2>
      <dl class="keys">${KEYS.map(([key, what]) => html`<dt><kbd>${key}</kbd></dt><dd>${t(what)}</dd>`)}</dl>
      <form method="dialog"><button class="primary">${t('read')}</button></form>
    </dialog>`;
  }

  show() {
    this.querySelector('dialog').showModal();
  }
}

customElements.define('keys-dialog', KeysDialog);

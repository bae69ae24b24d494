import { html, nothing } from 'lit';
import { t } from '../parts/i18n.js';

const ACTIONS = [['call', 'C'], ['dispatch', 'D'], ['note', 'N'], ['close', 'X']];

/** What can be done with an open case; each opens its panel underneath. */
export const actionBar = (file, shown, unfold) => (file.state === 'CLOSED' || file.state === 'CANCELLED'
  ? nothing
  : html`<nav class="actions" aria-label=${t('actions')}>${ACTIONS.map(([name, key]) => html`<button type="button"
      class=${name === shown ? 'shown' : ''} aria-expanded=${name === shown} data-action=${name}
      @click=${() => unfold(name)}>${t(`action.${name}`)} <kbd>${key}</kbd></button>`)}</nav>`);

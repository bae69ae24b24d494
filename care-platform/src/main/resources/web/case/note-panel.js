import { html } from 'lit';
import { t } from '../parts/i18n.js';
import { act } from '../console/commands.js';
import { Panel } from './panel.js';

/** Writes a note into the incident's story. */
class NotePanel extends Panel {
  render() {
    return this.frame('note', html`<label for="note-text">${t('note')}</label>
      <textarea id="note-text" name="text" rows="3" maxlength="2000" required></textarea>`, t('save'));
  }

  submit(form) {
    return act(this.seen, 'note', { text: form.get('text').trim() });
  }
}

customElements.define('note-panel', NotePanel);

import { html, nothing } from 'lit';
import { moment, phone } from '../parts/format.js';
import { t, term } from '../parts/i18n.js';
import { places } from '../parts/places.js';
import { act } from '../console/commands.js';
import { Panel } from './panel.js';

const STEPS = ['ASSIGNED', 'ACCEPTED', 'EN_ROUTE', 'ARRIVED', 'INSIDE', 'DONE'];

/** Sends a responder, and moves on those who are under way. */
class DispatchPanel extends Panel {
  get first() {
    return '.dispatched button, input[name=responder]';
  }

  render() {
    const responders = this.incident.responders ?? [];
    return html`${(this.incident.dispatches ?? []).map((each) => this.#progress(each))}
      ${responders.length === 0 ? html`<p class="panel">${t('noResponders')}</p>`
        : this.frame('dispatch', html`<fieldset class="responders"><legend>${t('responders')}</legend>
          ${responders.map((each, index) => html`<label class="choice"><input type="radio" name="responder" value=${each.id} required
            ?checked=${index === 0}> <b>${each.name}</b> ${places.station(each.station)} <span class="phone">${phone(each.phone)}</span></label>`)}
          </fieldset>`, t('send'))}`;
  }

  /** It stays open, to follow who has been sent. */
  async submit(form) {
    await act(this.seen, 'dispatch', { responderId: form.get('responder') });
    return false;
  }

  #progress(dispatch) {
    const at = STEPS.indexOf(dispatch.state);
    const ended = dispatch.state === 'DONE' || dispatch.state === 'CANCELLED';
    return html`<section class="panel dispatched" aria-label=${dispatch.responder?.name}>
      <p><b>${dispatch.responder?.name}</b> <span class="phone">${phone(dispatch.responder?.phone)}</span>
        ${term('dispatch', dispatch.state)} ${moment(dispatch.at)}</p>
      <ol class="steps">${STEPS.map((step, index) => html`<li class=${index < at ? 'past' : index === at ? 'now' : ''}
        aria-current=${index === at ? 'step' : 'false'}>${term('dispatch', step)}</li>`)}</ol>
      ${ended ? nothing : html`<p class="buttons">
        ${STEPS.slice(at + 1, at + 3).map((step, index) => html`<button type="button" class=${index === 0 ? 'primary' : ''}
          data-step=${step} @click=${() => this.#move(dispatch, step)}>${t('dispatchNow', { state: term('dispatch', step) })}</button>`)}
        <button type="button" data-step="CANCELLED" @click=${() => this.#move(dispatch, 'CANCELLED')}>${t('dispatchCancel')}</button></p>`}
    </section>`;
  }

  async #move(dispatch, state) {
    await act(this.seen, 'dispatch', { dispatchId: dispatch.id, state });
    this.lookAgain();
  }
}

customElements.define('dispatch-panel', DispatchPanel);

import { html, nothing } from 'lit';
import { moment } from '../parts/format.js';
import { t, term } from '../parts/i18n.js';
import { Part } from '../parts/part.js';
import { places } from '../parts/places.js';

const STATES = ['clone', 'may-be-lost', 'flapping', 'silent', 'low-battery', 'disconnected'];
const GRAVE = ['clone', 'may-be-lost'];

/** The filters with how many devices each has, and a page of the list. */
class FleetList extends Part {
  watched() {
    return [places];
  }

  static properties = { fleet: { attribute: false }, filter: { attribute: false }, page: { attribute: false } };

  render() {
    const { summary, items, matching } = this.fleet;
    return html`<nav class="fleet-states" aria-label=${t('fleetFilter')}>
        ${this.#choice('', t('fleetAll'), summary.devices)}
        ${STATES.map((state) => this.#choice(state, term('deviceState', state), summary[state]))}
        <span class="connected">${t('fleetConnected', { count: summary.connected, all: summary.devices })}</span></nav>
      <form class="fleet-narrow" @submit=${(e) => this.#submit(e)}>
        <label>${t('fleetModel')} <input name="model" .value=${this.filter.model}></label>
        <label>${t('fleetArea')} <input name="area" .value=${this.filter.area} placeholder="mentougou/dayu"></label>
        <button>${t('fleetShow')}</button></form>
      ${matching === 0 ? html`<p class="empty">${t('fleetNone')}</p>` : this.#table(items)}
      ${this.#pages(items.length, matching)}`;
  }

  #choice(state, words, count) {
    return html`<button type="button" data-state=${state || 'all'} class=${count && GRAVE.includes(state) ? 'grave' : ''}
      aria-pressed=${this.filter.state === state} @click=${() => this.#wish({ state })}>${words} <b>${count}</b></button>`;
  }

  #table(items) {
    return html`<table class="fleet-table"><thead><tr>
        ${['Device', 'Connection', 'Heard', 'States', 'Battery', 'Signal', 'Worn'].map((name) => html`<th scope="col">${t(`fleet${name}`)}</th>`)}
      </tr></thead><tbody>${items.map((item) => this.#row(item))}</tbody></table>`;
  }

  #row(item) {
    return html`<tr data-device=${item.device}>
      <th scope="row">${item.device}<small>${[item.model, item.area ? places.area(item.area) : ''].filter(Boolean).join(' · ')}</small></th>
      <td>${this.#connection(item)}</td>
      <td><time datetime=${item.lastHeard}>${moment(item.lastHeard)}</time></td>
      <td class="states">${item.states.filter((state) => state !== 'disconnected').map((state) => this.#state(state, item))}
        ${['IN_USE', 'UNKNOWN', undefined].includes(item.standing) ? nothing : html`<span class="badge warn">${term('standing', item.standing)}</span>`}</td>
      <td>${percent(item.battery)}</td><td>${percent(item.signalQuality)}</td>
      <td>${item.worn === null || item.worn === undefined ? '–' : t(item.worn ? 'fleetWornYes' : 'fleetWornNo')}</td></tr>`;
  }

  #connection(item) {
    const words = item.relay ? t('fleetThrough', { relay: item.relay }) : t(item.connected ? 'fleetOn' : 'fleetOff');
    return html`<span class="connection ${item.connected ? 'on' : 'off'}">${words}</span>
      ${item.relay ? nothing : html`<small>${t('fleetSince', { at: moment(item.since) })}</small>`}`;
  }

  #state(state, item) {
    const more = {
      clone: () => t('fleetCloneMore', { count: item.clone.takeOvers, addresses: item.clone.addresses, at: moment(item.clone.lastAt) }),
      'may-be-lost': () => t('fleetLostMore', { count: item.alarmsAtQos0.count, at: moment(item.alarmsAtQos0.lastAt) }),
      flapping: () => t('fleetFlapsMore', { count: item.shortConnections }),
      silent: () => item.silentSignals.map((signal) => term('signal', signal)).join('、'),
    }[state]?.();
    return html`<span class="badge ${GRAVE.includes(state) ? 'grave' : 'warn'}" data-is=${state}>${term('deviceState', state)}</span>
      ${more ? html`<small>${more}</small>` : nothing}`;
  }

  #pages(shown, matching) {
    if (matching <= this.page) {
      return nothing;
    }
    const offset = this.filter.offset;
    return html`<p class="buttons"><button type="button" ?disabled=${offset === 0}
        @click=${() => this.#wish({ offset: Math.max(0, offset - this.page) })}>${t('fleetBefore')}</button>
      <span>${t('fleetPage', { from: offset + 1, to: offset + shown, all: matching })}</span>
      <button type="button" ?disabled=${offset + shown >= matching}
        @click=${() => this.#wish({ offset: offset + this.page })}>${t('fleetNext')}</button></p>`;
  }

  #submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.#wish({ model: form.get('model').trim(), area: form.get('area').trim() });
  }

  #wish(detail) {
    this.dispatchEvent(new CustomEvent('wish-filter', { detail }));
  }
}

const percent = (value) => (value === null || value === undefined ? '–' : `${value} %`);

customElements.define('fleet-list', FleetList);

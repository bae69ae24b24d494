import { html, nothing } from 'lit';
import { clock } from '../parts/clock.js';
import { age, moment, phone } from '../parts/format.js';
import { t, term } from '../parts/i18n.js';
import { Part } from '../parts/part.js';
import { places } from '../parts/places.js';
import { priorityMark } from '../parts/shapes.js';
import { staleBadge } from '../parts/stale.js';
import { board } from '../console/board.js';
import { heldByMe, heldByOther, take } from '../console/commands.js';

/** Who, what, since when and where, to be read at a glance; and the one button that matters first. */
class CaseHeader extends Part {
  static properties = { incident: { attribute: false } };

  watched() {
    return [clock, board];
  }

  render() {
    const row = this.incident;
    const file = row.file ?? {};
    return html`<header class="case-head ${row.priority}">
      ${priorityMark(row.priority)}
      <h1 id="case-heading"><span class="name">${row.name}</span>
        ${file.age >= 0 ? html`<span class="years">${t('years', { age: file.age })}</span>` : nothing}
        <span class="kind">${term('kind', row.kind)}</span></h1>
      <p class="since"><time datetime=${row.openedAt}>${ended(row) ? moment(row.openedAt) : age(row.openedAt)}</time>
        <small>${t('since', { at: moment(row.openedAt) })}</small></p>
      <p class="reach"><b class="address">${file.address && file.address !== row.name ? file.address : places.area(row.area)}</b>
        ${file.phone ? html`<span class="phone">☎ ${phone(file.phone)}</span>` : nothing}</p>
      <p class="state"><b>${term('state', row.state)}</b>${this.#holder(row)}${this.#marks(row, file)}</p>
      ${this.#take(row)}
    </header>`;
  }

  #holder(row) {
    if (!row.takenBy || row.state !== 'TAKEN') {
      return nothing;
    }
    return html`<span>${heldByMe(row) ? t('heldByYou') : t('heldBy', { name: row.takenBy.name })}</span>`;
  }

  #marks(row, file) {
    return html`${staleBadge(row)}
      ${file.status && file.status !== 'HOME' ? html`<span class="badge warn">${term('status', file.status)}</span>` : nothing}
      ${row.delayed ? html`<span class="badge warn">${t('delayedLong', { at: moment(row.eventAt) })}</span>` : nothing}
      ${row.clockWrong ? html`<span class="badge warn">${t('clockWrongLong')}</span>` : nothing}
      ${row.joined > 0 ? html`<span class="badge">${t('joined', { count: row.joined })}</span>` : nothing}
      ${row.ring && row.state === 'TAKEN' ? html`<span class="badge warn">${t('ringsAgain')}</span>` : nothing}`;
  }

  #take(row) {
    if (ended(row) || (heldByMe(row) && !row.ring)) {
      return nothing;
    }
    const words = heldByOther(row) ? t('takeOver') : heldByMe(row) ? t('takeAgain') : t('take');
    return html`<button type="button" class="take" data-action="take" @click=${() => take(row)}>${words} <kbd>T</kbd></button>`;
  }
}

const ended = (row) => row.state === 'CLOSED' || row.state === 'CANCELLED';

customElements.define('case-header', CaseHeader);

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clock } from '../parts/clock.js';
import { age, secondsSince } from '../parts/format.js';
import { t, term } from '../parts/i18n.js';
import { Part } from '../parts/part.js';
import { places } from '../parts/places.js';
import { priorityMark } from '../parts/shapes.js';
import { staleBadge } from '../parts/stale.js';
import { board } from './board.js';
import { heldByMe, take } from './commands.js';

/** The open incidents, most urgent first. Arrow keys move, Enter or T takes, a click or O opens. */
class IncidentQueue extends Part {
  #asked = null;

  watched() {
    return [board, clock];
  }

  render() {
    const rows = board.rows();
    const waiting = rows.filter((row) => row.state === 'OPEN').length;
    return html`<section aria-labelledby="queue-heading">
      <header class="queue-head">
        <h2 id="queue-heading">${t('queue')}</h2>
        <p><b>${rows.length}</b> ${t('queueOpen')} · <b class=${waiting ? 'waiting' : ''}>${waiting}</b> ${t('queueWaiting')}</p>
        <button type="button" @click=${() => this.#wishConcern()}>${t('newConcern')} <kbd>I</kbd></button>
      </header>
      ${rows.length === 0 ? html`<p class="empty">${t('queueEmpty')}</p>` : nothing}
      <ul class="queue" aria-label=${t('queue')}>
        ${repeat(rows, (row) => row.id, (row) => this.#row(row))}
      </ul>
    </section>`;
  }

  updated() {
    if (this.#asked && this.#asked === board.selected) {
      const row = this.querySelector(`[data-id="${CSS.escape(this.#asked)}"]`);
      this.#asked = null;
      row?.focus();
      row?.scrollIntoView({ block: 'nearest' });
    }
  }

  /** Moves the selection by so many rows and puts the focus there. */
  move(by) {
    const rows = board.rows();
    const at = rows.findIndex((row) => row.id === board.selected);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    this.focusRow(next);
  }

  focusRow(row) {
    if (row) {
      this.#asked = row.id;
      board.select(row.id);
      this.requestUpdate();
    }
  }

  #row(row) {
    const chosen = row.id === board.selected;
    const look = ['row', row.priority, row.state.toLowerCase(), row.ring ? 'ring' : '', chosen ? 'selected' : '',
      row.id === board.opened ? 'opened' : ''].join(' ');
    return html`<li>
      <button type="button" class=${look} data-id=${row.id} tabindex=${chosen ? 0 : -1} aria-current=${chosen}
        @click=${() => board.open(row.id)} @focus=${() => chosen || board.select(row.id)}>
        ${priorityMark(row.priority)}
        <span class="who"><b class="name">${row.name}</b><span class="kind">${term('kind', row.kind)}</span></span>
        <time class="age" datetime=${row.openedAt}>${age(row.openedAt)}</time>
        <span class="state">${this.#state(row)}</span>
        <span class="where">${places.area(row.area)}${this.#badges(row)}</span>
      </button>
    </li>`;
  }

  #state(row) {
    if (row.state !== 'TAKEN') {
      return html`<span class="state-word">${term('state', row.state)}</span>`;
    }
    return html`<span class="state-word">${heldByMe(row) ? t('heldByYou') : t('heldBy', { name: row.takenBy?.name })}</span>
      ${staleBadge(row)}`;
  }

  #badges(row) {
    return html`${row.delayed ? html`<span class="badge warn">${t('delayed')}</span>` : nothing}
      ${row.clockWrong ? html`<span class="badge warn">${t('clockWrong')}</span>` : nothing}
      ${row.joined > 0 ? html`<span class="badge">${t('joined', { count: row.joined })}</span>` : nothing}
      ${row.ring && row.state === 'TAKEN' ? html`<span class="badge warn">${t('ringsAgain')}</span>` : nothing}`;
  }

  #wishConcern() {
    this.dispatchEvent(new Event('wish-concern', { bubbles: true }));
  }
}

customElements.define('incident-queue', IncidentQueue);

/** The most urgent incident that nobody has taken, across the whole page, large enough to be read from two metres. */
class UrgentStrip extends Part {
  watched() {
    return [board, clock];
  }

  render() {
    const ringing = board.ringing();
    const row = ringing.find((each) => each.id !== board.opened) ?? null;
    if (!row) {
      return nothing;
    }
    return html`<div class="urgent ${row.priority} ${secondsSince(row.openedAt) < 15 ? 'fresh' : ''}">
      ${priorityMark(row.priority)}
      <p><b>${row.name}</b> ${term('kind', row.kind)} <span class="area">${places.area(row.area)}</span></p>
      <time datetime=${row.openedAt}>${age(row.openedAt)}</time>
      ${ringing.length > 1 ? html`<span class="more">${t('moreRinging', { count: ringing.length - 1 })}</span>` : nothing}
      <button type="button" @click=${() => take(row)}>${t('take')} <kbd>G</kbd></button>
    </div>`;
  }
}

customElements.define('urgent-strip', UrgentStrip);

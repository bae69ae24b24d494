import { clock } from '../parts/clock.js';
import { t, term } from '../parts/i18n.js';
import { session } from '../parts/session.js';

const SUPERVISOR_STEP_MS = 30_000;
const JUST_OPENED_MS = 10_000;
const ENDED = new Set(['CLOSED', 'CANCELLED']);
const ORDER = ['P0', 'P1', 'P2', 'P3', 'P4'];

/** What the console knows: the open incidents, which of them is selected, which is open, and how the stream is. */
class Board extends EventTarget {
  #rows = new Map();
  #rungFor = new Set();
  selected = null;
  opened = null;
  /** `connecting`, `live` or `lost`. */
  link = { state: 'connecting', since: Date.now() };
  /** What happened while the stream was lost, until somebody has read it. */
  missed = null;
  unstored = [];
  /** What of our own stands still, and since when; null while everything works. */
  fault = null;
  said = null;
  announcement = { urgent: '', calm: '' };

  /** Rows by priority, then age. */
  rows() {
    return [...this.#rows.values()].sort(
      (a, b) => ORDER.indexOf(a.priority) - ORDER.indexOf(b.priority) || a.openedAt.localeCompare(b.openedAt));
  }

  row(id) {
    return this.#rows.get(id);
  }

  /** The open incidents that ring for this person, most urgent first. */
  ringing() {
    return this.rows().filter((row) => row.ring && this.#ringsHere(row));
  }

  /** The whole open set, as a stream says it first. */
  openSet(items) {
    const before = this.#rows;
    this.#rows = new Map(items.map((row) => [row.id, row]));
    const arrived = items.filter((row) => !before.has(row.id));
    if (this.link.state === 'lost') {
      this.missed = {
        seconds: Math.round((Date.now() - this.link.since) / 1000),
        arrived,
        ended: [...before.values()].filter((row) => !this.#rows.has(row.id)),
        changed: items.filter((row) => before.has(row.id) && before.get(row.id).version !== row.version),
      };
    }
    this.link = { state: 'live', since: Date.now() };
    this.fault = null; // a stream says after its open set if something still stands still
    arrived.forEach((row) => this.#announce(row));
    this.#keepSelection();
    this.changed();
  }

  /** One incident as it is now; an older version than the known one changes nothing. */
  change(row) {
    const known = this.#rows.get(row.id);
    if (known && known.version > row.version) {
      return;
    }
    if (ENDED.has(row.state)) {
      this.#rows.delete(row.id);
    } else {
      this.#rows.set(row.id, row);
      if (!known || (row.ring && !known.ring)) {
        this.#announce(row);
      }
    }
    this.#keepSelection();
    this.changed();
    this.dispatchEvent(new CustomEvent('incident', { detail: row }));
  }

  /** It is in nobody's area that this person works in: its area has become known, or the service no longer shows it. */
  gone(id) {
    const row = this.#rows.get(id);
    this.#rows.delete(id);
    this.#rungFor.delete(id);
    this.opened = this.opened === id ? null : this.opened;
    this.selected = this.selected === id ? null : this.selected;
    this.#keepSelection();
    this.say(t('goneElsewhere', { name: row?.name ?? '' }), 'ring');
  }

  /** A step of the ladder rings this person. */
  rang(id) {
    this.#rungFor.add(id);
    const row = this.#rows.get(id);
    if (row && clock.now() - Date.parse(row.openedAt) > JUST_OPENED_MS) {
      this.say(t('rungForYou', { priority: row.priority, kind: term('kind', row.kind), name: row.name }), 'ring');
    }
    this.changed();
  }

  notStored(alarm) {
    this.unstored = [...this.unstored, { ...alarm, key: crypto.randomUUID() }];
    this.changed();
  }

  dismissUnstored(key) {
    this.unstored = this.unstored.filter((alarm) => alarm.key !== key);
    this.changed();
  }

  /** Told when something of ours stands still, and again when it works. */
  ownAlarm(alarm) {
    this.fault = alarm.over ? null : { problem: alarm.problem, since: this.fault?.since ?? alarm.at };
    this.changed();
  }

  lost() {
    if (this.link.state !== 'lost') {
      this.link = { state: 'lost', since: Date.now() };
      this.changed();
    }
  }

  readMissed() {
    this.missed = null;
    this.changed();
  }

  select(id) {
    this.selected = id;
    this.changed();
  }

  open(id) {
    this.selected = id ?? this.selected;
    this.opened = id;
    this.changed();
  }

  /** A short sentence for the person; `done`, `problem` or `ring`. */
  say(text, tone = 'done') {
    this.said = { text, tone, at: Date.now() };
    this.changed();
  }

  hush() {
    this.said = null;
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** Operators are rung at once, the others from their step of the ladder on. */
  #ringsHere(row) {
    return session.has('OPERATOR') || this.#rungFor.has(row.id)
      || clock.now() - Date.parse(row.openedAt) >= SUPERVISOR_STEP_MS;
  }

  #keepSelection() {
    if (!this.#rows.has(this.selected) && this.selected !== this.opened) {
      this.selected = this.rows()[0]?.id ?? null;
    }
    this.selected ??= this.rows()[0]?.id ?? null;
  }

  #announce(row) {
    const urgent = row.priority === 'P0' || row.priority === 'P1';
    this.announcement = { ...this.announcement, [urgent ? 'urgent' : 'calm']: row };
  }
}

export const board = new Board();

import * as api from '../parts/api.js';
import { clock } from '../parts/clock.js';
import { board } from './board.js';

const SILENCE_MS = 12_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;

/**
 * The live stream of incidents. It confirms each beat, because a step of the ladder counts as reachable only with a
 * console that confirmed; takes 12 s without a beat for a loss; and comes back by itself, caught up by the open set.
 */
class Stream {
  #source = null;
  #streamId = null;
  #watchdog = 0;
  #wait = FIRST_WAIT_MS;
  #running = false;

  start() {
    if (!this.#running) {
      this.#running = true;
      this.#connect();
    }
  }

  #connect() {
    const source = new EventSource('/api/v1/incidents/stream');
    this.#source = source;
    const on = (name, action) => source.addEventListener(name, (event) => {
      if (source === this.#source) {
        action(JSON.parse(event.data));
      }
    });
    on('hello', (hello) => this.#hello(hello));
    on('open-set', (set) => this.#caughtUp(set));
    on('change', (row) => board.change(row));
    on('gone', (told) => board.gone(told.id));
    on('ring', (ring) => board.rang(ring.id));
    on('not-stored', (alarm) => board.notStored(alarm));
    on('own-alarm', (alarm) => board.ownAlarm(alarm));
    on('beat', (beat) => this.#beat(beat));
    source.onerror = () => this.#lose(source);
    this.#expectBeat();
  }

  #hello(hello) {
    this.#streamId = hello.streamId;
    clock.heard(hello.server);
    this.#expectBeat();
  }

  #caughtUp(set) {
    this.#wait = FIRST_WAIT_MS;
    board.openSet(set.items);
  }

  async #beat(beat) {
    clock.heard(beat.at);
    this.#expectBeat();
    const source = this.#source;
    try {
      await api.post(`/incidents/stream/${api.segment(this.#streamId)}/confirm`, { n: beat.n });
    } catch {
      this.#lose(source);
    }
  }

  #expectBeat() {
    const source = this.#source;
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#lose(source), SILENCE_MS);
  }

  async #lose(source) {
    if (source !== this.#source) {
      return;
    }
    clearTimeout(this.#watchdog);
    source.close();
    this.#source = null;
    board.lost();
    const wait = this.#wait;
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    await api.pause(wait * (0.8 + 0.4 * Math.random()));
    await this.#stillLoggedIn();
    this.#connect();
  }

  /** An EventSource does not say why it ended; this asks, and waits for the password if the login has run out. */
  async #stillLoggedIn() {
    try {
      await api.get('/sessions/current');
    } catch {
      // not reachable: the next attempt to connect says so again
    }
  }
}

export const stream = new Stream();

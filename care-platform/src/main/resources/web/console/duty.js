import * as api from '../parts/api.js';
import { t } from '../parts/i18n.js';
import { board } from './board.js';

const RETRY_MS = 3_000;

/** Whether this person is on duty: only then does the ladder count on the console, and only then does it ring. */
class Duty extends EventTarget {
  onDuty = false;
  known = false;

  /** Asks until it is known. */
  async load() {
    while (!this.known) {
      try {
        this.#take(await api.get('/duty'));
      } catch {
        await api.pause(RETRY_MS);
      }
    }
  }

  /** Only somebody who is known to be off duty is spared the sound. */
  get listens() {
    return !this.known || this.onDuty;
  }

  async set(onDuty) {
    try {
      const answer = await api.post('/duty', { onDuty });
      this.#take(answer ?? { onDuty });
    } catch (problem) {
      board.say(problem.message || t('unreachable'), 'problem');
      this.load();
    }
  }

  #take(answer) {
    this.onDuty = answer.onDuty;
    this.known = true;
    this.dispatchEvent(new Event('change'));
  }
}

export const duty = new Duty();

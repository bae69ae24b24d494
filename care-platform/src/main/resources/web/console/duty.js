import * as api from '../parts/api.js';
import { board } from './board.js';

/** Whether this person is on duty: only then does the ladder count on the console, and only then does it ring. */
class Duty extends EventTarget {
  onDuty = false;
  known = false;

  async load() {
    this.#take(await api.get('/duty'));
  }

  async set(onDuty) {
    try {
      const answer = await api.post('/duty', { onDuty });
      this.#take(answer ?? { onDuty });
    } catch (problem) {
      board.say(problem.message, 'problem');
    }
  }

  #take(answer) {
    this.onDuty = answer.onDuty;
    this.known = true;
    this.dispatchEvent(new Event('change'));
  }
}

export const duty = new Duty();

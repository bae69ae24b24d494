import * as api from './api.js';

/** Who is logged in, and the way back in when a login runs out while the page is in use. */
class Session extends EventTarget {
  person = null;
  /** `starting`, `out`, `in`, or `again`: logged in once, and the password is asked for over the page. */
  state = 'starting';
  #returned = null;

  constructor() {
    super();
    api.onLoginNeeded(() => this.#askAgain());
  }

  /** Takes up a login that this browser still has. */
  async resume() {
    try {
      const answer = await api.get('/sessions/current');
      this.#enter(answer.person ?? answer);
    } catch {
      if (this.state === 'starting') {
        this.#become('out');
      }
    }
  }

  async login(username, password) {
    const answer = await api.post('/sessions', { username, password, cookie: true });
    const somebodyElse = this.person !== null && this.person.id !== answer.person.id;
    if (somebodyElse) {
      location.reload();
      return;
    }
    this.person = { ...answer.person, username };
    this.#enter(this.person);
  }

  async logout() {
    try {
      await api.remove('/sessions/current');
    } finally {
      location.reload();
    }
  }

  has(...roles) {
    return this.person?.roles?.some((role) => roles.includes(role)) ?? false;
  }

  get staff() {
    return this.has('OPERATOR', 'SUPERVISOR', 'DUTY_MANAGER');
  }

  #askAgain() {
    if (this.state === 'starting') {
      this.#become('out');
      return Promise.reject(new api.Problem(401, null));
    }
    if (!this.#returned) {
      let done;
      const promise = new Promise((resolve) => (done = resolve));
      this.#returned = { promise, done };
      this.#become('again');
    }
    return this.#returned.promise;
  }

  #enter(person) {
    this.person = person;
    this.#become('in');
    this.#returned?.done();
    this.#returned = null;
  }

  #become(state) {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

export const session = new Session();

/** The services' time, as far as this machine can know it, and one tick a second for everything that shows an age. */
class Clock extends EventTarget {
  #ahead = 0;

  constructor() {
    super();
    setInterval(() => this.dispatchEvent(new Event('change')), 1000);
  }

  /** Takes over the time that a service has just said. */
  heard(isoTime) {
    const said = Date.parse(isoTime);
    if (!Number.isNaN(said)) {
      this.#ahead = said - Date.now();
      this.dispatchEvent(new Event('change')); // the ticks of a hidden page come late, what is heard does not
    }
  }

  now() {
    return Date.now() + this.#ahead;
  }
}

export const clock = new Clock();

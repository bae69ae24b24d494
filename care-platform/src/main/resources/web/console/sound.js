import { board } from './board.js';
import { duty } from './duty.js';

const CYCLE_MS = 2_000;
const LONGEST_MUTE_MS = 30_000;
const ALARM = [[880, 0], [1175, 0.22], [880, 0.44], [1175, 0.66]];
const LOST = [[330, 0], [262, 0.45], [208, 0.9]];

/** What is heard: one pattern while a P0/P1 waits, another while the stream is lost. A mute ends by itself. */
class Sound extends EventTarget {
  #context = null;
  #turn = 0;
  #mutedUntil = 0;
  #mutedFor = new Set();

  constructor() {
    super();
    setInterval(() => this.#cycle(), CYCLE_MS);
    board.addEventListener('change', () => this.#unmuteForNew());
    for (const gesture of ['pointerdown', 'keydown']) {
      addEventListener(gesture, () => this.#context && !this.enabled && this.enable(), { capture: true });
    }
  }

  /** Browsers allow sound only from a press of the person: the login's, or any later one. */
  enable() {
    this.#context ??= new AudioContext();
    this.#context.resume().then(() => this.dispatchEvent(new Event('change')));
  }

  /** Readies the sound at the first press, for a page that was opened without a login. */
  prepare() {
    this.#context ??= new AudioContext();
    this.dispatchEvent(new Event('change'));
  }

  get enabled() {
    return this.#context?.state === 'running';
  }

  /** The patterns that are wanted now. */
  get wanted() {
    const patterns = [];
    if (duty.listens && board.ringing().length > 0) {
      patterns.push('alarm');
    }
    if (board.link.state === 'lost') {
      patterns.push('lost');
    }
    return patterns;
  }

  get mutedSeconds() {
    return Math.max(0, Math.ceil((this.#mutedUntil - Date.now()) / 1000));
  }

  mute() {
    this.#mutedUntil = Date.now() + LONGEST_MUTE_MS;
    this.#mutedFor = new Set(board.ringing().map((row) => row.id));
    this.dispatchEvent(new Event('change'));
  }

  #unmuteForNew() {
    if (this.mutedSeconds > 0 && board.ringing().some((row) => !this.#mutedFor.has(row.id))) {
      this.#mutedUntil = 0;
      this.#cycle();
    }
  }

  #cycle() {
    const wanted = this.wanted;
    if (wanted.length === 0 || this.mutedSeconds > 0 || !this.enabled) {
      return;
    }
    const pattern = wanted[this.#turn++ % wanted.length];
    for (const [pitch, after] of pattern === 'alarm' ? ALARM : LOST) {
      this.#tone(pitch, after, pattern === 'alarm' ? 'square' : 'triangle', pattern === 'alarm' ? 0.2 : 0.4);
    }
  }

  #tone(pitch, after, wave, length) {
    const at = this.#context.currentTime + after;
    const tone = new OscillatorNode(this.#context, { type: wave, frequency: pitch });
    const level = new GainNode(this.#context, { gain: 0 });
    level.gain.setValueAtTime(0, at);
    level.gain.linearRampToValueAtTime(0.3, at + 0.02);
    level.gain.setValueAtTime(0.3, at + length - 0.04);
    level.gain.linearRampToValueAtTime(0, at + length);
    tone.connect(level).connect(this.#context.destination);
    tone.start(at);
    tone.stop(at + length);
  }
}

export const sound = new Sound();

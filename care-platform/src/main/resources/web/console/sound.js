import { clock } from '../parts/clock.js';
import { board } from './board.js';
import { duty } from './duty.js';

const LONGEST_MUTE_MS = 30_000;
const TURN_SECONDS = 2;
const LOUD = 0.3;
const PATTERNS = {
  alarm: { tones: [[880, 0], [1175, 0.22], [880, 0.44], [1175, 0.66]], length: 0.2, wave: (turns) => (turns % 1 < 0.5 ? 1 : -1) },
  lost: { tones: [[330, 0], [262, 0.45], [208, 0.9]], length: 0.4, wave: (turns) => 4 * Math.abs((turns % 1) - 0.5) - 1 },
};

/**
 * What is heard: one pattern while a P0/P1 waits, another while the stream is lost. A mute ends by itself. Browsers let
 * the timers of a hidden page sleep for a minute, so none is needed: what changes what is wanted starts or stops a loop,
 * and the end of a mute is left to the clock of the sound itself.
 */
class Sound extends EventTarget {
  #context = null;
  #level = null;
  #loop = null;
  #playing = '';
  #mutedUntil = 0;
  #mutedFor = new Set();

  constructor() {
    super();
    for (const source of [board, duty, clock]) {
      source.addEventListener('change', () => this.#tune());
    }
    for (const gesture of ['pointerdown', 'keydown']) {
      addEventListener(gesture, () => this.#context && !this.enabled && this.enable(), { capture: true });
    }
  }

  /** Browsers allow sound only from a press of the person: the login's, or any later one. */
  enable() {
    this.#open();
    this.#context.resume().then(() => this.#changed());
  }

  /** Readies the sound at the first press, for a page that was opened without a login. */
  prepare() {
    this.#open();
    this.#changed();
  }

  #open() {
    if (!this.#context) {
      this.#context = new AudioContext();
      this.#level = new GainNode(this.#context);
      this.#level.connect(this.#context.destination);
      this.#context.addEventListener('statechange', () => this.#changed());
    }
  }

  #changed() {
    this.#tune();
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
    this.#silence(LONGEST_MUTE_MS / 1000);
    this.dispatchEvent(new Event('change'));
  }

  #unmuteForNew() {
    if (this.mutedSeconds > 0 && board.ringing().some((row) => !this.#mutedFor.has(row.id))) {
      this.#mutedUntil = 0;
      this.#silence(0);
    }
  }

  #silence(seconds) {
    const gain = this.#level?.gain;
    const now = this.#context?.currentTime;
    gain?.cancelScheduledValues(now).setValueAtTime(0, now).setValueAtTime(1, now + seconds);
  }

  #tune() {
    this.#unmuteForNew();
    const wanted = this.enabled ? this.wanted : [];
    if (wanted.join() === this.#playing) {
      return;
    }
    this.#playing = wanted.join();
    this.#loop?.stop();
    this.#loop = null;
    if (wanted.length > 0) {
      this.#loop = new AudioBufferSourceNode(this.#context, { buffer: recording(wanted, this.#context.sampleRate), loop: true });
      this.#loop.connect(this.#level);
      this.#loop.start();
    }
  }
}

/** One turn of each pattern, one after the other. */
function recording(patterns, rate) {
  const buffer = new AudioBuffer({ length: Math.round(patterns.length * TURN_SECONDS * rate), sampleRate: rate });
  const samples = buffer.getChannelData(0);
  patterns.forEach((name, turn) => {
    const { tones, length, wave } = PATTERNS[name];
    for (const [pitch, after] of tones) {
      const first = Math.round((turn * TURN_SECONDS + after) * rate);
      for (let i = 0; i < length * rate; i++) {
        const swell = Math.min(1, i / rate / 0.02, (length - i / rate) / 0.04);
        samples[first + i] = LOUD * swell * wave((pitch * i) / rate);
      }
    }
  });
  return buffer;
}

export const sound = new Sound();

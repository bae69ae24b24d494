import { html, nothing } from 'lit';
import { clock } from '../parts/clock.js';
import '../parts/login-panel.js';
import { t, term } from '../parts/i18n.js';
import { Part } from '../parts/part.js';
import { places } from '../parts/places.js';
import { session } from '../parts/session.js';
import '../case/case-view.js';
import { dispositions } from '../case/dispositions.js';
import { board } from './board.js';
import './concern-dialog.js';
import { duty } from './duty.js';
import { handleKeys } from './keys.js';
import './keys-dialog.js';
import './oversight-dialog.js';
import './page-banners.js';
import './queue.js';
import { sound } from './sound.js';
import { stream } from './stream.js';
import './top-bar.js';

/** The operator's page: the queue on the left, the open case on the right. */
class OperatorConsole extends Part {
  #started = false;
  #pressedLogin = false;

  watched() {
    return [session, board, clock];
  }

  connectedCallback() {
    super.connectedCallback();
    session.addEventListener('change', () => this.#start());
    handleKeys(this);
    session.resume();
  }

  render() {
    const inside = session.state === 'in' || session.state === 'again';
    return html`${inside ? this.#page() : nothing}
      <login-panel .gesture=${() => this.#gesture()}></login-panel>`;
  }

  updated() {
    const ringing = board.ringing();
    const lead = board.link.state === 'lost' ? `⚠ ${t('linkLost')} – ` : '';
    const first = ringing[0];
    document.title = lead + (first ? `(${ringing.length}) ${first.priority} ${first.name} – ` : '') + t('brand');
    document.body.dataset.sound = sound.mutedSeconds > 0 ? 'muted' : sound.wanted.join(' ') || 'quiet';
  }

  #page() {
    if (!session.staff) {
      return html`<main class="login-page"><div class="login-card"><h1>${t('notForYou')}</h1>
        <p><a href="/family/">${t('familyLink')}</a></p>
        <button type="button" @click=${() => session.logout()}>${t('logout')}</button></div></main>`;
    }
    return html`<top-bar @wish-keys=${() => this.querySelector('keys-dialog').show()}
        @wish-oversight=${() => this.querySelector('oversight-dialog').show()}></top-bar>
      <page-banners></page-banners>
      <urgent-strip></urgent-strip>
      <main class="desk ${board.link.state === 'lost' ? 'old' : ''}" @wish-concern=${() => this.wishConcern()}>
        <incident-queue></incident-queue>
        <case-view .incidentId=${board.opened}></case-view>
      </main>
      <p class="unseen" role="alert" aria-live="assertive">${this.#spoken(board.announcement.urgent)}</p>
      <p class="unseen" role="status" aria-live="polite">${this.#spoken(board.announcement.calm)}</p>
      <concern-dialog></concern-dialog>
      <keys-dialog></keys-dialog>
      <oversight-dialog></oversight-dialog>`;
  }

  wishConcern() {
    this.querySelector('concern-dialog').show();
  }

  #spoken(row) {
    return row ? t('spoken', {
      priority: t(`priority.${row.priority}`), kind: term('kind', row.kind), name: row.name, area: places.area(row.area),
    }) : '';
  }

  #gesture() {
    sound.enable();
    this.#pressedLogin = true;
  }

  #start() {
    if (this.#started || session.state !== 'in' || !session.staff) {
      return;
    }
    this.#started = true;
    sound.prepare();
    stream.start();
    places.load().then(() => board.changed());
    dispositions().catch(() => null);
    this.#pressedLogin ? duty.set(true) : duty.load();
  }
}

customElements.define('operator-console', OperatorConsole);

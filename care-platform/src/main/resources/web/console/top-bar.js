import { html } from 'lit';
import { clock } from '../parts/clock.js';
import { i18n, t } from '../parts/i18n.js';
import { Part } from '../parts/part.js';
import { session } from '../parts/session.js';
import { board } from './board.js';
import { pressedTwice } from './commands.js';
import { duty } from './duty.js';
import { sound } from './sound.js';

/** The line at the top: is the page live, can it be heard, is the person on duty. */
class TopBar extends Part {
  watched() {
    return [board, duty, sound, session, clock];
  }

  render() {
    return html`<header class="top-bar">
      <p class="brand"><img src="/icon.svg" alt="" width="36" height="36"> ${t('brandShort')}</p>
      ${this.#link()}${this.#sound()}
      <label class="duty ${duty.onDuty ? 'on' : 'off'}" ?hidden=${!duty.known}>
        <input type="checkbox" role="switch" .checked=${duty.onDuty} ?disabled=${!duty.known}
          @change=${(e) => duty.set(e.target.checked)}>
        ${duty.onDuty ? t('onDuty') : t('offDuty')}
      </label>
      <a href="/fleet/" target="anban-fleet" rel="noopener">${t('fleetLink')}</a>
      <span class="person">${session.person?.name}</span>
      <button type="button" data-action="oversight" @click=${() => this.#wish('wish-oversight')}>${t('oversightShort')}</button>
      <button type="button" lang=${i18n.chinese ? 'en' : 'zh-CN'} @click=${() => i18n.change()}>${t('otherLanguage')} <kbd>L</kbd></button>
      <button type="button" aria-label=${t('keys')} @click=${() => this.#wish('wish-keys')}>?</button>
      <button type="button" @click=${() => this.#leave()}>${t('logout')}</button>
    </header>`;
  }

  #link() {
    const words = { live: t('linkLive'), lost: t('linkLost'), connecting: t('linkConnecting') };
    return html`<span class="link ${board.link.state}" data-link=${board.link.state}><i aria-hidden="true"></i>${words[board.link.state]}</span>`;
  }

  #sound() {
    if (!sound.enabled) {
      return html`<button type="button" class="sound blocked" @click=${() => sound.enable()}>${t('soundBlocked')}</button>`;
    }
    if (sound.mutedSeconds > 0) {
      return html`<span class="sound muted">${t('soundMuted', { seconds: sound.mutedSeconds })}</span>`;
    }
    return sound.wanted.length > 0
      ? html`<button type="button" class="sound ringing" @click=${() => sound.mute()}>${t('mute')} <kbd>M</kbd></button>`
      : html`<span class="sound">${t('soundOn')}</span>`;
  }

  #wish(name) {
    this.dispatchEvent(new Event(name, { bubbles: true }));
  }

  async #leave() {
    const mine = board.rows().filter((row) => row.takenBy?.id === session.person?.id).length;
    if (mine > 0 && !pressedTwice('leave', t('leaveWithCases', { count: mine }))) {
      return;
    }
    await duty.set(false);
    await session.logout();
  }
}

customElements.define('top-bar', TopBar);

import { en } from './words-en.js';
import { zh } from './words-zh.js';

const KEY = 'anban.language';
const WORDS = { 'zh-CN': zh, en };

/** The language of the page: Chinese or English, remembered on this machine. */
class Language extends EventTarget {
  language = 'zh-CN';

  constructor() {
    super();
    const kept = recall();
    if (kept in WORDS) {
      this.language = kept;
    } else if (!navigator.language.startsWith('zh')) {
      this.language = 'en';
    }
    document.documentElement.lang = this.language;
  }

  get chinese() {
    return this.language === 'zh-CN';
  }

  change() {
    this.language = this.chinese ? 'en' : 'zh-CN';
    document.documentElement.lang = this.language;
    try {
      localStorage.setItem(KEY, this.language);
    } catch {
      // a browser that forbids storage forgets the choice, nothing more
    }
    this.dispatchEvent(new Event('change'));
  }

  has(key) {
    return key in WORDS[this.language];
  }
}

function recall() {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export const i18n = new Language();

/** The words for a key, `{name}` replaced from the values. */
export function t(key, values = {}) {
  const words = WORDS[i18n.language][key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? '');
}

/** The words for one member of a family, `kind.SOS`; the member itself if the page does not know it. */
export const term = (family, member) => {
  const key = `${family}.${member}`;
  return i18n.has(key) ? t(key) : String(member ?? '');
};

export const pick = (words) => (i18n.chinese ? words.zh : words.en);

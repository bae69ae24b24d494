import * as api from './api.js';
import { i18n, t } from './i18n.js';

/** The names of areas and stations, which incidents carry only as codes. */
class Places extends EventTarget {
  #names = new Map();

  async load() {
    await Promise.all([this.#read('/areas', 'path'), this.#read('/stations', 'id')]);
    this.dispatchEvent(new Event('change'));
  }

  /** `Dayu › Sanjiadian` for an area path, without the district that all share; the codes while names are unknown. */
  area(path) {
    if (!path) {
      return t('areaUnknown');
    }
    const codes = path.split('/');
    const names = codes.map((code, index) => this.#name(`/areas ${codes.slice(0, index + 1).join('/')}`, code));
    return (names.length > 1 ? names.slice(1) : names).join(' › ');
  }

  station(id) {
    return this.#name(`/stations ${id}`, id ?? '');
  }

  #name(key, code) {
    const known = this.#names.get(key);
    return known ? (i18n.chinese ? known.nameZh : known.nameEn) || code : code;
  }

  async #read(path, id) {
    try {
      for (const each of (await api.get(path)).items) {
        this.#names.set(`${path} ${each[id]}`, each);
      }
    } catch {
      // codes are shown where names are missing
    }
  }
}

export const places = new Places();

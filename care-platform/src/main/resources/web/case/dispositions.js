import * as api from '../parts/api.js';
import { pick } from '../parts/i18n.js';

let known = null;

/** The disposition codes with their words, asked for once. */
export async function dispositions() {
  known ??= (await api.get('/dispositions')).items;
  return known;
}

/** The words of a code; the code itself while they are unknown. */
export function dispositionWords(code) {
  const found = known?.find((each) => each.code === code);
  return found ? pick(found) : code ?? '';
}

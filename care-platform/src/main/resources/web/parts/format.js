import { clock } from './clock.js';
import { i18n, t } from './i18n.js';

const two = (n) => String(n).padStart(2, '0');

/** Seconds since a time, never below zero. */
export const secondsSince = (iso) => Math.max(0, Math.floor((clock.now() - Date.parse(iso)) / 1000));

/** `04:31`, `2:04:31`, or days and hours. */
export function duration(seconds) {
  const hours = Math.floor(seconds / 3600);
  if (hours >= 48) {
    return t('daysHours', { days: Math.floor(hours / 24), hours: hours % 24 });
  }
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

export const age = (iso) => duration(secondsSince(iso));

/** Time of day, with the date if it is not today's. */
export function moment(iso) {
  if (!iso) {
    return '';
  }
  const at = new Date(iso);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  if (at.toDateString() === new Date(clock.now()).toDateString()) {
    return time;
  }
  const date = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric' }).format(at);
  return `${date} ${time}`;
}

/** `13800000000` is read out more safely as `138 0000 0000`. */
export const phone = (number) => (number ?? '').replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3');

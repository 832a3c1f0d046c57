// @ts-check
/** Numbers and times as people read them: with their unit, never rounded up, in the school's own time. */
import {language, t} from './words.js';

const ZONE = 'Asia/Shanghai';

/**
 * A share as a percentage with one place, cut and not rounded, so that 94.96 % never reads as 95.0 %.
 *
 * @param {number|null} share 0..1
 */
export function percent(share) {
  if (share === null) return '—';
  const tenths = Math.floor(share * 1000 + 1e-6);
  return `${(tenths / 10).toFixed(1)} %`;
}

/** @param {number|null} number @param {number} [places] at most */
export function plain(number, places = 1) {
  if (number === null) return '—';
  return new Intl.NumberFormat(language(), {maximumFractionDigits: places}).format(number);
}

/** @param {number|null} number @param {string} unit as the API names it: Mbps, %, per100, d, s, empty, … */
export function quantity(number, unit) {
  if (number === null) return '—';
  const places = unit === '%' ? 2 : unit === 'Mbps' ? 1 : 3;
  const cut = unit === '%' ? Math.floor(number * 100 + 1e-6) / 100 : number;
  return unit ? `${plain(cut, places)} ${t(`unit.${unit}`)}` : plain(number, 3);
}

/** A difference in percentage points, with its sign. @param {number} points */
export function signed(points) {
  return `${points < 0 ? '−' : points > 0 ? '+' : ''}${Math.abs(points).toFixed(2)}`;
}

/** @param {number|null} number @param {number} places exactly */
export function exact(number, places) {
  return number === null ? '—' : number.toFixed(places);
}

/** @param {number|null} bits per second */
export function rate(bits) {
  if (bits === null) return '—';
  if (bits >= 1e6) return `${plain(bits / 1e6, bits < 1e7 ? 2 : 1)} ${t('unit.Mbps')}`;
  if (bits >= 1e3) return `${plain(bits / 1e3, 0)} ${t('unit.kbps')}`;
  return `${plain(bits, 0)} ${t('unit.bps')}`;
}

/** @param {number|null} seconds that something has been running */
export function duration(seconds) {
  if (seconds === null) return '—';
  if (seconds < 60) return t('time.seconds', {n: Math.floor(seconds)});
  if (seconds < 3600) return t('time.minutes', {n: Math.floor(seconds / 60)});
  if (seconds < 172800) return t('time.hours', {n: Math.floor(seconds / 3600)});
  return t('time.days', {n: Math.floor(seconds / 86400)});
}

/** @param {string|null} time ISO-8601 @param {number} [now] epoch milliseconds */
export function ago(time, now = Date.now()) {
  if (!time) return t('time.never');
  const seconds = Math.max(0, (now - Date.parse(time)) / 1000);
  return t('time.ago', {span: duration(seconds)});
}

/** @param {string|null} time ISO-8601 */
export function moment(time) {
  if (!time) return '—';
  const parts = clockParts(new Date(time));
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

/** @param {string|number} time */
export function clock(time) {
  const parts = clockParts(new Date(time));
  return `${parts.hour}:${parts.minute}`;
}

/** @param {string|number} time */
export function dayAndClock(time) {
  const parts = clockParts(new Date(time));
  return `${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

/** @param {Date} date @returns {Record<string, string>} */
function clockParts(date) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(date).map((part) => [part.type, part.value]));
}

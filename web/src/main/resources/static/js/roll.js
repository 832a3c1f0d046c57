// @ts-check
/** The roll-call sheet's marks and dates as they are shown: each mark has a sign and a word, none is a colour alone. */
import {language, t} from './words.js';

/** @typedef {import('./types.js').RollMark} RollMark */
/** @typedef {import('./types.js').Roll} Roll */

// U+FE0E asks for the text form, so that no system paints the mark as a coloured picture.
/** @type {Record<RollMark, string>} */
const SIGNS = {PRESENT: '✔\uFE0E', ABSENT: '✘\uFE0E', DISPUTED: '!', NO_DATA: '?', NO_SCHOOL: '·'};

/** @type {RollMark[]} as the legend lists them */
export const MARKS = ['PRESENT', 'ABSENT', 'DISPUTED', 'NO_DATA', 'NO_SCHOOL'];

/** @param {RollMark} mark */
export function signOf(mark) {
  return SIGNS[mark] ?? '?';
}

/** @param {RollMark} mark */
export function rollWord(mark) {
  return t(`mark.${mark}`);
}

/** How many of a row were called, and how many were there. @param {{mark: RollMark}[]} cells @returns {Roll} */
export function rollOf(cells) {
  const count = (/** @type {RollMark} */ mark) => cells.filter((cell) => cell.mark === mark).length;
  const [present, absent, disputed, noData] = [count('PRESENT'), count('ABSENT'), count('DISPUTED'), count('NO_DATA')];
  return {called: present + absent + disputed + noData, present, absent, disputed, noData};
}

/** A date's parts are its own and no instant's: UTC keeps them. @param {string} date @param {Intl.DateTimeFormatOptions} how */
function format(date, how) {
  return new Intl.DateTimeFormat(language(), {...how, timeZone: 'UTC'}).format(new Date(`${date}T00:00:00Z`));
}

/** @param {string} date */
export function weekday(date) {
  return language() === 'en' ? format(date, {weekday: 'short'}).slice(0, 2) : format(date, {weekday: 'narrow'});
}

/** @param {string} date 2026-11-27 Friday */
export function wholeDay(date) {
  return `${date} ${format(date, {weekday: 'long'})}`;
}

/** @param {string} date */
export function dayOfMonth(date) {
  return String(Number(date.slice(8)));
}

/**
 * The columns month by month; the year stands with the first month and with each January.
 *
 * @param {string[]} dates oldest first
 * @returns {{label: string, span: number}[]}
 */
export function months(dates) {
  /** @type {{key: string, label: string, span: number}[]} */
  const found = [];
  for (const date of dates) {
    const key = date.slice(0, 7);
    const last = found.at(-1);
    if (last?.key === key) {
      last.span++;
    } else {
      const month = format(date, {month: 'short'});
      const year = found.length === 0 || key.endsWith('-01');
      found.push({key, span: 1, label: year ? t('sheet.month', {year: key.slice(0, 4), month}) : month});
    }
  }
  // A year does not fit over a single column.
  return found.map(({key, label, span}) => ({label: span < 3 ? format(`${key}-01`, {month: 'short'}) : label, span}));
}

/** Today where the schools are. */
export function today() {
  return new Intl.DateTimeFormat('en-CA', {timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit'})
    .format(new Date());
}

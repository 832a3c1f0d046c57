// @ts-check
/** Verdicts as they are shown: each has a mark, a word and an order; none is a colour alone. */
import {t} from './words.js';

/** @typedef {import('./types.js').Outcome} Outcome */

// U+FE0E asks for the text form, so that no system paints the mark as a coloured picture.
/** @type {Record<Outcome, string>} */
const MARKS = {
  MET: '✔\uFE0E',
  NOT_MET: '✘\uFE0E',
  INSUFFICIENT_DATA: '?',
  NOT_APPLICABLE: '—',
  NO_RULE: '·',
};

/** @type {Outcome[]} worst first */
export const ORDER = ['NOT_MET', 'INSUFFICIENT_DATA', 'MET', 'NOT_APPLICABLE', 'NO_RULE'];

export const DISPUTED_MARK = '!';

/** @param {Outcome} outcome */
export function markOf(outcome) {
  return MARKS[outcome] ?? '?';
}

/** @param {Outcome} outcome */
export function wordOf(outcome) {
  return t(`verdict.${outcome}`);
}

/** @param {Outcome} outcome @param {boolean} disputed */
export function spoken(outcome, disputed) {
  const said = `${markOf(outcome)} ${wordOf(outcome)}`;
  return disputed ? `${said} ${DISPUTED_MARK} ${t('verdict.DISPUTED')}` : said;
}

/** @param {Outcome[]} outcomes @returns {Outcome} */
export function worst(outcomes) {
  return ORDER.find((outcome) => outcomes.includes(outcome)) ?? 'NO_RULE';
}

/**
 * The verdict of a school under a filter.
 *
 * @param {Record<string, Outcome>} verdicts by rule
 * @param {string[]} rules the filter's rules; empty is every rule
 */
export function verdictUnder(verdicts, rules) {
  const considered = Object.entries(verdicts).filter(([rule]) => rules.length === 0 || rules.includes(rule));
  if (considered.length === 0) return 'NOT_APPLICABLE';
  return worst(considered.map(([, outcome]) => outcome));
}

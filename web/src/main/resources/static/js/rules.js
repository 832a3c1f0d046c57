// @ts-check
/** Rules as they are named and shown: title, schools they speak of, what they ask. */
import {html, nothing} from 'lit';
import {quantity} from './figures.js';
import {frame} from './frame.js';
import {pick, t} from './words.js';

/** @typedef {import('./types.js').Rule} Rule */

/** Indicators of which less is better. */
const AT_MOST = ['STUDENTS_PER_COMPUTER', 'COEFFICIENT'];

/** @param {string} id */
export function titleOf(id) {
  const rule = frame.rule(id);
  return rule ? pick(rule.title, rule.titleEn) : id;
}

/** The target's name, 校校通 of XXT-A. @param {Rule} rule */
export function targetOf(rule) {
  return pick(rule.targetTitle, rule.targetTitleEn);
}

/** The tier a rule speaks of; empty when there are several. @param {string|null} tier */
export function tierOf(tier) {
  return tier ? t(`tier.${tier}`) : '';
}

/** A rule's own name: its target and its tier where it has one tier, else its title. @param {Rule} rule */
export function nameOfRule(rule) {
  return rule.tier && rule.targetTitle !== rule.title ? `${targetOf(rule)} · ${tierOf(rule.tier)}` : pick(rule.title, rule.titleEn);
}

/** A threshold with its sign. @param {string} id @param {number} threshold @param {string} unit */
export function asked(id, threshold, unit) {
  return askedBy(frame.rule(id), threshold, unit);
}

/** The same by a rule of whichever profile. @param {Rule|null} rule @param {number} threshold @param {string} unit */
export function askedBy(rule, threshold, unit) {
  const sign = AT_MOST.includes(rule?.indicator ?? '') ? '≤' : '≥';
  return `${sign} ${quantity(threshold, unit)}`;
}

/** Says of a number that it is ours. @param {boolean} ours */
export function oursMark(ours) {
  return ours ? html`<span class="ours" title=${t('targets.oursMeans')}>${t('targets.ours')}</span>` : nothing;
}

/** Where a rule stands. @param {string} id */
export function articleOf(id) {
  const rule = frame.rule(id);
  return rule ? pick(rule.article, rule.articleEn) : '';
}

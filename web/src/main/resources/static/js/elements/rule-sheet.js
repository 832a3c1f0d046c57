// @ts-check
import {html, nothing} from 'lit';
import {quantity} from '../figures.js';
import {Piece} from '../piece.js';
import {oursMark, tierOf} from '../rules.js';
import {pick, say, t} from '../words.js';

/** One rule of a profile: its words and where they stand, what it asks, what of that is ours, where it comes from. */
class RuleSheet extends Piece {
  static properties = {rule: {attribute: false}, profile: {attribute: false}};

  constructor() {
    super();
    /** @type {import('../types.js').Rule|null} */
    this.rule = null;
    this.profile = '';
  }

  render() {
    const rule = this.rule;
    if (!rule) return nothing;
    return html`<article class="rule" id="${this.profile}-${rule.id}" data-rule=${rule.id}>
      <div class="target-asks">
        <h4>${pick(rule.title, rule.titleEn)} <small>${[tierOf(rule.tier), rule.id].filter(Boolean).join(' · ')}</small></h4>
        ${rule.quote ? html`<p class="quote" lang="zh-CN">「${rule.quote}」</p>` : nothing}
        <p class="note">${t('school.article', {source: pick(rule.source, rule.sourceEn), article: pick(rule.article, rule.articleEn)})}</p>
        ${rule.inheritedFrom ? html`<p class="note inherited">${t('targets.inherited', rule.inheritedFrom)}</p>` : nothing}
      </div>
      <div>
        ${rule.conditions.length === 0 ? html`<p class="unset">${t('verdict.NO_RULE')}</p>` : html`<ul class="reasons conditions">${
          rule.conditions.map((condition) => html`<li>${say(condition)}${this.#unit(condition.code)} ${oursMark(condition.projectDefault)}</li>`)}</ul>`}
        ${this.#tightened(rule)}
        ${rule.note ? html`<p class="note">${pick(rule.note, rule.noteEn ?? undefined)}</p>` : nothing}
        ${rule.defaults.length === 0 ? nothing : html`<details><summary>${t('targets.figures', {n: rule.defaults.length})}</summary>
          <dl class="figures">${rule.defaults.map((figure) => html`<div><dt>${say(figure)}</dt>
            <dd>${figure.value}${figure.unit ? ` ${t(`unit.${figure.unit}`)}` : ''} ${oursMark(figure.projectDefault)}</dd></div>`)}</dl></details>`}
      </div>
    </article>`;
  }

  /** The unit of a bare number. @param {string} code of the condition */
  #unit(code) {
    const unit = this.rule?.unit;
    return unit && (code === 'at-least' || code === 'at-most') ? ` ${t(`unit.${unit}`)}` : '';
  }

  /** @param {import('../types.js').Rule} rule */
  #tightened(rule) {
    const before = rule.tightened;
    if (!before) return nothing;
    const number = before.schoolsPercent !== rule.schoolsPercent && before.schoolsPercent !== null
      ? t('targets.schoolsBefore', {percent: quantity(before.schoolsPercent, '%')})
      : before.threshold === null ? '' : quantity(before.threshold, rule.unit);
    return html`<p class="tightened"><b>${t('targets.tightened')}</b> ${pick(before.reason, before.reasonEn)}
      <small>${t('targets.before', {number: number || '—', article: pick(before.article, before.articleEn)})}</small></p>`;
  }
}

customElements.define('rule-sheet', RuleSheet);

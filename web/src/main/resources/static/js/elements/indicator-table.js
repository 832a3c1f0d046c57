// @ts-check
import {html, nothing} from 'lit';
import {percent, quantity} from '../figures.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {asked, articleOf, oursMark, titleOf} from '../rules.js';
import {href} from '../route.js';
import {t} from '../words.js';
import './unset-rules.js';
import './verdict-mark.js';

/** @typedef {import('../types.js').RuleCounts} RuleCounts */

/** What a conclusion about the region alone is called. @type {Record<string, import('../types.js').Outcome>} */
const RULED = {
  FULLY_ACHIEVED: 'MET', BASICALLY_ACHIEVED: 'MET', NOT_ACHIEVED: 'NOT_MET', CANNOT_JUDGE_YET: 'INSUFFICIENT_DATA',
};

/** A region under the rules that are no headline targets: by the share of its schools, or by what it comes to itself. */
class IndicatorTable extends Piece {
  static properties = {summary: {attribute: false}};

  constructor() {
    super();
    /** @type {import('../types.js').Summary|null} */
    this.summary = null;
  }

  render() {
    const rows = (this.summary?.rules ?? []).filter(({rule}) => frame.rule(rule) && !frame.rule(rule)?.headline);
    const unset = rows.filter(({conclusion}) => conclusion === 'NO_RULE').map(({rule}) => rule);
    const judged = rows.filter(({conclusion}) => conclusion !== 'NO_RULE' && conclusion !== 'NOTHING_IN_SCOPE');
    if (rows.length === 0) return nothing;
    return html`<section class="part" aria-labelledby="part-indicators">
      <h2 id="part-indicators">${t('indicator.others')}</h2>
      ${judged.length === 0 ? nothing : html`<table class="sheet indicators region-indicators">
        <thead><tr>
          <th scope="col">${t('indicator.indicator')}</th><th scope="col">${t('indicator.schools')}</th>
          <th scope="col">${t('indicator.found')}</th><th scope="col">${t('indicator.conclusion')}</th>
        </tr></thead>
        <tbody>${judged.map((row) => (row.level === 'COUNTY' ? this.#county(row) : this.#school(row)))}</tbody>
      </table>`}
      <unset-rules .rules=${unset}></unset-rules>
    </section>`;
  }

  /** @param {RuleCounts} row */
  #school(row) {
    const rates = row.rateLow === row.rateHigh ? percent(row.rateLow) : `${percent(row.rateLow)} – ${percent(row.rateHigh)}`;
    const needed = frame.rule(row.rule)?.schoolsPercent ?? null;
    return html`<tr data-rule=${row.rule} data-level="SCHOOL">
      ${this.#head(row, html`<a href=${href('/schools', {region: this.summary?.region, rule: row.rule})}>${titleOf(row.rule)}</a>`)}
      <td data-label=${t('indicator.schools')}>${t('indicator.met', {met: row.met, all: row.inScope})}
        ${row.insufficient ? html`<small>${t('indicator.insufficient', {n: row.insufficient})}</small>` : nothing}</td>
      <td data-label=${t('indicator.found')}>${rates}
        ${needed === null ? nothing : html`<small>${t('targets.threshold', {threshold: `≥ ${quantity(needed, '%')}`})}</small>`}</td>
      <td data-label=${t('indicator.conclusion')}>${t(`conclusion.${row.conclusion}`)}</td>
    </tr>`;
  }

  /** @param {RuleCounts} row */
  #county(row) {
    return html`<tr data-rule=${row.rule} data-level="COUNTY">
      ${this.#head(row, titleOf(row.rule))}
      <td data-label=${t('indicator.schools')}>${row.inScope === 0 ? '—' : html`${t('indicator.counted', {met: row.met, all: row.inScope})}
        ${row.insufficient ? html`<small>${t('indicator.unknown', {n: row.insufficient})}</small>` : nothing}`}</td>
      <td data-label=${t('indicator.found')}>${row.threshold === null ? '—' : t('school.against', {
        value: row.value === null ? t('school.noValue') : quantity(row.value, row.unit ?? ''),
        threshold: asked(row.rule, row.threshold, row.unit ?? ''),
      })}</td>
      <td data-label=${t('indicator.conclusion')}><verdict-mark verdict=${RULED[row.conclusion] ?? 'NO_RULE'}></verdict-mark></td>
    </tr>`;
  }

  /** @param {RuleCounts} row @param {unknown} title */
  #head(row, title) {
    return html`<th scope="row">${title} ${oursMark(frame.rule(row.rule)?.targetDefault ?? false)}
      <small>${articleOf(row.rule)} · ${t(`level.${row.level}`)}</small></th>`;
  }
}

customElements.define('indicator-table', IndicatorTable);

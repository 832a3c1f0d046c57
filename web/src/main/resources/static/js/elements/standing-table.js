// @ts-check
import {html, nothing} from 'lit';
import {percent} from '../figures.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {inScope} from '../map/shares.js';
import {href, query} from '../route.js';
import {markOf, wordOf} from '../verdicts.js';
import {targetOf, tierOf} from '../rules.js';
import {nameOf, t} from '../words.js';

/** @typedef {import('../types.js').RuleCounts} RuleCounts */

/** The sentence's numbers as tables: rules by tier, then the region's divisions by target. */
class StandingTable extends Piece {
  static properties = {summary: {attribute: false}, rules: {attribute: false}, areas: {attribute: false}, pointedArea: {}};

  constructor() {
    super();
    /** @type {import('../types.js').Summary|null} */
    this.summary = null;
    /** @type {string[]} */
    this.rules = [];
    /** @type {any[]} the map's areas: their counts are of all targets together */
    this.areas = [];
    this.pointedArea = '';
  }

  render() {
    if (!this.summary) return nothing;
    const rows = this.summary.rules.filter((row) => frame.rule(row.rule)?.headline
      && (this.rules.length === 0 || this.rules.includes(row.rule)));
    return html`
      <table class="sheet standing-rules">
        <caption>${t('standing.caption', {date: this.summary.at})}</caption>
        <thead><tr>
          <th scope="col">${t('standing.rule')}</th>
          <th scope="col" class="number">${t('standing.inScope')}</th>
          ${['MET', 'NOT_MET', 'INSUFFICIENT_DATA'].map((outcome) => this.#outcomeHead(/** @type {any} */ (outcome)))}
          <th scope="col" class="number">${t('standing.rate')}</th>
        </tr></thead>
        <tbody>${rows.map((row) => this.#row(row))}</tbody>
      </table>
      <p class="note">${t('standing.basis', {
        basically: percent(this.summary.thresholds.basically),
      })}${this.summary.thresholds.projectDefault ? html` <span class="ours">${t('targets.ours')}</span>` : nothing}</p>
      ${this.#divisions()}`;
  }

  /** @param {import('../types.js').Outcome} outcome */
  #outcomeHead(outcome) {
    return html`<th scope="col" class="number"><span class="verdict" data-verdict=${outcome}
      ><span class="stamp" aria-hidden="true">${markOf(outcome)}</span>${wordOf(outcome)}</span></th>`;
  }

  /** @param {RuleCounts} row */
  #row(row) {
    const rule = frame.rule(row.rule);
    const title = rule ? targetOf(rule) : row.target;
    return html`<tr>
      <th scope="row"><span>${title}</span> <small>${tierOf(row.tier)}</small></th>
      <td class="number" data-label=${t('standing.inScope')}>${row.inScope}</td>
      <td class="number" data-label=${`${markOf('MET')} ${wordOf('MET')}`}>${row.met}</td>
      <td class="number" data-label=${`${markOf('NOT_MET')} ${wordOf('NOT_MET')}`}>${row.notMet}</td>
      <td class="number" data-label=${`${markOf('INSUFFICIENT_DATA')} ${wordOf('INSUFFICIENT_DATA')}`}>${row.insufficient}</td>
      <td class="number rates" data-label=${t('standing.rate')}><span>${this.#rates(row)}</span>
        <small>${t(`conclusion.${row.conclusion}`)}</small></td>
    </tr>`;
  }

  /** @param {import('../types.js').Counts} counts */
  #rates(counts) {
    if (counts.rateLow === counts.rateHigh) return percent(counts.rateLow);
    return `${percent(counts.rateLow)} – ${percent(counts.rateHigh)}`;
  }

  /** @param {string} target */
  #title(target) {
    const rule = frame.targets.get(target)?.[0];
    return rule ? targetOf(rule) : target;
  }

  #divisions() {
    const summary = /** @type {import('../types.js').Summary} */ (this.summary);
    const targets = summary.targets.filter((target) => {
      const rules = frame.rulesOf(target.target);
      return this.rules.length === 0 || rules.some((rule) => this.rules.includes(rule));
    });
    if (summary.divisions.length === 0) return nothing;
    const together = this.rules.length === 0 && this.areas.length > 0;
    return html`<table class="sheet divisions">
      <caption>${t('standing.divisions')}</caption>
      <thead><tr>
        <th scope="col">${t('standing.division')}</th>
        ${together ? html`<th scope="col" class="number">${t('standing.together')}</th>` : nothing}
        ${targets.map(({target}) => html`<th scope="col" class="number">${this.#title(target)}</th>`)}
      </tr></thead>
      <tbody>${summary.divisions.map((division) => html`<tr data-area=${division.region} class=${division.region === this.pointedArea ? 'pointed' : ''}
          @mouseenter=${() => this.#point(division.region)} @mouseleave=${() => this.#point(null)}
          @focusin=${() => this.#point(division.region)} @focusout=${() => this.#point(null)}>
        <th scope="row"><a href=${href(`/regions/${division.region}`, {rule: query('rule')})}>${nameOf(division)}</a></th>
        ${together ? this.#together(division.region) : nothing}
        ${targets.map(({target}) => this.#share(target, division.targets.find((counts) => counts.target === target)))}
      </tr>`)}</tbody>
    </table>`;
  }

  /** The map's own number. @param {string} code */
  #together(code) {
    const counts = this.areas.find((area) => area.code === code)?.counts;
    const all = counts ? inScope(counts) : 0;
    return html`<td class="number" data-label=${t('standing.together')}>${all === 0 ? '—'
      : html`<span>${counts.met}/${all}</span> <small>${percent(counts.met / all)}</small>`}</td>`;
  }

  /** @param {string|null} code */
  #point(code) {
    this.dispatchEvent(new CustomEvent('point-area', {detail: code}));
  }

  /** @param {string} target @param {import('../types.js').TargetCounts|undefined} counts */
  #share(target, counts) {
    const label = this.#title(target);
    if (!counts || counts.inScope === 0) return html`<td class="number" data-label=${label}>—</td>`;
    return html`<td class="number" data-label=${label}><span>${counts.met}/${counts.inScope}</span> <small>${this.#rates(counts)}</small></td>`;
  }
}

customElements.define('standing-table', StandingTable);

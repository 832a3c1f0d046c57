// @ts-check
import {html, nothing} from 'lit';
import {bounds} from '../map/shares.js';
import {percent} from '../figures.js';
import {Piece} from '../piece.js';
import {DISPUTED_MARK, markOf, verdictUnder, wordOf} from '../verdicts.js';
import {t} from '../words.js';

/** What the map's marks mean and how many schools carry each. */
class MapLegend extends Piece {
  static properties = {features: {attribute: false}, rules: {attribute: false}, missing: {type: Number}, thresholds: {attribute: false}};

  constructor() {
    super();
    /** @type {any[]} */
    this.features = [];
    /** @type {string[]} */
    this.rules = [];
    this.missing = 0;
    /** @type {{basically: number, fully: number, projectDefault: boolean}|null} */
    this.thresholds = null;
  }

  render() {
    const counts = this.#counts();
    const disputed = this.features.filter(({properties}) => properties.kind === 'school' && properties.disputed).length;
    const hulls = this.features.some(({properties}) => properties.kind === 'area' && properties.source === 'hull');
    return html`<ul class="legend">
        ${Object.entries(counts).map(([outcome, count]) => this.#entry(outcome, markOf(/** @type {any} */ (outcome)),
          wordOf(/** @type {any} */ (outcome)), count))}
        ${disputed ? this.#entry('DISPUTED', DISPUTED_MARK, t('verdict.DISPUTED'), disputed) : nothing}
      </ul>
      ${this.#steps()}
      <p class="note">${hulls ? t('map.hulls') : nothing}
        ${this.missing > 0 ? t('map.missing', {n: this.missing}) : nothing}</p>`;
  }

  /** What the fill of an area means. */
  #steps() {
    if (!this.thresholds) return nothing;
    const lower = bounds(this.thresholds);
    return html`<div class="legend shares"><span>${t('map.shares')}</span><ul>
        ${lower.map((bound, index) => html`<li><span class="swatch" data-step=${index} aria-hidden="true"></span>${index === lower.length - 1
          ? bound >= 1 ? percent(1) : t('map.shareFrom', {from: percent(bound)})
          : t('map.shareBetween', {from: percent(bound), to: percent(lower[index + 1])})}</li>`)}
        <li><span class="swatch" data-step="unknown" aria-hidden="true"></span>${t('map.shareUnknown')}</li>
      </ul>${this.thresholds.projectDefault ? html`<span class="ours">${t('targets.ours')}</span>` : nothing}</div>`;
  }

  /** @param {string} outcome @param {string} mark @param {string} word @param {number} count */
  #entry(outcome, mark, word, count) {
    return html`<li class="verdict" data-verdict=${outcome}><span class="stamp" aria-hidden="true">${mark}</span>${word} <b>${count}</b></li>`;
  }

  /** @returns {Record<string, number>} in the order they are shown */
  #counts() {
    /** @type {Record<string, number>} */
    const counts = {MET: 0, NOT_MET: 0, INSUFFICIENT_DATA: 0, NOT_APPLICABLE: 0};
    const schools = this.features.filter(({properties}) => properties.kind === 'school');
    for (const {properties} of schools) {
      const outcome = verdictUnder(properties.verdicts, this.rules);
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
    for (const {properties} of schools.length ? [] : this.features) {
      counts.MET += properties.counts.met;
      counts.NOT_MET += properties.counts.notMet;
      counts.INSUFFICIENT_DATA += properties.counts.insufficient;
      counts.NOT_APPLICABLE += properties.counts.notApplicable;
    }
    if (counts.NOT_APPLICABLE === 0) delete counts.NOT_APPLICABLE;
    return counts;
  }
}

customElements.define('map-legend', MapLegend);

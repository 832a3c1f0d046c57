// @ts-check
import {html, nothing} from 'lit';
import {percent} from '../figures.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {language, nameOf, pick, t} from '../words.js';

/** How the region stands, in one sentence a target: the rate with its denominator, what is unknown, the conclusion. */
class StandingSentence extends Piece {
  static properties = {summary: {attribute: false}};

  constructor() {
    super();
    /** @type {import('../types.js').Summary|null} */
    this.summary = null;
  }

  render() {
    if (!this.summary) return nothing;
    const region = frame.region(this.summary.region);
    return html`<header class="standing">
      <h1>${region ? nameOf(region) : this.summary.region}</h1>
      ${this.summary.targets.map((target) => this.#target(target))}
    </header>`;
  }

  /** @param {import('../types.js').TargetCounts} target */
  #target(target) {
    const rule = frame.targets.get(target.target)?.[0];
    const title = rule ? pick(rule.targetTitle, rule.targetTitleEn) : target.target;
    if (target.inScope === 0) return html`<p>${title} <span>${t('conclusion.NOTHING_IN_SCOPE')}</span></p>`;
    return html`<p data-target=${target.target}>
      <span class="target">${title}</span>
      <b class="rate">${percent(target.rateLow)}</b>
      <span>${t('standing.of', {met: target.met, n: target.inScope})}</span>
      ${target.insufficient > 0
        ? html`<span>${t('standing.unknown', {n: target.insufficient, high: percent(target.rateHigh)})}</span>`
        : nothing}
      <span class="conclusion" lang=${language()} data-conclusion=${target.conclusion}>${t(`conclusion.${target.conclusion}`)}</span>
    </p>`;
  }
}

customElements.define('standing-sentence', StandingSentence);

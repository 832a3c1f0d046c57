// @ts-check
import {html, nothing} from 'lit';
import {plain, quantity} from '../figures.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {pick, say, t} from '../words.js';
import './bullet-bar.js';
import './verdict-mark.js';

/** One target of a school: by which article, the verdict, the value against the threshold, and why. */
class TargetRow extends Piece {
  static properties = {verdict: {attribute: false}};

  constructor() {
    super();
    /** @type {import('../types.js').SchoolVerdict|null} */
    this.verdict = null;
  }

  render() {
    const verdict = this.verdict;
    if (!verdict) return nothing;
    const rule = frame.rule(verdict.rule);
    return html`<article class="target-row" data-rule=${verdict.rule} data-verdict=${verdict.verdict}>
      <div class="target-asks">
        <h3>${rule ? pick(rule.targetTitle, rule.targetTitleEn) : verdict.rule}</h3>
        ${rule ? html`<p class="quote">${pick(`「${rule.quote}」`, rule.quoteEn ? `“${rule.quoteEn}”` : undefined)}</p>
          <p class="note">${t('school.article', {source: rule.source, article: rule.article})}</p>` : nothing}
      </div>
      <div class="target-found">
        <p class="ruling"><verdict-mark verdict=${verdict.verdict} ?disputed=${verdict.disputed}></verdict-mark>
          <span class="evidence">${t(`evidence.${verdict.evidence}`)}</span></p>
        ${this.#measured(verdict)}
      </div>
      <div class="target-why">
        <ul class="reasons">${verdict.because.map((reason) => html`<li data-code=${reason.code}>${say(reason)}</li>`)}</ul>
        <p class="note">${t('school.window', {
          from: verdict.window.from, to: verdict.window.to, n: plain(verdict.samples, 0),
          profile: verdict.profileVersion, calendar: verdict.calendarVersion,
        })}</p>
      </div>
    </article>`;
  }

  /** @param {import('../types.js').SchoolVerdict} verdict */
  #measured(verdict) {
    if (verdict.threshold === null) return nothing;
    return html`<p class="against">${t('school.against', {
        value: verdict.value === null ? t('school.noValue') : quantity(verdict.value, verdict.unit),
        threshold: quantity(verdict.threshold, verdict.unit),
      })}</p>
      <bullet-bar .value=${verdict.value} .threshold=${verdict.threshold} .full=${verdict.unit === '%' ? 100 : null}
        verdict=${verdict.verdict}></bullet-bar>`;
  }
}

customElements.define('target-row', TargetRow);

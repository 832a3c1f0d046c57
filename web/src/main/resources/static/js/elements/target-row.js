// @ts-check
import {html, nothing} from 'lit';
import {percent, plain, quantity} from '../figures.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {asked, oursMark, targetOf} from '../rules.js';
import {pick, say, t} from '../words.js';
import './bullet-bar.js';
import './objection-note.js';
import './part-marks.js';
import './school-asks.js';
import './verdict-mark.js';

/** One target of a school: by which article, the verdict, the value against the threshold, and why. */
class TargetRow extends Piece {
  static properties = {verdict: {attribute: false}, before: {attribute: false}, days: {attribute: false}, school: {}};

  constructor() {
    super();
    /** @type {import('../types.js').SchoolVerdict|null} */
    this.verdict = null;
    /** The verdict of some days ago; null when it is not known. @type {import('../types.js').SchoolVerdict|null} */
    this.before = null;
    this.days = 0;
    this.school = '';
  }

  render() {
    const verdict = this.verdict;
    if (!verdict) return nothing;
    const rule = frame.rule(verdict.rule);
    return html`<article class="target-row" data-rule=${verdict.rule} data-verdict=${verdict.verdict}>
      <div class="target-asks">
        <h3>${rule ? targetOf(rule) : verdict.rule}</h3>
        ${rule?.quote ? html`<p class="quote" lang="zh-CN">「${rule.quote}」</p>` : nothing}
        ${rule ? html`<p class="note">${t('school.article', {source: pick(rule.source, rule.sourceEn),
          article: pick(rule.article, rule.articleEn)})}</p>` : nothing}
      </div>
      <div class="target-found">
        <p class="ruling"><verdict-mark verdict=${verdict.verdict} ?disputed=${verdict.disputed}></verdict-mark>
          <span class="evidence">${t(`evidence.${verdict.evidence}`)}</span></p>
        <objection-note .objection=${verdict.objection}></objection-note>
        ${this.#measured(verdict)}
        <part-marks .parts=${verdict.parts}></part-marks>
        ${verdict.passShare === null ? nothing : html`<p class="note pass-share">${t('school.passShare', {
          share: percent(verdict.passShare), low: percent(verdict.passShareLow95),
        })}</p>`}
      </div>
      <div class="target-why">
        <ul class="reasons">${verdict.because.map((reason) => html`<li data-code=${reason.code}>${say(reason)}</li>`)}</ul>
        ${verdict.missing.length === 0 ? nothing : html`<details class="missing">
          <summary>${t('school.missing', {n: verdict.missing.length})}</summary>
          <ul class="names">${verdict.missing.map((name) => html`<li>${name}</li>`)}</ul>
        </details>`}
        <p class="note">${t('school.window', {
          from: verdict.window.from, to: verdict.window.to, n: plain(verdict.samples, 0),
          profile: verdict.profileVersion, calendar: verdict.calendarVersion,
        })}</p>
        <school-asks .code=${this.school} .rule=${verdict.rule}></school-asks>
      </div>
    </article>`;
  }

  /** @param {import('../types.js').SchoolVerdict} verdict */
  #measured(verdict) {
    if (verdict.threshold === null) return nothing;
    return html`<p class="against">${t('school.against', {
        value: verdict.value === null ? t('school.noValue') : quantity(verdict.value, verdict.unit),
        threshold: asked(verdict.rule, verdict.threshold, verdict.unit),
      })} ${oursMark(frame.rule(verdict.rule)?.targetDefault ?? false)}</p>
      <bullet-bar .value=${verdict.value} .threshold=${verdict.threshold} .full=${verdict.unit === '%' ? 100 : null}
        verdict=${verdict.verdict}></bullet-bar>
      ${this.#trend(verdict)}`;
  }

  /** How the value stands against that of some days ago. @param {import('../types.js').SchoolVerdict} verdict */
  #trend(verdict) {
    const before = this.before;
    if (!before || verdict.value === null) return nothing;
    if (before.value === null) return html`<p class="note trend">${t('trend.unknown', {days: this.days})}</p>`;
    const was = quantity(before.value, before.unit);
    const way = quantity(verdict.value, verdict.unit) === was ? 'same' : verdict.value > before.value ? 'up' : 'down';
    return html`<p class="note trend" data-way=${way}>${t(`trend.${way}`, {days: this.days, was})}</p>`;
  }
}

customElements.define('target-row', TargetRow);

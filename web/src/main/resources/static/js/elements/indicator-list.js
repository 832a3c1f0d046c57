// @ts-check
import {html, nothing} from 'lit';
import {quantity} from '../figures.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {articleOf, asked, oursMark, titleOf} from '../rules.js';
import {say, t} from '../words.js';
import './folded-reasons.js';
import './objection-note.js';
import './school-asks.js';
import './unset-rules.js';
import './verdict-mark.js';

/** @typedef {import('../types.js').SchoolVerdict} SchoolVerdict */

/** A school's further verdicts, a compact row each; what has no standard in one line; what does not apply not at all. */
class IndicatorList extends Piece {
  static properties = {verdicts: {attribute: false}, school: {}};

  constructor() {
    super();
    /** @type {SchoolVerdict[]} */
    this.verdicts = [];
    this.school = '';
  }

  render() {
    const judged = this.verdicts.filter(({verdict}) => verdict !== 'NO_RULE' && verdict !== 'NOT_APPLICABLE');
    const unset = this.verdicts.filter(({verdict}) => verdict === 'NO_RULE').map(({rule}) => rule);
    return html`${judged.length === 0 ? nothing : html`<table class="sheet indicators">
        <thead><tr>
          <th scope="col">${t('indicator.indicator')}</th><th scope="col">${t('school.verdict')}</th>
          <th scope="col">${t('indicator.value')}</th><th scope="col">${t('school.why')}</th>
        </tr></thead>
        <tbody>${judged.map((verdict) => this.#row(verdict))}</tbody>
      </table>`}
      <unset-rules .rules=${unset}></unset-rules>`;
  }

  /** @param {SchoolVerdict} verdict */
  #row(verdict) {
    return html`<tr data-rule=${verdict.rule} data-verdict=${verdict.verdict}>
      <th scope="row">${titleOf(verdict.rule)} <small>${articleOf(verdict.rule)}</small></th>
      <td class="ruled"><verdict-mark verdict=${verdict.verdict} ?disputed=${verdict.disputed}></verdict-mark>
        <small>${t(`evidence.${verdict.evidence}`)}</small> <objection-note .objection=${verdict.objection}></objection-note></td>
      <td class="figure">${verdict.threshold === null ? nothing : html`${t('school.against', {
          value: verdict.value === null ? t('school.noValue') : quantity(verdict.value, verdict.unit),
          threshold: asked(verdict.rule, verdict.threshold, verdict.unit),
        })} ${oursMark(frame.rule(verdict.rule)?.targetDefault ?? false)}`}</td>
      <td class="why">${say(verdict.because[0])} <folded-reasons .reasons=${verdict.because.slice(1)} .missing=${verdict.missing}></folded-reasons>
        <school-asks .code=${this.school} .rule=${verdict.rule}></school-asks></td>
    </tr>`;
  }
}

customElements.define('indicator-list', IndicatorList);

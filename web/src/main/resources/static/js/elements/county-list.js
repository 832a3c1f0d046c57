// @ts-check
import {html, nothing} from 'lit';
import {Piece} from '../piece.js';
import {articleOf, titleOf} from '../rules.js';
import {say, t} from '../words.js';
import './folded-reasons.js';
import './unset-rules.js';

/** @typedef {import('../types.js').SchoolVerdict} SchoolVerdict */

/** @type {Record<string, {sign: string, word: string}>} */
const COUNTS = {
  MET: {sign: '●', word: 'yes'},
  NOT_MET: {sign: '○', word: 'no'},
  INSUFFICIENT_DATA: {sign: '?', word: 'unknown'},
};

/** What of a school counts towards its county. A school is not judged by these, so nothing here says that it fell short. */
class CountyList extends Piece {
  static properties = {verdicts: {attribute: false}};

  constructor() {
    super();
    /** @type {SchoolVerdict[]} */
    this.verdicts = [];
  }

  render() {
    const counted = this.verdicts.filter(({verdict}) => verdict in COUNTS);
    const unset = this.verdicts.filter(({verdict}) => verdict === 'NO_RULE').map(({rule}) => rule);
    return html`<p class="note">${t('county.note')}</p>
      ${counted.length === 0 ? nothing : html`<table class="sheet indicators counted">
        <thead><tr>
          <th scope="col">${t('indicator.indicator')}</th><th scope="col">${t('county.counts')}</th><th scope="col">${t('school.why')}</th>
        </tr></thead>
        <tbody>${counted.map((verdict) => this.#row(verdict))}</tbody>
      </table>`}
      <unset-rules .rules=${unset}></unset-rules>`;
  }

  /** @param {SchoolVerdict} verdict */
  #row(verdict) {
    const {sign, word} = COUNTS[verdict.verdict];
    return html`<tr data-rule=${verdict.rule}>
      <th scope="row">${titleOf(verdict.rule)} <small>${articleOf(verdict.rule)}</small></th>
      <td class="ruled"><span class="counts" data-counts=${word}><span aria-hidden="true">${sign}</span> ${t(`county.${word}`)}</span>
        ${verdict.verdict === 'INSUFFICIENT_DATA' ? nothing : html`<small>${t(`evidence.${verdict.evidence}`)}</small>`}</td>
      <td class="why">${say(verdict.because[0])} <folded-reasons .reasons=${verdict.because.slice(1)}></folded-reasons></td>
    </tr>`;
  }
}

customElements.define('county-list', CountyList);

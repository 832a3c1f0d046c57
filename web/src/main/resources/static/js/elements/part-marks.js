// @ts-check
import {html, nothing} from 'lit';
import {quantity} from '../figures.js';
import {Piece} from '../piece.js';
import {markOf} from '../verdicts.js';
import {pick, say, t} from '../words.js';

/** @typedef {import('../types.js').VerdictPart} VerdictPart */

/** @type {Record<VerdictPart['state'], import('../types.js').Outcome>} */
const LIKE = {HOLDS: 'MET', FAILS: 'NOT_MET', UNKNOWN: 'INSUFFICIENT_DATA'};

/** The parts of a link verdict as a row of marks, one row for each line of each campus; why, folded. */
class PartMarks extends Piece {
  static properties = {parts: {attribute: false}};

  constructor() {
    super();
    /** @type {VerdictPart[]} */
    this.parts = [];
  }

  render() {
    if (this.parts.length === 0) return nothing;
    /** @type {Map<string, VerdictPart[]>} */
    const rows = new Map();
    for (const part of this.parts) {
      const row = `${part.campus ?? ''} ${part.line}`;
      rows.set(row, [...(rows.get(row) ?? []), part]);
    }
    const several = rows.size > 1;
    return html`${[...rows.values()].map((row) => html`<div class="parts-row">
        ${several || row[0].campus ? html`<small>${this.#where(row[0])}</small>` : nothing}
        <ul class="parts">${row.map((part) => this.#mark(part))}</ul>
      </div>`)}
      <details><summary>${t('part.why')}</summary>
        <ul class="reasons">${this.parts.flatMap((part) => part.because.map((reason) => html`<li><b>${[
          several || part.campus ? this.#where(part) : '', t(`part.${part.part}`)].filter(Boolean).join(' · ')}</b> ${say(reason)}</li>`))}</ul>
      </details>`;
  }

  /** @param {VerdictPart} part */
  #where(part) {
    const campus = part.campus ? pick(part.campusName ?? '', part.campusNameEn ?? undefined) || part.campus : '';
    return [campus, part.line ? t('line.link', {name: part.line}) : ''].filter(Boolean).join(' · ');
  }

  /** @param {VerdictPart} part */
  #mark(part) {
    const like = LIKE[part.state];
    return html`<li data-part=${part.part}><span class="verdict" data-verdict=${like}
      ><span class="stamp" aria-hidden="true">${markOf(like)}</span>${t(`part.${part.part}`)} <span class="verdict-word"
      >${t(`partState.${part.state}`)}</span></span>${part.value === null ? nothing : html` <small>${quantity(part.value, part.unit)}</small>`}</li>`;
  }
}

customElements.define('part-marks', PartMarks);

// @ts-check
import {html, nothing} from 'lit';
import {percent, signed} from '../figures.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {nameOfRule} from '../rules.js';
import {t} from '../words.js';

/** @typedef {import('../types.js').Gap} Gap */
/** @typedef {import('../types.js').Difference} Difference */

/** How far one kind of schools is ahead of another, in percentage points, with what the unknown schools leave possible. */
class GapTable extends Piece {
  static properties = {gaps: {attribute: false}};

  constructor() {
    super();
    /** @type {Gap[]} */
    this.gaps = [];
  }

  render() {
    const rows = this.gaps.flatMap((gap) => gap.differences.map((difference) => ({gap, difference})));
    const known = rows.filter(({difference}) => difference.points !== null);
    return html`<h3>${t('gap.caption')}</h3>
      ${known.length === 0 ? nothing : html`<table class="sheet gaps">
        <thead><tr>
          <th scope="col">${t('standing.rule')}</th><th scope="col">${t('gap.sides')}</th>
          <th scope="col" class="number">${t('gap.points')}</th><th scope="col" class="number">${t('gap.range')}</th>
          <th scope="col" class="number">${t('gap.classes')}</th>
        </tr></thead>
        <tbody>${known.map(({gap, difference}) => this.#row(gap, difference))}</tbody>
      </table>`}
      <p class="note">${t('gap.note')}${known.length < rows.length ? ` ${t('gap.oneSided', {n: rows.length - known.length})}` : ''}</p>`;
  }

  /** @param {Gap} gap @param {Difference} difference */
  #row(gap, difference) {
    const rule = frame.rule(gap.rule);
    return html`<tr data-rule=${gap.rule} data-divide=${gap.divide}>
      <th scope="row">${rule ? nameOfRule(rule) : gap.rule}</th>
      <td>${t('gap.pair', {from: this.#side(gap, difference.from), to: this.#side(gap, difference.to)})}</td>
      <td class="number" data-label=${t('gap.points')}>${this.#points(difference.points)}</td>
      <td class="number" data-label=${t('gap.range')}>${t('gap.between', {
        least: this.#points(difference.least), most: this.#points(difference.most),
      })}</td>
      <td class="number" data-label=${t('gap.classes')}>${this.#points(difference.ofClasses)}</td>
    </tr>`;
  }

  /** @param {Gap} gap @param {string} name */
  #side(gap, name) {
    const side = gap.sides.find((one) => one.name === name);
    const word = gap.divide === 'SETTING' ? t(`setting.${name}`) : gap.divide === 'OWNERSHIP' ? t(`ownership.${name}`) : t(`stage.${name}`);
    return side ? `${word} ${percent(side.rateLow)} (${side.met}/${side.inScope})` : word;
  }

  /** @param {number|null} points */
  #points(points) {
    return points === null ? '—' : signed(points);
  }
}

customElements.define('gap-table', GapTable);

// @ts-check
import {html, nothing} from 'lit';
import {exact, plain} from '../figures.js';
import {Piece} from '../piece.js';
import {href} from '../route.js';
import {nameOf, t} from '../words.js';
import './verdict-mark.js';

/** @typedef {import('../types.js').Coefficient} Coefficient */

/** The coefficients of variation, each with its mean and deviation, its limit, and the schools that are not in it. */
class CoefficientTable extends Piece {
  static properties = {coefficients: {attribute: false}, names: {attribute: false}};

  constructor() {
    super();
    /** @type {Coefficient[]} */
    this.coefficients = [];
    /** @type {Map<string, import('../types.js').Named>} */
    this.names = new Map();
  }

  render() {
    return html`<table class="sheet coefficients">
        <caption>${t('coefficient.caption')}</caption>
        <thead><tr>
          <th scope="col">${t('coefficient.of')}</th>
          ${['mean', 'deviation', 'cv', 'limit'].map((what) => html`<th scope="col" class="number">${t(`coefficient.${what}`)}</th>`)}
          <th scope="col">${t('school.verdict')}</th><th scope="col">${t('coefficient.schools')}</th>
        </tr></thead>
        <tbody>${this.coefficients.map((one) => this.#row(one))}</tbody>
      </table>
      <p class="note">${t('coefficient.formula')}</p>`;
  }

  /** @param {Coefficient} one */
  #row(one) {
    return html`<tr data-of=${one.of} data-stage=${one.stage}>
      <th scope="row">${t(`balanceOf.${one.of}`)} <small>${t(`stagePart.${one.stage}`)}</small></th>
      ${this.#number('mean', one.mean)}${this.#number('deviation', one.deviation)}${this.#number('cv', one.coefficient)}
      <td class="number" data-label=${t('coefficient.limit')}>${one.limit === null ? '—' : `≤ ${exact(one.limit, 3)}`}</td>
      <td><verdict-mark verdict=${one.outcome}></verdict-mark>
        ${one.note === 'NONE' ? nothing : html`<small>${t(`coefficientNote.${one.note}`)}</small>`}</td>
      <td class="why">${t('coefficient.used', {n: one.schools, students: plain(one.students, 0)})}${this.#left(one.leftOut)}</td>
    </tr>`;
  }

  /** @param {string} what @param {number|null} number */
  #number(what, number) {
    return html`<td class="number" data-label=${t(`coefficient.${what}`)} title=${number === null ? nothing : exact(number, 6)}>${exact(number, 3)}</td>`;
  }

  /** @param {Coefficient['leftOut']} left */
  #left(left) {
    if (left.length === 0) return nothing;
    const reasons = [...new Set(left.map(({why}) => why))];
    return html`<details><summary>${t('coefficient.left', {n: left.length})}</summary>
      <ul class="reasons">${reasons.map((reason) => {
        const schools = left.filter(({why}) => why === reason);
        return html`<li><b>${t(`leftOut.${reason}`)}</b> ${t('count.schools', {n: schools.length})}
          <ul class="names">${schools.map(({school}) => html`<li><a href=${href(`/schools/${school}`)}>${this.#name(school)}</a></li>`)}</ul></li>`;
      })}</ul></details>`;
  }

  /** @param {string} code */
  #name(code) {
    const school = this.names.get(code);
    return school ? nameOf(school) : code;
  }
}

customElements.define('coefficient-table', CoefficientTable);

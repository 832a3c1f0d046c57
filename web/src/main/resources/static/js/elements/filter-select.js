// @ts-check
import {html} from 'lit';
import {Piece} from '../piece.js';
import {query, refine} from '../route.js';

/** A choice that lies in the address: its name is the query's. Choosing goes back to the first page. */
class FilterSelect extends Piece {
  static properties = {name: {}, label: {}, all: {}, options: {attribute: false}};

  constructor() {
    super();
    this.name = '';
    this.label = '';
    /** What stands for "no choice"; left out, the first option is chosen then. */
    this.all = '';
    /** @type {string[][]} value and words */
    this.options = [];
  }

  render() {
    const chosen = query(this.name) || (this.all ? '' : this.options[0]?.[0]);
    const options = this.all ? [['', this.all], ...this.options] : this.options;
    return html`<label class="field"><span>${this.label}</span>
      <select name=${this.name} @change=${(/** @type {Event} */ event) =>
        refine({[this.name]: /** @type {HTMLSelectElement} */ (event.target).value, page: ''})}>
        ${options.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
      </select></label>`;
  }
}

/** @param {string} name @param {string} label @param {string} all empty: there is always a choice @param {string[][]} options value and words */
export const filterSelect = (name, label, all, options) =>
  html`<filter-select .name=${name} .label=${label} .all=${all} .options=${options}></filter-select>`;

customElements.define('filter-select', FilterSelect);

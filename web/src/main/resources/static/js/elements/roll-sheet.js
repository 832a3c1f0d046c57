// @ts-check
import {html, nothing} from 'lit';
import {Piece} from '../piece.js';
import {dayOfMonth, months, rollOf, rollWord, signOf, today, weekday, wholeDay} from '../roll.js';
import {t} from '../words.js';
import './roll-reason.js';

/** @typedef {import('../types.js').SheetCell} SheetCell */
/** @typedef {import('../types.js').Roll} Roll */
/**
 * @typedef {{key: string, name: string, href?: string, aside?: unknown, cells: SheetCell[]}} Row
 * @typedef {{key: string, label: string, counts: Roll[]|null, rows: Row[]}} Group
 */

const STOPS = 'tbody th a, tbody td[data-mark]';

/**
 * The sheet itself: a grid that is walked with the arrow keys, one stop for the tab key. Enter, space or a click opens a
 * cell; which one is open is the owner's to keep: says `opened` with `row~date`, empty for none.
 */
class RollSheet extends Piece {
  static properties = {
    dates: {attribute: false}, groups: {attribute: false}, reasons: {attribute: false}, label: {}, corner: {}, opened: {},
  };

  constructor() {
    super();
    /** @type {string[]} */
    this.dates = [];
    /** @type {Group[]} */
    this.groups = [];
    /** @type {import('../types.js').Sentence[]} */
    this.reasons = [];
    this.label = '';
    this.corner = '';
    this.opened = '';
    this.scrolled = false;
  }

  /** @type {Element|null} the one stop of the tab key */
  #stop = null;

  updated() {
    const stops = [...this.querySelectorAll(STOPS)];
    if (!this.#stop?.isConnected) this.#stop = this.querySelector('tbody td[data-mark]') ?? stops[0] ?? null;
    for (const stop of stops) stop.setAttribute('tabindex', stop === this.#stop ? '0' : '-1');
    const box = this.querySelector('.roll-box');
    if (box && stops.length > 0 && !this.scrolled) {
      box.scrollLeft = box.scrollWidth; // the newest days are what is looked for
      this.scrolled = true;
    }
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    const stop = /** @type {Element} */ (event.target).closest(STOPS);
    if (!stop || stop === this.#stop) return;
    this.#stop?.setAttribute('tabindex', '-1');
    stop.setAttribute('tabindex', '0');
    this.#stop = stop;
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const here = /** @type {Element} */ (event.target).closest(STOPS);
    if (!here || event.altKey || event.metaKey) return;
    if (event.key === 'Escape') this.#open('');
    else if ((event.key === 'Enter' || event.key === ' ') && here.matches('td')) this.#toggle(here);
    else if (!this.#move(here, event.key, event.ctrlKey)) return;
    event.preventDefault();
  }

  /** @param {Element} here @param {string} key @param {boolean} far @returns {boolean} whether the key is one of the grid's */
  #move(here, key, far) {
    const rows = [...this.querySelectorAll('tbody tr')]
      .map((row) => [...row.querySelectorAll('th a, td[data-mark]')]).filter((row) => row.length > 0);
    const at = rows.findIndex((row) => row.includes(here));
    const fromEnd = rows[at].length - 1 - rows[at].indexOf(here);
    const beside = (/** @type {number} */ by) => rows[at][rows[at].indexOf(here) + by] ?? here;
    const under = (/** @type {number} */ by) => {
      const row = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
      return row[Math.max(0, row.length - 1 - fromEnd)];
    };
    const edge = (/** @type {number} */ row, /** @type {boolean} */ last) => {
      const stops = rows[row];
      return last ? stops[stops.length - 1] : stops[0];
    };
    /** @type {Record<string, () => Element>} */
    const moves = {
      ArrowLeft: () => beside(-1), ArrowRight: () => beside(1), ArrowUp: () => under(-1), ArrowDown: () => under(1),
      PageUp: () => under(-10), PageDown: () => under(10),
      Home: () => edge(far ? 0 : at, false), End: () => edge(far ? rows.length - 1 : at, true),
    };
    const move = moves[key];
    if (!move) return false;
    const there = /** @type {HTMLElement} */ (move());
    there.focus();
    if (this.opened && there.matches('td')) this.#open(there.getAttribute('data-cell') ?? '');
    return true;
  }

  /** @param {Element} cell */
  #toggle(cell) {
    const asked = cell.getAttribute('data-cell') ?? '';
    this.#open(asked === this.opened ? '' : asked);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const cell = /** @type {Element} */ (event.target).closest('td[data-mark]');
    if (!(cell instanceof HTMLElement)) return;
    cell.focus();
    this.#toggle(cell);
  }

  /** @param {string} cell */
  #open(cell) {
    this.dispatchEvent(new CustomEvent('opened', {detail: cell}));
  }

  render() {
    return html`<div class="roll-box">
        <table class="roll" role="grid" aria-label=${this.label} aria-readonly="true"
          @keydown=${this.#pressed} @focusin=${this.#focused} @click=${this.#clicked}>
          ${this.#head()}
          ${this.groups.map((group) => this.#group(group))}
        </table>
      </div>
      ${this.#reason()}`;
  }

  #head() {
    const now = today();
    return html`<thead>
      <tr><th rowspan="2" scope="col" class="name">${this.corner}</th>
        ${months(this.dates).map(({label, span}) => html`<th colspan=${span} scope="colgroup" class="month"><span>${label}</span></th>`)}
        <th rowspan="2" scope="col" class="sum">${t('sheet.presentOf')}</th></tr>
      <tr>${this.dates.map((date) => html`<th scope="col" class=${`day${date === now ? ' today' : ''}`} title=${wholeDay(date)}
        abbr=${wholeDay(date)}><span>${dayOfMonth(date)}</span><small>${weekday(date)}</small></th>`)}</tr>
    </thead>`;
  }

  /** @param {Group} group */
  #group(group) {
    return html`<tbody data-group=${group.key}>
      ${group.counts ? html`<tr class="counts"><th scope="rowgroup" class="name">${group.label}</th>
        ${group.counts.map((roll) => html`<td>${this.#fraction(roll)}</td>`)}<td></td></tr>` : nothing}
      ${group.rows.map((row) => this.#row(row))}
    </tbody>`;
  }

  /** @param {Roll} roll */
  #fraction(roll) {
    if (roll.called === 0) return html`<span aria-hidden="true">·</span><span class="unseen">${rollWord('NO_SCHOOL')}</span>`;
    return html`<span class="of" title=${t('sheet.called', {...roll})}><span>${roll.present}</span><span>/${roll.called}</span></span>`;
  }

  /** @param {Row} row */
  #row(row) {
    const roll = rollOf(row.cells);
    return html`<tr data-row=${row.key}>
      <th scope="row" class="name">${row.href ? html`<a href=${row.href}>${row.name}</a>` : html`<span>${row.name}</span>`}${row.aside ?? nothing}</th>
      ${row.cells.map((cell, i) => {
        const key = `${row.key}~${this.dates[i]}`;
        return html`<td data-mark=${cell.mark} data-cell=${key} aria-selected=${key === this.opened ? 'true' : 'false'}
          ><span class="stamp" aria-hidden="true">${signOf(cell.mark)}</span><span class="unseen">${rollWord(cell.mark)}</span></td>`;
      })}
      <td class="sum">${roll.present}/${roll.called}</td>
    </tr>`;
  }

  #reason() {
    const cut = this.opened.lastIndexOf('~');
    const [key, date] = [this.opened.slice(0, Math.max(0, cut)), this.opened.slice(cut + 1)];
    const row = this.groups.flatMap(({rows}) => rows).find((one) => one.key === key);
    const cell = row?.cells[this.dates.indexOf(date)] ?? null;
    return html`<roll-reason .cell=${cell} .reasons=${this.reasons} name=${row?.name ?? ''} date=${date} href=${row?.href ?? ''}
      @close=${() => this.#open('')}></roll-reason>`;
  }
}

customElements.define('roll-sheet', RollSheet);

// @ts-check
import {html, nothing} from 'lit';
import {Piece} from '../piece.js';
import {rollWord, signOf, wholeDay} from '../roll.js';
import {say, t} from '../words.js';

const PARTS = /** @type {const} */ (['up', 'down', 'unknown', 'planned']);

/** Why one cell has its mark: the sentences, and the minutes they rest on. Says `close`. */
class RollReason extends Piece {
  static properties = {cell: {attribute: false}, reasons: {attribute: false}, name: {}, date: {}, href: {}};

  constructor() {
    super();
    /** @type {import('../types.js').SheetCell|null} */
    this.cell = null;
    /** @type {import('../types.js').Sentence[]} */
    this.reasons = [];
    this.name = '';
    this.date = '';
    this.href = '';
  }

  #close = () => this.dispatchEvent(new Event('close'));

  render() {
    const cell = this.cell;
    return html`<section class="roll-reason" role="status" ?hidden=${cell === null}>${cell === null ? nothing : html`
      <h2><span class="mark" data-mark=${cell.mark} aria-hidden="true">${signOf(cell.mark)}</span>
        ${this.href ? html`<a href=${this.href}>${this.name}</a>` : this.name}
        <span>${wholeDay(this.date)}</span> <b>${rollWord(cell.mark)}</b>
        <button type="button" class="quiet" @click=${this.#close}>${t('sheet.close')}</button></h2>
      <ul class="reasons">${cell.because.map((place) => html`<li>${say(this.reasons[place])}</li>`)}</ul>
      ${this.#minutes(cell)}`}
    </section>`;
  }

  /** @param {import('../types.js').SheetCell} cell */
  #minutes(cell) {
    if (cell.lessonMinutes === 0) return nothing;
    const share = (/** @type {'up'|'down'|'unknown'|'planned'} */ part) => (100 * cell[part]) / cell.lessonMinutes;
    let from = 0;
    return html`<div class="roll-minutes">
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${PARTS.map((part) => {
        const at = from;
        from += share(part);
        return html`<svg x=${at} width=${share(part)} height="4"><rect data-part=${part} width="100%" height="4"></rect></svg>`;
      })}</svg>
      <p>${t('sheet.minutes', {
        n: cell.lessonMinutes, up: cell.up, down: cell.down, unknown: cell.unknown, planned: cell.planned,
      })}</p>
    </div>`;
  }
}

customElements.define('roll-reason', RollReason);

// @ts-check
import {html, nothing} from 'lit';
import {plain} from '../figures.js';
import {Piece} from '../piece.js';
import {query, refine} from '../route.js';
import {t} from '../words.js';

/** Turns the pages of a long list; which one is open lies in the address, as `page`, from 1. */
class PageTurner extends Piece {
  static properties = {total: {type: Number}, size: {type: Number}};

  constructor() {
    super();
    this.total = 0;
    this.size = 1;
  }

  render() {
    const last = Math.ceil(this.total / this.size);
    const here = Math.min(last, Number(query('page')) || 1);
    if (last < 2) return nothing;
    return html`<nav class="pages" aria-label=${t('pages.label')}>
      <button type="button" ?disabled=${here <= 1} @click=${() => refine({page: String(here - 1)})}>${t('pages.before')}</button>
      <span>${t('pages.of', {here, last: plain(last)})}</span>
      <button type="button" ?disabled=${here >= last} @click=${() => refine({page: String(here + 1)})}>${t('pages.after')}</button>
    </nav>`;
  }
}

/** The open page for the server, from 0. */
export const openPage = () => Math.max(0, (Number(query('page')) || 1) - 1);

customElements.define('page-turner', PageTurner);

// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {frame} from '../frame.js';
import {live} from '../live.js';
import {Answer, Piece, throttled} from '../piece.js';
import {basis, go, href, query, refine} from '../route.js';
import {today, wholeDay} from '../roll.js';
import {nameOf, pick, t} from '../words.js';
import '../elements/page-message.js';
import '../elements/roll-legend.js';
import '../elements/roll-sheet.js';
import '../elements/sheet-tools.js';

/** @typedef {import('../types.js').RegionSheet} RegionSheet */

const SIZE = 50;
const MOST = 500;

/** The roll-call sheet of a region: its schools by the last school days. Every choice lies in the address. */
class SheetPage extends Piece {
  static properties = {code: {}};

  constructor() {
    super();
    /** @type {string|null} */
    this.code = null;
    /** @type {Answer<RegionSheet>} */
    this.sheet = new Answer(this, (signal) => get(this.#path(), {...this.#question(), page: this.#page() - 1, size: this.#size()}, signal));
    this.asked = '';
  }

  #stale = throttled(() => {
    if (!query('at')) void this.sheet.run();
  }, 120_000);
  #typed = throttled(() => refine({q: this.#typing, page: ''}, {replace: true}), 250);
  #typing = '';

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('pulse', this.#stale);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('pulse', this.#stale);
  }

  #path() {
    return `/regions/${encodeURIComponent(this.code ?? '')}/sheet`;
  }

  #page() {
    return Math.max(1, Math.floor(Number(query('page'))) || 1);
  }

  /** Rows of a page: the usual number, or all that can be asked for at once. */
  #size() {
    return query('size') === 'all' ? MOST : SIZE;
  }

  #question() {
    return {q: query('q'), gaps: query('gaps'), sort: query('sort'), ...basis()};
  }

  willUpdate() {
    const asked = JSON.stringify([this.code, this.#question(), this.#page(), this.#size(), frame.context?.account?.username]);
    if (asked !== this.asked && this.code) {
      const before = this.asked ? JSON.parse(this.asked)[0] : null;
      void this.sheet.run({anew: before !== this.code});
    }
    this.asked = asked;
    const region = frame.region(this.code);
    document.title = `${region ? `${nameOf(region)} ` : ''}${t('nav.sheet')} · 点到 Rollcall`;
  }

  render() {
    const region = frame.region(this.code);
    const {value, problem, busy} = this.sheet;
    if (!this.code) {
      return html`<page-message heading=${t('empty.register.heading')} text=${t('empty.register.text')}></page-message>`;
    }
    return html`<div class="roll-page">
      <link rel="stylesheet" media="print" href="/css/landscape.css">
      <header class="standing roll-head"><h1>${region ? t('sheet.ofRegion', {name: nameOf(region)}) : t('nav.sheet')}</h1>
        ${value ? html`<p class="roll-line">${this.#said(value)}</p>` : nothing}
        <p class="paper">${t('frame.judgedBy', {profile: frame.profile?.id ?? '', date: frame.asOf})}
          ${value ? this.#pageOf(value.total) : nothing}</p></header>
      ${this.#tools(value)}
      ${problem
        ? html`<page-message .problem=${problem} .again=${() => this.sheet.run()}></page-message>`
        : value ? this.#rows(value, busy) : html`<page-message waiting></page-message>`}
    </div>`;
  }

  /** The newest column in words. @param {RegionSheet} sheet */
  #said(sheet) {
    const newest = sheet.columns.at(-1);
    if (!newest) return nothing;
    const {called, present, absent, disputed, noData} = newest.roll;
    const day = newest.date === today() ? t('sheet.today') : wholeDay(newest.date);
    if (called === 0) return t('sheet.nobodyCalled', {day});
    const words = [
      [absent, 'mark.ABSENT'], [disputed, 'mark.DISPUTED'], [noData, 'mark.NO_DATA'],
    ].filter(([n]) => n).map(([n, key]) => t('sheet.some', {word: t(String(key)), count: n}));
    return html`<b>${t('sheet.presentToday', {day, present, called})}</b> ${words.length
      ? html`<span>${words.join(t('indicator.join'))}</span>` : nothing}
      ${sheet.whole ? nothing : html`<small>${t('sheet.thisPage', {total: sheet.total})}</small>`}`;
  }

  /** @param {RegionSheet|null} value */
  #tools(value) {
    const size = value && value.whole ? MOST : SIZE;
    const page = value && value.whole ? '0' : String(this.#page() - 1);
    return html`<form class="tools" role="search" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <label class="field grow"><span>${t('filter.search')}</span>
        <input type="search" name="q" maxlength="64" .value=${query('q')} placeholder=${t('filter.searchHint')}
          @input=${(/** @type {InputEvent} */ event) => {
            this.#typing = /** @type {HTMLInputElement} */ (event.target).value;
            this.#typed();
          }}></label>
      <label class="field"><span>${t('school.region')}</span>
        <select name="region" @change=${(/** @type {Event} */ event) => go(href(
          `/sheet/${/** @type {HTMLSelectElement} */ (event.target).value}`,
          {q: query('q'), gaps: query('gaps'), sort: query('sort')}))}>
          ${frame.regions.map((region) => html`<option value=${region.code} ?selected=${region.code === this.code}>${nameOf(region)}</option>`)}
        </select></label>
      <label class="field"><span>${t('sheet.sort')}</span>
        <select name="sort" @change=${(/** @type {Event} */ event) =>
          refine({sort: /** @type {HTMLSelectElement} */ (event.target).value, page: ''})}>
          <option value="" ?selected=${value?.sort !== 'NAME'} ?disabled=${value !== null && !value.whole}>${t('sheet.worst')}</option>
          <option value="NAME" ?selected=${value?.sort === 'NAME'}>${t('sheet.byName')}</option>
        </select></label>
      <label class="field check"><input type="checkbox" name="gaps" .checked=${query('gaps') === 'true'}
        ?disabled=${value !== null && !value.whole && query('gaps') !== 'true'}
        @change=${(/** @type {Event} */ event) =>
          refine({gaps: /** @type {HTMLInputElement} */ (event.target).checked ? 'true' : '', page: ''})}>
        <span>${t('sheet.gaps')}</span></label>
      <label class="field"><span>${t('sheet.until')}</span>
        <input type="date" name="at" .value=${frame.asOf} max=${frame.context?.asOf ?? ''}
          @change=${(/** @type {Event} */ event) => refine({at: /** @type {HTMLInputElement} */ (event.target).value, page: ''})}></label>
      <sheet-tools path=${this.#path()} .query=${{...this.#question(), page, size: String(size)}}></sheet-tools>
    </form>`;
  }

  /** @param {RegionSheet} sheet @param {boolean} busy */
  #rows(sheet, busy) {
    if (sheet.total === 0) {
      const filtered = query('q') || query('gaps');
      return html`<page-message heading=${t(filtered ? 'empty.search.heading' : 'empty.schools.heading')}
          text=${t(filtered ? (query('q') ? 'empty.search.text' : 'empty.sheetGaps') : 'empty.schools.text')}></page-message>
        ${filtered ? html`<p><a href=${href(`/sheet/${this.code}`)}>${t('empty.search.clear')}</a></p>` : nothing}`;
    }
    if (sheet.columns.length === 0) return html`<p class="note">${t('empty.sheetDays')}</p>`;
    const groups = [{
      key: 'schools',
      label: t(sheet.whole ? 'sheet.schools' : 'sheet.schoolsOfPage', {n: sheet.whole ? sheet.total : sheet.items.length}),
      counts: sheet.columns.map(({roll}) => roll),
      rows: sheet.items.map((school) => ({
        key: school.code,
        name: nameOf(school),
        href: href(`/sheet/schools/${school.code}`),
        aside: html`<small><span class="where">${pick(school.regionName, school.regionNameEn)}</span> <a href=${href(`/schools/${school.code}`)}
          aria-label=${t('sheet.pageOf', {name: nameOf(school)})}>${t('sheet.page')}</a></small>`,
        cells: school.cells,
      })),
    }];
    return html`<roll-legend .thresholds=${sheet.thresholds}></roll-legend>
      <roll-sheet aria-busy=${busy ? 'true' : 'false'} .dates=${sheet.columns.map(({date}) => date)} .groups=${groups}
        .reasons=${sheet.reasons} label=${t('nav.sheet')} corner=${t('school.school')} opened=${query('open')}
        @opened=${(/** @type {CustomEvent} */ event) => refine({open: event.detail}, {replace: true})}></roll-sheet>
      ${this.#pages(sheet.total)}`;
  }

  /** @param {number} total @returns {{here: number, last: number}} */
  #places(total) {
    const last = Math.ceil(total / this.#size());
    return {here: Math.min(last, this.#page()), last};
  }

  /** Which page this is, where there are several. @param {number} total */
  #pageOf(total) {
    const places = this.#places(total);
    return places.last < 2 ? nothing : t('pages.of', places);
  }

  /** @param {number} total */
  #pages(total) {
    const {here, last} = this.#places(total);
    if (last < 2) return nothing;
    return html`<nav class="pages" aria-label=${t('pages.label')}>
      <button type="button" ?disabled=${here <= 1} @click=${() => refine({page: String(here - 1)})}>${t('pages.before')}</button>
      <span>${t('pages.of', {here, last})}</span>
      <button type="button" ?disabled=${here >= last} @click=${() => refine({page: String(here + 1)})}>${t('pages.after')}</button>
      ${total <= MOST ? html`<button type="button" @click=${() => refine({size: 'all', page: ''})}>${t('sheet.all', {n: total})}</button>` : nothing}
    </nav>`;
  }
}

customElements.define('sheet-page', SheetPage);

// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {frame} from '../frame.js';
import {live} from '../live.js';
import {Answer, Piece, throttled} from '../piece.js';
import {basis, href, query, refine} from '../route.js';
import {pick, t} from '../words.js';
import './page-message.js';
import './roll-legend.js';
import './roll-sheet.js';

/** @typedef {import('../types.js').SchoolSheet} SchoolSheet */
/** @typedef {import('../types.js').SheetGroup} SheetGroup */

/** The sheet of one school; brief: without the seats, for its own page. Says `loaded` with the answer. */
class SchoolRoll extends Piece {
  static properties = {code: {}, brief: {type: Boolean}};

  constructor() {
    super();
    this.code = '';
    this.brief = false;
    /** @type {Answer<SchoolSheet>} */
    this.sheet = new Answer(this, (signal) => get(`/schools/${encodeURIComponent(this.code)}/sheet`, basis(), signal));
    this.asked = '';
  }

  #stale = throttled(() => {
    if (!query('at')) void this.sheet.run();
  }, 120_000);
  #onPulse = (/** @type {Event} */ event) => {
    if (/** @type {CustomEvent} */ (event).detail.schools.includes(this.code)) this.#stale();
  };

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('pulse', this.#onPulse);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('pulse', this.#onPulse);
  }

  willUpdate() {
    const asked = JSON.stringify([this.code, basis(), frame.context?.account?.username]);
    if (asked !== this.asked && this.code) void this.sheet.run({anew: true});
    this.asked = asked;
  }

  updated() {
    if (this.sheet.value) this.dispatchEvent(new CustomEvent('loaded', {detail: this.sheet.value}));
  }

  render() {
    const sheet = this.sheet.value;
    if (!sheet) {
      return this.sheet.problem
        ? html`<page-message .problem=${this.sheet.problem} .again=${() => this.sheet.run()}></page-message>`
        : html`<page-message waiting></page-message>`;
    }
    if (sheet.columns.length === 0) return html`<p class="note">${t('empty.sheetDays')}</p>`;
    const groups = [this.#line(sheet), ...sheet.classes.map((group, i) => this.#group(group, `c${i}`)),
      ...(this.brief ? [] : sheet.rooms.map((group, i) => this.#group(group, `r${i}`)))];
    const nobody = sheet.classes.length + sheet.rooms.length === 0;
    return html`
      ${this.brief ? nothing : html`<roll-legend .thresholds=${sheet.thresholds}></roll-legend>`}
      <roll-sheet .dates=${sheet.columns.map(({date}) => date)} .groups=${groups} .reasons=${sheet.reasons}
        label=${t('sheet.ofSchool', {name: pick(sheet.name, sheet.nameEn)})} corner=${t('sheet.row')} opened=${query('open')}
        @opened=${(/** @type {CustomEvent} */ event) => refine({open: event.detail}, {replace: true})}></roll-sheet>
      ${nobody ? html`<p class="note">${t('empty.sheetClasses')}</p>` : nothing}
      ${sheet.rowsLeftOut > 0 ? html`<p class="note">${t('sheet.leftOut', {n: sheet.rowsLeftOut})}</p>` : nothing}
      ${this.brief
        ? html`<p class="note"><a href=${href(`/sheet/schools/${sheet.school}`)}>${t('sheet.whole')}</a></p>`
        : html`<p class="note">${t('sheet.neverSeen', {n: sheet.neverSeenDays, least: sheet.neverSeenLeastDays})}</p>`}`;
  }

  /** @param {SchoolSheet} sheet */
  #line(sheet) {
    return {key: 'line', label: '', counts: null, rows: [{key: 'line', name: t('sheet.line'), cells: sheet.line}]};
  }

  /** @param {SheetGroup} group @param {string} key */
  #group(group, key) {
    const what = group.room ?? t('school.classes');
    const campus = group.campusName === null ? '' : `${pick(group.campusName, group.campusNameEn ?? '')} · `;
    const n = group.rows.length;
    return {
      key,
      label: `${campus}${t(group.room === null ? 'sheet.classGroup' : 'sheet.roomGroup', {what, n})}`,
      counts: group.columns.map(({roll}) => roll),
      rows: group.rows.map((row) => ({key: `${key}.${row.name}`, name: row.name, cells: row.cells})),
    };
  }
}

customElements.define('school-roll', SchoolRoll);

// @ts-check
import {html, nothing} from 'lit';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {basis, href} from '../route.js';
import {pick, t} from '../words.js';
import '../elements/school-roll.js';
import '../elements/sheet-tools.js';

/** The roll-call sheet of a school: its line, its classes, the seats of its computer rooms. */
class SchoolSheetPage extends Piece {
  static properties = {code: {}};

  constructor() {
    super();
    /** @type {string|null} */
    this.code = null;
    /** @type {import('../types.js').SchoolSheet|null} */
    this.sheet = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    frame.here = null;
  }

  /** @param {CustomEvent} event */
  #loaded(event) {
    const sheet = event.detail;
    if (sheet === this.sheet) return;
    this.sheet = sheet;
    frame.here = sheet.region;
    queueMicrotask(() => frame.changed());
  }

  render() {
    const sheet = this.sheet?.school === this.code ? this.sheet : null;
    const name = sheet ? pick(sheet.name, sheet.nameEn) : '';
    document.title = `${name ? `${name} ` : ''}${t('nav.sheet')} · 点到 Rollcall`;
    return html`<div class="roll-page">
      <link rel="stylesheet" media="print" href="/css/landscape.css">
      <header class="standing roll-head"><h1>${sheet ? t('sheet.ofSchool', {name}) : t('nav.sheet')}</h1>
        ${sheet ? html`<p class="facts"><a href=${href(`/schools/${sheet.school}`)}>${t('sheet.page')}</a>
          <a href=${href(`/sheet/${sheet.region}`)}>${t('sheet.up')}</a></p>` : nothing}
        <p class="paper">${t('frame.judgedBy', {profile: frame.profile?.id ?? '', date: frame.asOf})}</p></header>
      ${sheet ? html`<div class="tools"><sheet-tools path=${`/schools/${encodeURIComponent(sheet.school)}/sheet`}
        .query=${basis()}></sheet-tools></div>` : nothing}
      <school-roll code=${this.code ?? ''} @loaded=${this.#loaded}></school-roll>
    </div>`;
  }
}

customElements.define('school-sheet-page', SchoolSheetPage);

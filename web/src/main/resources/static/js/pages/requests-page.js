// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {plain} from '../figures.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {href, query, refine} from '../route.js';
import {nameOf, t} from '../words.js';
import '../elements/page-message.js';
import '../elements/request-entry.js';
import '../elements/sign-in.js';

/** @typedef {import('../types.js').Requests} Requests */
/** @typedef {import('../types.js').RequestWhole} Whole */

const SIZE = 20;

/** What schools ask, of the region in scope: open re-checks and objections, and the answers. One alone by its id. */
class RequestsPage extends Piece {
  constructor() {
    super();
    /** @type {Answer<Requests>} */
    this.answer = new Answer(this, (signal) => get('/requests', this.#question(), signal));
    /** @type {Answer<Whole>} */
    this.one = new Answer(this, (signal) => get(`/requests/${encodeURIComponent(query('id'))}`, {}, signal));
    this.asked = '';
  }

  /** Waiting ones unless the address says otherwise. */
  #question() {
    const standing = query('standing');
    return {
      region: query('region'), kind: query('kind'), standing: standing === 'ALL' ? '' : standing || 'WAITING',
      page: Math.max(0, (Number(query('page')) || 1) - 1), size: SIZE,
    };
  }

  #again = () => {
    if (!frame.context?.account) return;
    if (query('id')) void this.one.run();
    else void this.answer.run();
    window.dispatchEvent(new Event('requests-changed'));
  };

  willUpdate() {
    document.title = `${t('nav.requests')} · 点到 Rollcall`;
    const account = frame.context?.account?.username;
    if (!account) return;
    const asked = JSON.stringify([query('id'), this.#question(), account]);
    if (asked !== this.asked) void (query('id') ? this.one.run({anew: true}) : this.answer.run());
    this.asked = asked;
  }

  render() {
    if (!frame.context?.account) {
      return html`<div class="message"><h1>${t('requests.signInHeading')}</h1><p>${t('requests.signIn')}</p><sign-in></sign-in></div>`;
    }
    return query('id') ? this.#alone() : this.#all();
  }

  #alone() {
    const {value, problem} = this.one;
    return html`<header class="standing"><h1>${t('nav.requests')}</h1>
        <p><a href=${href('/requests')}>${t('requests.all')}</a></p></header>
      ${value ? html`<request-entry .item=${value.request} opened @done=${this.#again}></request-entry>`
        : problem ? html`<page-message .problem=${problem} .again=${this.#again}></page-message>`
        : html`<page-message waiting></page-message>`}`;
  }

  #all() {
    const {value, problem, busy} = this.answer;
    return html`<header class="standing"><h1>${t('nav.requests')}</h1>
        ${value ? html`<p class="facts" role="status"><span>${t('requests.rechecks', {n: value.rechecks})}</span>
          <span>${t('requests.objections', {n: value.objections})}</span></p>` : nothing}
        <p class="note">${t('requests.means')}</p></header>
      <section aria-busy=${busy ? 'true' : 'false'} aria-label=${t('requests.list')}>
        ${this.#tools()}
        ${problem && value ? html`<p class="stale" role="alert">${t('fault.stale')}</p>` : nothing}
        ${value ? this.#list(value) : problem
          ? html`<page-message .problem=${problem} .again=${this.#again}></page-message>` : html`<page-message waiting></page-message>`}
      </section>`;
  }

  #tools() {
    const standing = query('standing') || 'WAITING';
    return html`<form class="tools" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      ${this.#select('region', t('school.region'), query('region'),
        [['', t('filter.allRegions')], ...frame.regions.map((region) => [region.code, nameOf(region)])])}
      ${this.#select('kind', t('requests.kind'), query('kind'),
        [['', t('requests.allKinds')], ...['RECHECK', 'OBJECTION'].map((kind) => [kind, t(`requestKind.${kind}`)])])}
      ${this.#select('standing', t('requests.standing'), standing,
        ['WAITING', 'ENDED', 'ALL'].map((each) => [each, t(`requests.standing.${each}`)]))}
    </form>`;
  }

  /** @param {string} name @param {string} label @param {string} chosen @param {string[][]} options value and words */
  #select(name, label, chosen, options) {
    return html`<label class="field"><span>${label}</span>
      <select name=${name} @change=${(/** @type {Event} */ event) => {
        const value = /** @type {HTMLSelectElement} */ (event.target).value;
        refine({[name]: value === 'WAITING' ? '' : value, page: ''});
      }}>
        ${options.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
      </select></label>`;
  }

  /** @param {Requests} value */
  #list(value) {
    if (value.total === 0) {
      const asked = query('kind') || query('region') || query('standing');
      return html`<div class="message"><p>${t(asked ? 'requests.noneOfThese' : 'requests.none')}</p></div>`;
    }
    return html`<ol class="requests">${value.items.map((item) => html`<li data-id=${item.id}>
        <request-entry .item=${item} @done=${this.#again}></request-entry></li>`)}</ol>
      ${this.#pages(value.total)}`;
  }

  /** @param {number} total */
  #pages(total) {
    const last = Math.ceil(total / SIZE);
    const here = Math.min(last, Number(query('page')) || 1);
    if (last < 2) return nothing;
    return html`<nav class="pages" aria-label=${t('pages.label')}>
      <button type="button" ?disabled=${here <= 1} @click=${() => refine({page: String(here - 1)})}>${t('pages.before')}</button>
      <span>${t('pages.of', {here, last: plain(last)})}</span>
      <button type="button" ?disabled=${here >= last} @click=${() => refine({page: String(here + 1)})}>${t('pages.after')}</button>
    </nav>`;
  }
}

customElements.define('requests-page', RequestsPage);

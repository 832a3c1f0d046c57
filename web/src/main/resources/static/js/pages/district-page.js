// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {frame} from '../frame.js';
import {live} from '../live.js';
import {Answer, Piece, throttled} from '../piece.js';
import {basis, go, href, query, refine} from '../route.js';
import {DISPUTED_MARK} from '../verdicts.js';
import {targetOf} from '../rules.js';
import {nameOf, t} from '../words.js';
import '../elements/attention-list.js';
import '../elements/indicator-table.js';
import '../elements/map-controls.js';
import '../elements/milestone-list.js';
import '../elements/map-legend.js';
import '../elements/page-message.js';
import '../elements/region-balance.js';
import '../elements/school-map.js';
import '../elements/standing-sentence.js';
import '../elements/standing-table.js';
import '../elements/time-lapse.js';
import '../elements/verdict-mark.js';

/** @typedef {import('../types.js').SchoolItem} SchoolItem */

/** Rows of the list under the map; the list of schools has all of them, page by page. */
const MOST_LISTED = 100;

/** A region: the sentence, the map, the table, the schools that need attention. Map and list share one selection. */
class DistrictPage extends Piece {
  static properties = {code: {}, pointed: {state: true}, pointedArea: {state: true}, past: {state: true}};

  constructor() {
    super();
    /** @type {string|null} */
    this.code = null;
    /** @type {string} */
    this.pointed = '';
    this.pointedArea = '';
    /** @type {Map<string, import('../map/shares.js').AreaCounts>|null} counts of the day the time-lapse shows */
    this.past = null;
    this.summary = new Answer(this, (signal) => get(`/regions/${this.code}/summary`, basis(), signal));
    this.map = new Answer(this, (signal) => get('/map', {region: this.code, rule: query('rule'), ...basis()}, signal));
    this.attention = new Answer(this, (signal) => this.#attention(signal));
    this.asked = '';
    this.filtered = '';
  }

  #stale = throttled(() => this.#ask(false), 1500);

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('verdict', this.#stale);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('verdict', this.#stale);
  }

  willUpdate() {
    if (!this.code) return;
    const {profile, at} = basis();
    const wanted = JSON.stringify([this.code, frame.context?.account?.username, profile, at]);
    if (wanted !== this.asked) this.#ask(true);
    else if (query('rule') !== this.filtered) {
      void this.map.run();
      void this.attention.run();
    }
    this.asked = wanted;
    this.filtered = query('rule');
    const region = frame.region(this.code);
    document.title = `${region ? nameOf(region) : this.code} · 点到 Rollcall`;
  }

  /** @param {boolean} anew */
  #ask(anew) {
    if (!this.code) return;
    void this.summary.run({anew});
    void this.map.run({anew});
    void this.attention.run({anew});
  }

  /** @param {AbortSignal} signal @returns {Promise<{schools: SchoolItem[], more: number}>} */
  async #attention(signal) {
    const region = this.code;
    const rule = query('rule');
    const [open, disputed] = await Promise.all([
      get('/schools', {region, rule, verdict: 'NOT_MET,INSUFFICIENT_DATA', size: MOST_LISTED, ...basis()}, signal),
      get('/schools', {region, rule, disputed: 'true', size: MOST_LISTED, ...basis()}, signal),
    ]);
    const schools = new Map([...open.items, ...disputed.items].map((school) => [school.code, school]));
    return {schools: [...schools.values()], more: Math.max(0, open.total - open.items.length)};
  }

  render() {
    if (!this.code) return html`<page-message heading=${t('empty.register.heading')} text=${t('empty.register.text')}></page-message>`;
    const problem = this.summary.problem ?? this.map.problem ?? this.attention.problem;
    if (problem && !this.summary.value) {
      return html`<page-message .problem=${problem} .again=${() => this.#ask(true)}></page-message>`;
    }
    if (!this.summary.value || !this.map.value) return html`<page-message waiting></page-message>`;
    return this.#whole(this.summary.value, this.map.value, problem);
  }

  /** @param {import('../types.js').Summary} summary @param {any} map @param {unknown} problem */
  #whole(summary, map, problem) {
    const rule = query('rule');
    const rules = frame.rulesOf(rule);
    if (map.total === 0) {
      return html`<standing-sentence .summary=${summary}></standing-sentence>
        <page-message heading=${t('empty.schools.heading')} text=${t('empty.schools.text')}></page-message>`;
    }
    return html`
      ${problem ? html`<p class="stale" role="alert">${t('fault.stale')}</p>` : nothing}
      <standing-sentence .summary=${summary}></standing-sentence>
      <div class="district">
        <section class="district-map" aria-label=${t('nav.map')}>
          <map-controls .rule=${rule}></map-controls>
          ${query('lapse') ? html`<time-lapse .region=${this.code ?? ''} .rule=${rule} @step=${this.#step}></time-lapse>` : nothing}
          <school-map .features=${map.features} .rules=${rules} .chosen=${query('school')} .pointed=${this.pointed}
            .region=${this.code ?? ''} .thresholds=${summary.thresholds} .past=${this.past} .approval=${map.boundaries} .ground=${frame.context?.ground ?? ''}
            .pointedArea=${this.pointedArea} @choose=${this.#choose} @point=${this.#point} @point-area=${this.#pointArea}
            @open=${(/** @type {CustomEvent} */ event) => go(href(`/schools/${event.detail}`))}
            @enter=${(/** @type {CustomEvent} */ event) => go(href(`/regions/${event.detail}`, {rule}))}></school-map>
          ${this.#chosen(map.features, rules)}
          <map-legend .features=${map.features} .rules=${rules} .missing=${map.withoutCoordinates}
            .thresholds=${summary.thresholds}></map-legend>
        </section>
        <section class="district-table" aria-label=${t('standing.label')}>
          <standing-table .summary=${summary} .rules=${rules} .areas=${this.#areas(map.features)} .pointedArea=${this.pointedArea}
            @point-area=${this.#pointArea}></standing-table>
        </section>
        <section class="district-list" aria-label=${t('attention.label')}>
          <attention-list .schools=${this.attention.value?.schools ?? []} .rules=${rules} .chosen=${query('school')}
            .pointed=${this.pointed} @choose=${this.#choose} @point=${this.#point}></attention-list>
          ${this.attention.value?.more ? html`<p class="note"><a href=${href('/schools', {region: this.code ?? '', rule, verdict: 'NOT_MET,INSUFFICIENT_DATA'})}
            >${t('attention.more', {n: this.attention.value.more})}</a></p>` : nothing}
        </section>
      </div>
      <milestone-list next .region=${this.code ?? ''}></milestone-list>
      ${rule ? nothing : html`<indicator-table .summary=${summary}></indicator-table>
        <region-balance .region=${this.code ?? ''} .names=${this.#names(map.features)}></region-balance>`}`;
  }

  /** The schools of the map by their code. @param {any[]} features @returns {Map<string, import('../types.js').Named>} */
  #names(features) {
    return new Map(features.filter(({properties}) => properties.kind === 'school').map(({properties}) => [properties.code, properties]));
  }

  /** @param {any[]} features */
  #areas(features) {
    return features.map(({properties}) => properties).filter(({kind}) => kind === 'area');
  }

  /** @param {CustomEvent} event a step of the time-lapse; null when it has ended */
  #step(event) {
    this.past = event.detail && new Map(event.detail.divisions.map((/** @type {any} */ counts) => [counts.code, counts]));
  }

  /** @param {CustomEvent} event */
  #pointArea(event) {
    this.pointedArea = event.detail ?? '';
  }

  /** The school that is selected, under the map. @param {any[]} features @param {string[]} rules */
  #chosen(features, rules) {
    const school = features.find(({properties}) => properties.kind === 'school' && properties.code === query('school'))?.properties;
    if (!school) return html`<p class="chosen-school" aria-live="polite">${t('map.hint')}</p>`;
    return html`<p class="chosen-school" aria-live="polite">
      <a href=${href(`/schools/${school.code}`)}>${nameOf(school)}</a>
      ${Object.entries(school.verdicts).map(([id, verdict]) => {
        const found = frame.rule(id);
        if (!found || verdict === 'NOT_APPLICABLE' || (rules.length && !rules.includes(id))) return nothing;
        return html`<span>${targetOf(found)} <verdict-mark verdict=${/** @type {any} */ (verdict)}></verdict-mark></span>`;
      })}
      ${school.disputed
        ? html`<span class="verdict" data-verdict="DISPUTED"><span class="stamp" aria-hidden="true">${DISPUTED_MARK}</span>${t('verdict.DISPUTED')}</span>`
        : nothing}
      <button class="quiet" type="button" @click=${() => refine({school: ''})}>${t('map.unchoose')}</button>
    </p>`;
  }

  /** @param {CustomEvent} event */
  #choose(event) {
    refine({school: event.detail}, {replace: true});
    if (event.target instanceof HTMLElement && event.target.localName === 'school-map') {
      this.querySelector(`.attention tr[data-code="${CSS.escape(event.detail)}"]`)?.scrollIntoView({block: 'nearest'});
    }
  }

  /** @param {CustomEvent} event */
  #point(event) {
    this.pointed = event.detail ?? '';
  }
}

customElements.define('district-page', DistrictPage);

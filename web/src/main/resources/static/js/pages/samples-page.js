// @ts-check
import {html, nothing} from 'lit';
import {get, send} from '../api.js';
import {faultText} from '../faults.js';
import {moment} from '../figures.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {href, query, refine} from '../route.js';
import {nameOf, pick, t} from '../words.js';
import '../elements/page-message.js';
import '../elements/sign-in.js';

/** @typedef {import('../types.js').Samples} Samples */
/** @typedef {import('../types.js').Sample} Sample */

const WATCHERS = ['ADMINISTRATOR', 'BUREAU', 'TECHNICIAN'];

/** Schools drawn by lot, how to draw them again, and what was found there. */
class SamplesPage extends Piece {
  static properties = {fault: {state: true}, busy: {state: true}};

  constructor() {
    super();
    /** @type {Answer<Samples>} */
    this.answer = new Answer(this, (signal) => get('/samples', {region: query('region')}, signal));
    this.asked = '';
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
  }

  #again = () => void this.answer.run();

  #watches() {
    return WATCHERS.includes(frame.context?.account?.role ?? '');
  }

  willUpdate() {
    document.title = `${t('samples.heading')} · 点到 Rollcall`;
    if (!this.#watches()) return;
    const asked = `${query('region')} ${frame.context?.account?.username}`;
    if (asked !== this.asked) void this.answer.run();
    this.asked = asked;
  }

  render() {
    const heading = html`<h1>${t('samples.heading')}</h1>`;
    if (!frame.context?.account) return html`<div class="message">${heading}<p>${t('samples.signIn')}</p><sign-in></sign-in></div>`;
    if (!this.#watches()) return html`<div class="message">${heading}<p>${t('samples.watchers')}</p></div>`;
    const {value, problem} = this.answer;
    return html`<header class="standing">${heading}<p class="note">${t('samples.means')}</p>
        <p><a href=${href('/tasks')}>${t('tasks.heading')}</a></p></header>
      <section aria-label=${t('samples.heading')}>
        ${this.#form()}
        ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
        ${value ? this.#list(value) : problem
          ? html`<page-message .problem=${problem} .again=${this.#again}></page-message>` : html`<page-message waiting></page-message>`}
      </section>`;
  }

  #form() {
    const region = query('region') || frame.context?.root || '';
    return html`<form class="ask" @submit=${(/** @type {SubmitEvent} */ event) => this.#send(event, (form) =>
        send('POST', `/regions/${encodeURIComponent(region)}/samples`, {seed: form.get('seed'), count: Number(form.get('count'))}))}>
      <label>${t('school.region')}<select name="region" @change=${(/** @type {Event} */ event) => {
        refine({region: /** @type {HTMLSelectElement} */ (event.target).value});
      }}>${frame.regions.map((each) => html`<option value=${each.code} ?selected=${each.code === region}>${nameOf(each)}</option>`)}</select></label>
      <label>${t('samples.seed')}<input name="seed" required maxlength="64"></label>
      <label>${t('samples.count')}<input type="number" name="count" required min="1" max="100" value="3"></label>
      <button type="submit" ?disabled=${this.busy}>${t('samples.draw')}</button>
    </form>`;
  }

  /** @param {SubmitEvent} event @param {(form: FormData) => Promise<unknown>} call */
  async #send(event, call) {
    event.preventDefault();
    this.busy = true;
    this.fault = null;
    try {
      await call(new FormData(/** @type {HTMLFormElement} */ (event.target)));
      this.#again();
    } catch (fault) {
      this.fault = fault;
    } finally {
      this.busy = false;
    }
  }

  /** @param {Samples} value */
  #list(value) {
    if (value.total === 0) return html`<div class="message"><p>${t('samples.none')}</p></div>`;
    return html`<ol class="requests">${value.items.map((sample) => html`<li data-id=${sample.id}>${this.#sample(sample)}</li>`)}</ol>`;
  }

  /** @param {Sample} sample */
  #sample(sample) {
    const visited = sample.schools.filter(({found}) => found !== 'NOT_YET');
    return html`<article class="request sample" aria-labelledby=${`sample-${sample.id}`}>
      <h2 id=${`sample-${sample.id}`}>${pick(sample.regionName, sample.regionNameEn)} · ${sample.date}</h2>
      <p class="facts"><span>${t('samples.drawn', {n: sample.schools.length, of: sample.of})}</span>
        <span>${t('samples.visited', {n: visited.length, of: sample.schools.length})}</span>
        <span>${t('samples.differ', {n: visited.filter(({found}) => found === 'DIFFERS').length, of: visited.length})}</span></p>
      <p class="note">${t('samples.by', {seed: sample.seed, account: sample.account, at: moment(sample.at)})}</p>
      <ol class="steps">${sample.schools.map((each) => html`<li data-school=${each.school}>
        <a href=${href(`/schools/${each.school}`)}>${pick(each.name, each.nameEn)}</a>
        <b>${t(`found.${each.found}`)}</b> ${each.account ? html`<small>${each.account}</small>` : nothing}
        ${each.note ? html`<p class="request-text">${each.note}</p>` : nothing}
        <details><summary>${t('samples.enter')}</summary>${this.#enter(sample, each)}</details></li>`)}</ol>
    </article>`;
  }

  /** @param {Sample} sample @param {Sample['schools'][number]} each */
  #enter(sample, each) {
    return html`<form class="ask" @submit=${(/** @type {SubmitEvent} */ event) => this.#send(event, (form) =>
        send('POST', `/samples/${sample.id}/found`, {school: each.school, found: form.get('found'), note: form.get('note')}))}>
      <label>${t('samples.found')}<select name="found">${['AS_SHOWN', 'DIFFERS'].map((found) => html`<option value=${found}
        ?selected=${found === each.found}>${t(`found.${found}`)}</option>`)}</select></label>
      <label>${t('samples.note')}<textarea name="note" rows="2" maxlength="500" .value=${each.note}></textarea></label>
      <button type="submit" ?disabled=${this.busy}>${t('samples.keep')}</button></form>`;
  }
}

customElements.define('samples-page', SamplesPage);

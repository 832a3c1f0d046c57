// @ts-check
import {html, nothing} from 'lit';
import {Problem, get, send} from '../api.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {query} from '../route.js';
import {nameOf, t} from '../words.js';
import {filterSelect} from '../elements/filter-select.js';
import {openPage} from '../elements/page-turner.js';
import '../elements/found-device.js';
import '../elements/page-message.js';

const SIZE = 20;
const STATES = ['NEW', 'IGNORED'];

/** The discovery queue: devices that agents found and nobody has registered, to be registered or ignored. */
class DiscoveredPage extends Piece {
  static properties = {said: {state: true}, refused: {state: true}};

  constructor() {
    super();
    /** @type {Answer<{total: number, items: import('../types.js').FoundItem[]}>} */
    this.answer = new Answer(this, (signal) => get('/discovered', this.#question(), signal));
    this.asked = '';
    this.said = '';
    this.refused = '';
  }

  #again = () => void this.answer.run();

  #question() {
    return {region: query('region'), state: query('state') || 'NEW', page: openPage(), size: SIZE};
  }

  willUpdate() {
    document.title = `${t('found.heading')} · 点到 Rollcall`;
    if (!frame.context?.account) return;
    const asked = JSON.stringify([this.#question(), frame.context.account.username]);
    if (asked !== this.asked) this.#again();
    this.asked = asked;
  }

  /** @param {SubmitEvent} event */
  async #sweep(event) {
    event.preventDefault();
    const school = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('school')).trim();
    this.said = '';
    this.refused = '';
    try {
      await send('POST', `/schools/${encodeURIComponent(school)}/sweep`, {});
      this.said = t('found.sweep.told');
    } catch (fault) {
      this.refused = (fault instanceof Problem && fault.detail) || t('fault.0.text', {host: location.host});
    }
  }

  render() {
    if (!frame.context?.account) {
      return html`<div class="message"><h1>${t('problems.signIn.heading')}</h1><p>${t('problems.signIn.text')}</p><sign-in></sign-in></div>`;
    }
    const {value, problem} = this.answer;
    return html`<header class="standing"><h1>${t('found.heading')}</h1>
        ${value ? html`<p class="facts" role="status"><span>${t('found.count', {n: value.total})}</span></p>` : nothing}</header>
      <form class="tools" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
        ${filterSelect('region', t('school.region'), t('filter.allRegions'), frame.regions.map((region) => [region.code, nameOf(region)]))}
        ${filterSelect('state', t('problems.state'), '', STATES.map((state) => [state, t(`foundState.${state}`)]))}
      </form>
      ${value ? this.#list(value.items, value.total)
        : problem ? html`<page-message .problem=${problem} .again=${this.#again}></page-message>` : html`<page-message waiting></page-message>`}
      <section class="part"><h2>${t('found.sweep')}</h2>
        <form class="act" @submit=${this.#sweep}>
          <label class="field"><span>${t('enrol.school')}</span><input name="school" required maxlength="32"></label>
          <button>${t('found.sweep.do')}</button></form>
        ${this.said ? html`<p class="note" role="status">${this.said}</p>` : nothing}
        ${this.refused ? html`<p class="refusal" role="alert">${this.refused}</p>` : nothing}</section>`;
  }

  /** @param {import('../types.js').FoundItem[]} items @param {number} total */
  #list(items, total) {
    if (total === 0) return html`<div class="message"><p>${t('found.none')}</p></div>`;
    return html`<ol class="causes">${items.map((item) => html`<li data-id=${item.id}>
        <found-device .item=${item} ?decided=${query('state') === 'IGNORED'} @done=${this.#again}></found-device></li>`)}</ol>
      <page-turner .total=${total} .size=${SIZE}></page-turner>`;
  }
}

customElements.define('discovered-page', DiscoveredPage);

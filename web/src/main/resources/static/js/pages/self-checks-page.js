// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {ago, moment, plain} from '../figures.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {href, query} from '../route.js';
import {nameOf, pick, t} from '../words.js';
import {filterSelect} from '../elements/filter-select.js';
import {openPage} from '../elements/page-turner.js';
import '../elements/page-message.js';
import '../elements/sign-in.js';

const SIZE = 50;
const STATES = ['DRAFT', 'RETURNED', 'SUBMITTED', 'TOWNSHIP_PASSED', 'COUNTY_PASSED', 'FILED'];

/**
 * @typedef {{school: string, schoolName: string, schoolNameEn: string, regionName: string, regionNameEn: string, state: string,
 *   changed: string|null, waits: boolean}} Sheet
 * @typedef {{total: number, round: string, waiting: number, counts: Record<string, number>, items: Sheet[]}} Sheets
 */

/** How far each school's self-check sheet is, those first that wait for whoever looks. */
class SelfChecksPage extends Piece {
  constructor() {
    super();
    /** @type {Answer<Sheets>} */
    this.answer = new Answer(this, (signal) => get('/self-checks', this.#question(), signal));
    this.asked = '';
  }

  #question() {
    return {region: query('region'), state: query('state'), page: openPage(), size: SIZE};
  }

  willUpdate() {
    document.title = `${t('selfChecks.heading')} · 点到 Rollcall`;
    if (!frame.context?.account) return;
    const asked = JSON.stringify([this.#question(), frame.context.account.username]);
    if (asked !== this.asked) void this.answer.run();
    this.asked = asked;
  }

  render() {
    if (!frame.context?.account) {
      return html`<div class="message"><h1>${t('problems.signIn.heading')}</h1><p>${t('problems.signIn.text')}</p><sign-in></sign-in></div>`;
    }
    const {value, problem} = this.answer;
    return html`<header class="standing"><h1>${t('selfChecks.heading')}</h1>
        ${value ? html`<p class="facts" role="status"><span>${t('selfChecks.round', {round: value.round})}</span>
          <span>${t('selfChecks.waiting', {n: plain(value.waiting, 0)})}</span>
          ${STATES.filter((state) => value.counts[state]).map((state) => html`<span>${t(`selfCheck.state.${state}`)} ${plain(value.counts[state], 0)}</span>`)}</p>` : nothing}</header>
      <form class="tools" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
        ${filterSelect('region', t('school.region'), t('filter.allRegions'), frame.regions.map((region) => [region.code, nameOf(region)]))}
        ${filterSelect('state', t('selfChecks.state'), t('selfChecks.allStates'), STATES.map((state) => [state, t(`selfCheck.state.${state}`)]))}
      </form>
      ${value ? this.#table(value)
        : problem ? html`<page-message .problem=${problem}></page-message>` : html`<page-message waiting></page-message>`}`;
  }

  /** @param {Sheets} value */
  #table(value) {
    if (value.total === 0) return html`<div class="message"><p>${t('selfChecks.none')}</p></div>`;
    return html`<div class="sideways" tabindex="0" role="region" aria-label=${t('selfChecks.heading')}><table class="sheet agents">
        <thead><tr><th scope="col">${t('agents.school')}</th><th scope="col">${t('school.region')}</th>
          <th scope="col">${t('selfChecks.state')}</th><th scope="col">${t('selfChecks.changed')}</th></tr></thead>
        <tbody>${value.items.map((sheet) => html`<tr>
          <th scope="row"><a href=${href(`/schools/${sheet.school}/self-check`)}>${nameOf({name: sheet.schoolName, nameEn: sheet.schoolNameEn})}</a></th>
          <td data-label=${t('school.region')}>${pick(sheet.regionName, sheet.regionNameEn)}</td>
          <td data-label=${t('selfChecks.state')}>${sheet.waits ? html`<b>! ${t('selfChecks.yours')}</b> · ` : nothing}${t(`selfCheck.state.${sheet.state}`)}</td>
          <td data-label=${t('selfChecks.changed')} title=${sheet.changed ? moment(sheet.changed) : ''}>${sheet.changed ? ago(sheet.changed) : t('selfChecks.notBegun')}</td>
        </tr>`)}</tbody></table></div>
      <page-turner .total=${value.total} .size=${SIZE}></page-turner>`;
  }
}

customElements.define('self-checks-page', SelfChecksPage);

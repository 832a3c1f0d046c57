// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {ago, moment} from '../figures.js';
import {frame} from '../frame.js';
import {live} from '../live.js';
import {Answer, Piece, throttled} from '../piece.js';
import {basis, href, query, refine} from '../route.js';
import {ORDER, markOf, wordOf} from '../verdicts.js';
import {nameOf, pick, say, t} from '../words.js';
import {filterSelect} from '../elements/filter-select.js';
import {openPage} from '../elements/page-turner.js';
import '../elements/page-message.js';
import '../elements/rule-filter.js';
import '../elements/verdict-mark.js';

const SIZE = 50;
const ATTENTION = 'NOT_MET,INSUFFICIENT_DATA';

/** The register as a list that is searched and filtered; every choice lies in the address. */
class SchoolsPage extends Piece {
  constructor() {
    super();
    /** @type {Answer<{total: number, items: import('../types.js').SchoolItem[]}>} */
    this.answer = new Answer(this, (signal) => get('/schools', this.#question(), signal));
    this.asked = '';
  }

  #stale = throttled(() => void this.answer.run(), 2000);
  #typed = throttled(() => refine({q: this.#typing, page: ''}, {replace: true}), 250);
  #typing = '';

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('verdict', this.#stale);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('verdict', this.#stale);
  }

  #question() {
    return {
      region: query('region'), rule: query('rule'), verdict: query('verdict'), tier: query('tier'), q: query('q'),
      page: openPage(), size: SIZE, ...basis(),
    };
  }

  willUpdate() {
    const asked = JSON.stringify([this.#question(), frame.context?.account?.username]);
    if (asked !== this.asked) void this.answer.run();
    this.asked = asked;
    document.title = `${t('nav.schools')} · 点到 Rollcall`;
  }

  render() {
    const {value, problem, busy} = this.answer;
    return html`<header class="standing"><h1>${t('nav.schools')}</h1></header>
      ${this.#tools()}
      ${problem
        ? html`<page-message .problem=${problem} .again=${() => this.answer.run()}></page-message>`
        : value
          ? this.#list(value, busy)
          : html`<page-message waiting></page-message>`}`;
  }

  #tools() {
    return html`<form class="tools" role="search" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <label class="field grow"><span>${t('filter.search')}</span>
        <input type="search" name="q" maxlength="64" .value=${query('q')} placeholder=${t('filter.searchHint')}
          @input=${(/** @type {InputEvent} */ event) => {
            this.#typing = /** @type {HTMLInputElement} */ (event.target).value;
            this.#typed();
          }}></label>
      ${filterSelect('region', t('school.region'), t('filter.allRegions'), frame.regions.map((region) => [region.code, nameOf(region)]))}
      <rule-filter .rule=${query('rule')}></rule-filter>
      ${filterSelect('verdict', t('school.verdict'), t('filter.allVerdicts'),
        [...ORDER.map((outcome) => [outcome, `${markOf(outcome)} ${wordOf(outcome)}`]), [ATTENTION, t('filter.attention')]])}
      ${filterSelect('tier', t('school.tier'), t('filter.allTiers'), ['A', 'B', 'C'].map((tier) => [tier, t(`tier.${tier}`)]))}
    </form>`;
  }

  /** @param {{total: number, items: import('../types.js').SchoolItem[]}} value @param {boolean} busy */
  #list(value, busy) {
    if (value.total === 0) {
      return html`<page-message heading=${t('empty.search.heading')} text=${t('empty.search.text')}></page-message>
        <p><a href=${href('/schools')}>${t('empty.search.clear')}</a></p>`;
    }
    const targets = [...frame.targets];
    return html`<table class="sheet schools" aria-busy=${busy ? 'true' : 'false'}>
        <caption>${t('count.schools', {n: value.total})}</caption>
        <thead><tr>
          <th scope="col">${t('school.school')}</th>
          ${targets.map(([, rules]) => html`<th scope="col">${pick(rules[0].targetTitle, rules[0].targetTitleEn)}</th>`)}
          <th scope="col">${t('school.why')}</th><th scope="col">${t('school.lastSeen')}</th>
        </tr></thead>
        <tbody>${value.items.map((school) => this.#row(school, targets))}</tbody>
      </table>
      <page-turner .total=${value.total} .size=${SIZE}></page-turner>`;
  }

  /** @param {import('../types.js').SchoolItem} school @param {[string, import('../types.js').Rule[]][]} targets */
  #row(school, targets) {
    return html`<tr data-code=${school.code}>
      <th scope="row"><a href=${href(`/schools/${school.code}`)}>${nameOf(school)}</a>
        <small>${school.code} · ${pick(school.regionName, school.regionNameEn)} · ${t(`tier.${school.tier}`)}</small></th>
      ${targets.map(([, rules]) => {
        const rule = rules.find(({id}) => id in school.verdicts && school.verdicts[id] !== 'NOT_APPLICABLE') ?? rules[0];
        const disputed = school.reasons.some((reason) => reason.rule === rule.id && reason.disputed);
        return html`<td data-label=${pick(rule.targetTitle, rule.targetTitleEn)}><verdict-mark
          verdict=${school.verdicts[rule.id] ?? 'NOT_APPLICABLE'} ?disputed=${disputed}></verdict-mark></td>`;
      })}
      <td class="why"><ul class="reasons">${school.reasons.map((reason) => html`<li>${say(reason)}</li>`)}</ul></td>
      <td data-label=${t('school.lastSeen')} title=${moment(school.lastSeen)}>${ago(school.lastSeen)}</td>
    </tr>`;
  }
}

customElements.define('schools-page', SchoolsPage);

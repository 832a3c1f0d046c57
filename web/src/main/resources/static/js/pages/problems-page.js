// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {frame} from '../frame.js';
import {live} from '../live.js';
import {Answer, Piece, throttled} from '../piece.js';
import {href, query} from '../route.js';
import {filterSelect} from '../elements/filter-select.js';
import {openPage} from '../elements/page-turner.js';
import {nameOf, t} from '../words.js';
import '../elements/agent-faults.js';
import '../elements/enrolment-code.js';
import '../elements/page-message.js';
import '../elements/problem-entry.js';

/** @typedef {import('../types.js').Problems} Problems */

const SIZE = 20;
const STATES = ['OPEN', 'ACKNOWLEDGED', 'PLANNED'];
export const KINDS = [
  'EVERYBODY_SILENT', 'AREA_SILENT', 'SILENT_TOGETHER', 'AGENT_SILENT', 'AGENT_NEVER_HEARD', 'LINE_DOWN', 'UPSTREAM_DOWN', 'SERVICE_DOWN', 'SWITCH_DOWN',
  'DEVICE_FAULT', 'ROOM_FAULT', 'DEVICE_UNREADABLE',
];

/** The technician's desk: what is broken now and what to do first; at its side the agents that are not well. */
class ProblemsPage extends Piece {
  constructor() {
    super();
    /** @type {Answer<Problems>} */
    this.answer = new Answer(this, (signal) => get('/problems', this.#question(), signal));
    this.asked = '';
    /** @type {number|undefined} */
    this.clock = undefined;
  }

  #again = () => {
    if (frame.context?.account) void this.answer.run();
  };

  #stale = throttled(this.#again, 5000);

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('pulse', this.#stale);
    this.clock = setInterval(this.#again, 60_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('pulse', this.#stale);
    clearInterval(this.clock);
  }

  #question() {
    return {
      region: query('region'), kind: query('kind'), state: query('state'),
      page: openPage(), size: SIZE,
    };
  }

  willUpdate() {
    document.title = `${t('nav.problems')} · 点到 Rollcall`;
    if (!frame.context?.account) return;
    const asked = JSON.stringify([this.#question(), frame.context.account.username]);
    if (asked !== this.asked) void this.answer.run();
    this.asked = asked;
  }

  /** Whether the account may do something about it; the server asks again. */
  get #operates() {
    return ['ADMINISTRATOR', 'TECHNICIAN'].includes(frame.context?.account?.role ?? '');
  }

  render() {
    if (!frame.context?.account) {
      return html`<div class="message"><h1>${t('problems.signIn.heading')}</h1><p>${t('problems.signIn.text')}</p>
        <sign-in></sign-in></div>`;
    }
    const {value, problem, busy} = this.answer;
    return html`<header class="standing"><h1>${t('nav.problems')}</h1>
        ${value ? html`<p class="facts" role="status">
          <span>${t('problems.open', {n: value.open})}</span><span>${t('problems.acknowledged', {n: value.acknowledged})}</span>
          <span>${t('problems.planned', {n: value.planned})}</span></p>` : nothing}
        ${frame.waiting ? html`<p><a class="waiting-requests" href=${href('/requests')}>${t('requests.waitHere', {n: frame.waiting})}</a></p>` : nothing}</header>
      <div class="desk">
        <section aria-labelledby="desk-causes" aria-busy=${busy ? 'true' : 'false'}>
          <h2 id="desk-causes" class="unseen">${t('problems.list')}</h2>
          ${this.#tools()}
          ${problem && !value ? html`<page-message .problem=${problem} .again=${this.#again}></page-message>` : nothing}
          ${problem && value ? html`<p class="stale" role="alert">${t('fault.stale')}</p>` : nothing}
          ${value ? this.#list(value) : problem ? nothing : html`<page-message waiting></page-message>`}
        </section>
        <aside aria-labelledby="desk-agents">
          <h2 id="desk-agents">${t('problems.agents')}</h2>
          <agent-faults .region=${query('region')}></agent-faults>
          <p><a href=${href('/agents')}>${t('agents.all')}</a></p>
          ${this.#operates ? html`<p><a href=${href('/discovered')}>${t('found.link')}</a></p><h2>${t('enrol.heading')}</h2><enrolment-code></enrolment-code>` : nothing}
        </aside>
      </div>`;
  }

  #tools() {
    return html`<form class="tools" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      ${filterSelect('region', t('school.region'), t('filter.allRegions'), frame.regions.map((region) => [region.code, nameOf(region)]))}
      ${filterSelect('kind', t('problems.kind'), t('problems.allKinds'), KINDS.map((kind) => [kind, t(`cause.${kind}`)]))}
      ${filterSelect('state', t('problems.state'), t('problems.allStates'), STATES.map((state) => [state, t(`problemState.${state}`)]))}
    </form>`;
  }

  /** @param {Problems} value */
  #list(value) {
    if (value.total === 0) {
      const asked = query('kind') || query('state') || query('region');
      return html`<div class="message"><p>${t(asked ? 'problems.noneOfThese' : 'problems.none')}</p></div>`;
    }
    return html`<p class="note">${t('problems.order')} <span class="ours">${t('targets.ours')}</span></p>
      <ol class="causes">${value.items.map((item) => html`<li data-id=${item.id} data-state=${item.state}>
        <problem-entry .item=${item} ?operates=${this.#operates} @done=${this.#again}></problem-entry></li>`)}</ol>
      <page-turner .total=${value.total} .size=${SIZE}></page-turner>`;
  }
}

customElements.define('problems-page', ProblemsPage);

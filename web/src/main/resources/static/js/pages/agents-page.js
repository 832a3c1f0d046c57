// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {ago, moment, plain} from '../figures.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {href, query} from '../route.js';
import {nameOf, t} from '../words.js';
import {filterSelect} from '../elements/filter-select.js';
import {openPage} from '../elements/page-turner.js';
import '../elements/page-message.js';

const SIZE = 50;
const STATES = ['FAULTY', 'SILENT', 'BEHIND', 'SKEWED', 'HELD', 'UNWELL', 'WELL'];

/** Every agent: what it runs, what waits in its spool, how far its clock is off, when it was last heard. */
class AgentsPage extends Piece {
  constructor() {
    super();
    /** @type {Answer<{total: number, faulty: number, items: import('../types.js').AgentItem[]}>} */
    this.answer = new Answer(this, (signal) => get('/agents', this.#question(), signal));
    this.asked = '';
  }

  #question() {
    return {region: query('region'), state: query('state'), page: openPage(), size: SIZE};
  }

  willUpdate() {
    document.title = `${t('agents.heading')} · 点到 Rollcall`;
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
    return html`<header class="standing"><h1>${t('agents.heading')}</h1>
        ${value ? html`<p class="facts" role="status"><span>${t('agents.count', {n: value.total})}</span>
          <span>${t('agents.faulty', {n: plain(value.faulty)})}</span></p>` : nothing}</header>
      <form class="tools" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
        ${filterSelect('region', t('school.region'), t('filter.allRegions'), frame.regions.map((region) => [region.code, nameOf(region)]))}
        ${filterSelect('state', t('problems.state'), t('problems.allStates'), STATES.map((state) => [state, t(`agentFault.${state}`)]))}
      </form>
      ${value ? this.#table(value.items, value.total)
        : problem ? html`<page-message .problem=${problem}></page-message>` : html`<page-message waiting></page-message>`}`;
  }

  /** @param {import('../types.js').AgentItem[]} items @param {number} total */
  #table(items, total) {
    if (total === 0) return html`<div class="message"><p>${t(query('state') ? 'agents.noneOfThese' : 'agents.none')}</p></div>`;
    return html`<div class="sideways" tabindex="0" role="region" aria-label=${t('agents.heading')}><table class="sheet agents">
        <thead><tr><th scope="col">${t('agents.school')}</th><th scope="col">${t('agents.agent')}</th><th scope="col">${t('agents.standing')}</th>
          <th scope="col">${t('agents.lastHeard')}</th><th scope="col">${t('agents.version')}</th>
          <th scope="col" class="number">${t('agents.spool')}</th><th scope="col" class="number">${t('agents.clock')}</th></tr></thead>
        <tbody>${items.map((agent) => html`<tr>
          <th scope="row"><a href=${href(`/schools/${agent.school}`)}>${nameOf({name: agent.schoolName, nameEn: agent.schoolNameEn})}</a></th>
          <td data-label=${t('agents.agent')}><a href=${href(`/schools/${agent.school}/devices/agent:${agent.id}`)}><code>${agent.id}</code></a></td>
          <td data-label=${t('agents.standing')}>${agent.faults.length ? html`<b>✘ ${agent.faults.map((fault) => t(`agentFault.${fault}`)).join(' · ')}</b>` : html`✔ ${t('agentFault.WELL')}`}
            ${agent.reason ? html` <code>${agent.reason}</code>` : nothing}</td>
          <td data-label=${t('agents.lastHeard')} title=${moment(agent.lastSeen)}>${agent.lastSeen ? ago(agent.lastSeen) : t('agents.never')}</td>
          <td data-label=${t('agents.version')}>${agent.version ?? '—'}</td>
          <td class="number" data-label=${t('agents.spool')}>${agent.spoolReports === null ? '—' : plain(agent.spoolReports)}</td>
          <td class="number" data-label=${t('agents.clock')}>${agent.clockSkewSeconds === null ? '—' : t('agents.seconds', {n: plain(agent.clockSkewSeconds, 1)})}</td>
        </tr>`)}</tbody></table></div>
      <page-turner .total=${total} .size=${SIZE}></page-turner>
      <p class="note">${t('agents.columns')}</p>`;
  }
}

customElements.define('agents-page', AgentsPage);

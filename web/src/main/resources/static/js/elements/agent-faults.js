// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {ago, moment, plain} from '../figures.js';
import {live} from '../live.js';
import {Answer, Piece, throttled} from '../piece.js';
import {href} from '../route.js';
import {nameOf, t} from '../words.js';
import './page-message.js';

/** The agents that are silent, behind, skewed, held or unwell. */
class AgentFaults extends Piece {
  static properties = {region: {}};

  constructor() {
    super();
    this.region = '';
    /** @type {Answer<{total: number, faulty: number, items: import('../types.js').AgentItem[]}>} */
    this.answer = new Answer(this, (signal) => get('/agents', {region: this.region, state: 'FAULTY', size: 30}, signal));
  }

  #stale = throttled(() => void this.answer.run(), 15000);

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('pulse', this.#stale);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('pulse', this.#stale);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('region')) void this.answer.run();
  }

  render() {
    const {value, problem} = this.answer;
    if (!value) return problem ? html`<page-message .problem=${problem}></page-message>` : nothing;
    if (value.total === 0) return html`<p class="note">${t('agents.allWell')}</p>`;
    return html`<ul class="agents-faulty">${value.items.map((agent) => html`<li>
        <a href=${href(`/schools/${agent.school}`)}>${nameOf({name: agent.schoolName, nameEn: agent.schoolNameEn})}</a>
        <b>${agent.faults.map((fault) => t(`agentFault.${fault}`)).join(' · ')}</b>
        <small title=${moment(agent.lastSeen)}>${agent.id} · ${t('agents.heard', {ago: ago(agent.lastSeen)})}
          ${agent.spoolReports ? html` · ${t('agents.waiting', {n: plain(agent.spoolReports)})}` : nothing}
          ${agent.faults.includes('SKEWED') ? html` · ${t('agents.skew', {n: plain(agent.clockSkewSeconds, 0)})}` : nothing}
          ${agent.reason ? html` · <code>${agent.reason}</code>` : nothing}</small></li>`)}
      ${value.total > value.items.length ? html`<li>${t('problems.more', {n: value.total - value.items.length})}</li>` : nothing}</ul>`;
  }
}

customElements.define('agent-faults', AgentFaults);

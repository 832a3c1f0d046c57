// @ts-check
import {html} from 'lit';
import {ago, moment} from '../figures.js';
import {Piece} from '../piece.js';
import {t} from '../words.js';

/** Who reports for the school. */
class AgentList extends Piece {
  static properties = {agents: {attribute: false}, school: {}};

  constructor() {
    super();
    /** @type {import('../types.js').Agent[]} */
    this.agents = [];
    this.school = '';
  }

  render() {
    if (this.agents.length === 0) {
      return html`<p class="note">${t('empty.agents')}</p><pre class="command" tabindex="0"><code>./rollcall agents code --school ${this.school}</code></pre>`;
    }
    return html`<table class="sheet agents">
      <thead><tr>
        <th scope="col">${t('agent.id')}</th><th scope="col">${t('agent.kind')}</th>
        <th scope="col">${t('agent.line')}</th><th scope="col">${t('agent.seen')}</th>
      </tr></thead>
      <tbody>${this.agents.map((agent) => html`<tr>
        <th scope="row"><code>${agent.id}</code></th>
        <td data-label=${t('agent.kind')}>${t(`agent.kind.${agent.kind}`)}</td>
        <td data-label=${t('agent.line')}>${t(agent.connected ? 'agent.connected' : 'agent.offline')}</td>
        <td data-label=${t('agent.seen')} title=${moment(agent.lastSeen)}>${ago(agent.lastSeen)}</td>
      </tr>`)}</tbody>
    </table>`;
  }
}

customElements.define('agent-list', AgentList);

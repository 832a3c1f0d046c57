// @ts-check
import {html} from 'lit';
import {get} from '../api.js';
import {moment, plain} from '../figures.js';
import {Answer, Piece} from '../piece.js';
import {t} from '../words.js';
import '../elements/page-message.js';

/** @typedef {{day: string, number: number, schools: number, records: number, sha256: string, signature: string, made: string}} Head */

/** The signed heads of the days, for others to copy and keep. */
class EvidencePage extends Piece {
  constructor() {
    super();
    /** @type {Answer<{key: string, total: number, items: Head[]}>} */
    this.answer = new Answer(this, (signal) => get('/evidence/heads', {}, signal));
  }

  connectedCallback() {
    super.connectedCallback();
    void this.answer.run();
  }

  willUpdate() {
    document.title = `${t('evidence.heading')} · 点到 Rollcall`;
  }

  render() {
    const {value, problem} = this.answer;
    if (problem) return html`<page-message .problem=${problem} .again=${() => void this.answer.run()}></page-message>`;
    if (!value) return html`<page-message waiting></page-message>`;
    return html`<header class="standing"><h1>${t('evidence.heading')}</h1></header>
      <p>${t('evidence.what')}</p>
      <p>${t('evidence.key')}<br><code class="digest">${value.key}</code></p>
      ${value.total === 0 ? html`<div class="message"><p>${t('evidence.none')}</p></div>` : this.#table(value.items)}
      <p class="note">${t('evidence.keep')}</p>`;
  }

  /** @param {Head[]} heads */
  #table(heads) {
    return html`<div class="sideways" tabindex="0" role="region" aria-label=${t('evidence.heading')}><table class="sheet evidence">
        <thead><tr><th scope="col">${t('evidence.day')}</th><th scope="col" class="number">${t('evidence.number')}</th>
          <th scope="col" class="number">${t('evidence.schools')}</th><th scope="col" class="number">${t('evidence.records')}</th>
          <th scope="col">${t('evidence.digest')}</th></tr></thead>
        <tbody>${heads.map((head) => html`<tr>
          <th scope="row" title=${moment(head.made)}>${head.day}</th>
          <td class="number" data-label=${t('evidence.number')}>${plain(head.number, 0)}</td>
          <td class="number" data-label=${t('evidence.schools')}>${plain(head.schools, 0)}</td>
          <td class="number" data-label=${t('evidence.records')}>${plain(head.records, 0)}</td>
          <td data-label=${t('evidence.digest')}><code class="digest">${head.sha256}</code></td></tr>`)}</tbody></table></div>`;
  }
}

customElements.define('evidence-page', EvidencePage);

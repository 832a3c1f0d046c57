// @ts-check
import {html, nothing} from 'lit';
import {ago, moment, plain, rate} from '../figures.js';
import {Piece} from '../piece.js';
import {has, t} from '../words.js';

/** @typedef {import('../types.js').Reading} Reading */

/** The lines and the reach probes as they were last seen. */
class LinkList extends Piece {
  static properties = {links: {attribute: false}, others: {attribute: false}};

  constructor() {
    super();
    /** @type {import('../types.js').Link[]} */
    this.links = [];
    /** @type {import('../types.js').School['others']} */
    this.others = [];
  }

  render() {
    if (this.links.length + this.others.length === 0) return html`<p class="note">${t('empty.links')}</p>`;
    return html`<table class="sheet links">
      <thead><tr>
        <th scope="col">${t('line.what')}</th><th scope="col">${t('line.state')}</th>
        <th scope="col" class="number">${t('line.speed')}</th><th scope="col" class="number">${t('line.in')}</th>
        <th scope="col" class="number">${t('line.out')}</th><th scope="col">${t('line.seen')}</th>
      </tr></thead>
      <tbody>
        ${this.links.map((link) => html`<tr>
          <th scope="row">${t('line.link', {name: link.name})}</th>
          ${this.#state(link)}
          <td class="number" data-label=${t('line.speed')}>${rate(link.speedBitsPerSecond)}</td>
          <td class="number" data-label=${t('line.in')}>${rate(link.inBitsPerSecond)}</td>
          <td class="number" data-label=${t('line.out')}>${rate(link.outBitsPerSecond)}</td>
          ${this.#seen(link)}
        </tr>`)}
        ${this.others.map((other) => html`<tr>
          <th scope="row">${has(`subject.${other.subject}`) ? t(`subject.${other.subject}`) : other.subject}</th>
          ${this.#state(other)}
          <td class="number" colspan="3" data-label=${t('line.connect')}>${this.#took(other)}</td>
          ${this.#seen(other)}
        </tr>`)}
      </tbody>
    </table>`;
  }

  /** @param {import('../types.js').School['others'][number]} other */
  #took({connectMillis = null, responseMillis = null}) {
    if (responseMillis !== null) return t('line.responded', {millis: plain(responseMillis)});
    return connectMillis === null ? '—' : t('line.connected', {millis: plain(connectMillis)});
  }

  /** @param {Reading} reading */
  #state(reading) {
    const state = reading.up === null ? 'unknown' : reading.up ? 'up' : 'down';
    return html`<td data-label=${t('line.state')}><span class="device" data-up=${state}>${t(`device.${state}`)}</span>
      ${reading.reason ? html`<small>${reasonOf(reading.reason)}</small>` : nothing}</td>`;
  }

  /** @param {Reading} reading */
  #seen(reading) {
    return html`<td data-label=${t('line.seen')} title=${moment(reading.seen)}>${ago(reading.seen)}</td>`;
  }
}

/** @param {string} code as the agent gives it; one without a sentence of ours is shown as it is */
export function reasonOf(code) {
  return has(`reason.${code}`) ? t(`reason.${code}`) : code;
}

customElements.define('link-list', LinkList);

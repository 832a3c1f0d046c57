// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {basis} from '../route.js';
import {t} from '../words.js';
import './coefficient-table.js';
import './gap-table.js';
import './plan-progress.js';

/** How even a region is: coefficients, gaps between kinds of schools, plan against actual. Asks for it by itself. */
class RegionBalance extends Piece {
  static properties = {region: {}, names: {attribute: false}};

  constructor() {
    super();
    this.region = '';
    /** @type {Map<string, import('../types.js').Named>} schools by code */
    this.names = new Map();
    /** @type {Answer<import('../types.js').Balance>} */
    this.balance = new Answer(this, (signal) => get(`/regions/${this.region}/balance`, basis(), signal));
    this.asked = '';
  }

  willUpdate() {
    const {profile, at} = basis();
    const wanted = JSON.stringify([this.region, frame.context?.account?.username, profile, at]);
    if (this.region && wanted !== this.asked) void this.balance.run({anew: true});
    this.asked = wanted;
  }

  render() {
    const {value, problem} = this.balance;
    return html`<section class="part" aria-labelledby="part-balance">
      <h2 id="part-balance">${t('balance.balance')}</h2>
      ${problem && !value ? html`<p class="stale" role="alert">${t('balance.fault')}
          <button class="quiet" type="button" @click=${() => this.balance.run()}>${t('fault.again')}</button></p>`
        : value ? this.#whole(value) : html`<p class="note">${t('wait.loading')}</p>`}
    </section>`;
  }

  /** @param {import('../types.js').Balance} value */
  #whole(value) {
    return html`
      ${value.coefficients.length === 0 ? nothing
        : html`<coefficient-table .coefficients=${value.coefficients} .names=${this.names}></coefficient-table>`}
      <gap-table .gaps=${value.gaps}></gap-table>
      ${value.plan ? html`<plan-progress .plan=${value.plan} .at=${value.at}></plan-progress>` : nothing}`;
  }
}

customElements.define('region-balance', RegionBalance);

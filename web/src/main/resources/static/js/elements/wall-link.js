// @ts-check
import {html, nothing} from 'lit';
import {send} from '../api.js';
import {faultText} from '../faults.js';
import {moment} from '../figures.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {nameOf, t} from '../words.js';

const ROLES = ['ADMINISTRATOR', 'BUREAU', 'TECHNICIAN'];

/** Makes the link for a screen on a wall: it opens that one page, reads, and stays good without anybody signed in. Says `made`. */
class WallLink extends Piece {
  static properties = {made: {state: true}, fault: {state: true}};

  constructor() {
    super();
    /** @type {{path: string, expiresAt: string}|null} */
    this.made = null;
    /** @type {unknown} */
    this.fault = null;
  }

  /** @param {SubmitEvent} event */
  async #make(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    this.fault = null;
    this.made = null;
    try {
      this.made = await send('POST', `/regions/${encodeURIComponent(String(form.get('region')))}/wall`, {days: Number(form.get('days'))});
      this.dispatchEvent(new Event('made'));
    } catch (fault) {
      this.fault = fault;
    }
  }

  render() {
    if (!ROLES.includes(frame.context?.account?.role ?? '') || frame.regions.length === 0) return nothing;
    return html`<h2>${t('wall.heading')}</h2>
      <p>${t('wall.linkMeans')}</p>
      ${this.made ? html`<p role="status">${t('wall.linkMade', {until: moment(this.made.expiresAt)})}</p>
        <p><code class="secret">${location.origin}${this.made.path}</code></p>` : nothing}
      ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
      <form class="stack" @submit=${this.#make}>
        <label>${t('school.region')}<select name="region">${frame.regions.map((region) => html`<option value=${region.code}>${nameOf(region)}</option>`)}</select></label>
        <label>${t('token.days')}<input name="days" type="number" min="1" max="366" value="366" required></label>
        <button>${t('wall.makeLink')}</button>
      </form>`;
  }
}

customElements.define('wall-link', WallLink);

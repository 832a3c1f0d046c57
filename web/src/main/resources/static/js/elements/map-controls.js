// @ts-check
import {html, nothing} from 'lit';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {query, refine} from '../route.js';
import {pick, t} from '../words.js';
import './rule-filter.js';

/** By which profile, which target and of which day the map is; all of it lies in the address. */
class MapControls extends Piece {
  static properties = {rule: {}};

  constructor() {
    super();
    this.rule = '';
  }

  render() {
    const newest = frame.context?.asOf ?? '';
    return html`<div class="tools map-controls">
      ${this.#profiles()}
      <rule-filter .rule=${this.rule}></rule-filter>
      <label class="field">
        <span>${t('map.date')}</span>
        <input type="date" name="at" .value=${frame.asOf} max=${newest} @change=${this.#date}>
      </label>
      <button type="button" class="lapse-open" aria-pressed=${query('lapse') ? 'true' : 'false'}
        @click=${() => refine({lapse: query('lapse') ? '' : frame.asOf})}>${query('lapse') ? t('lapse.close') : t('lapse.open')}</button>
    </div>`;
  }

  #profiles() {
    if (frame.profiles.length < 2) return nothing;
    const shown = frame.profile?.id;
    return html`<label class="field">
      <span>${t('map.profile')}</span>
      <select name="profile" @change=${this.#profile}>
        ${frame.profiles.map((profile) => html`<option value=${profile.id} ?selected=${profile.id === shown}
          >${pick(profile.title, profile.titleEn)}</option>`)}
      </select>
    </label>`;
  }

  /** Another profile has other targets. @param {Event} event */
  #profile(event) {
    const id = /** @type {HTMLSelectElement} */ (event.target).value;
    refine({profile: id === frame.context?.profile ? '' : id, rule: '', lapse: ''});
  }

  /** @param {Event} event */
  #date(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const newest = frame.context?.asOf ?? '';
    if (!input.value || input.value > newest) {
      input.value = frame.asOf;
      return;
    }
    refine({at: input.value === newest ? '' : input.value, lapse: ''});
  }
}

customElements.define('map-controls', MapControls);

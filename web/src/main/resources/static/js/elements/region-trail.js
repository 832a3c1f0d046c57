// @ts-check
import {html, nothing} from 'lit';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {addresses, href, place, query} from '../route.js';
import {nameOf, t} from '../words.js';

/** @typedef {import('../types.js').Region} Region */

/** Where one is: each level is a link and opens its siblings. */
class RegionTrail extends Piece {
  #again = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    addresses.addEventListener('moved', this.#again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    addresses.removeEventListener('moved', this.#again);
  }

  /** @returns {Region[]} from the root to the region of the address */
  #levels() {
    const {page, code} = place();
    const named = page === 'map' || page === 'sheet' ? code : page === 'schools' ? query('region')
      : page === 'school' || page === 'school-sheet' ? frame.here : null;
    const levels = [];
    for (let region = frame.region(named || frame.context?.root || null); region; region = frame.region(region.parent)) {
      if (levels.includes(region)) break;
      levels.unshift(region);
    }
    return levels;
  }

  /** @param {Region} region */
  #address(region) {
    if (place().page === 'schools') return href('/schools', {region: region.code, rule: query('rule'), verdict: query('verdict')});
    if (place().page === 'sheet' || place().page === 'school-sheet') {
      return href(`/sheet/${region.code}`, {gaps: query('gaps'), sort: query('sort')});
    }
    return region.code === frame.context?.root
      ? href('/', {rule: query('rule')})
      : href(`/regions/${region.code}`, {rule: query('rule')});
  }

  render() {
    const levels = this.#levels();
    if (levels.length === 0) return nothing;
    return html`<nav class="trail" aria-label=${t('trail.label')}><ol>
      ${levels.map((region, depth) => html`<li>
        <a href=${this.#address(region)} aria-current=${depth === levels.length - 1 && ['map', 'sheet'].includes(place().page) ? 'page' : 'false'}
          >${nameOf(region)}</a>${this.#menu(region, depth === levels.length - 1)}</li>`)}
    </ol></nav>`;
  }

  /** The siblings of a level; of the last one its divisions too. @param {Region} region @param {boolean} last */
  #menu(region, last) {
    const siblings = frame.regions.filter((other) => other.parent === region.parent && region.parent !== null);
    const below = last ? frame.regions.filter((other) => other.parent === region.code) : [];
    if (siblings.length + below.length < 2) return nothing;
    return html`<details class="menu">
      <summary aria-label=${t('trail.open', {name: nameOf(region)})}>▾</summary>
      <ul class="sheet-menu">${[...siblings, ...below].map((other) => html`<li>
        <a href=${this.#address(other)} aria-current=${other === region ? 'true' : 'false'}
          ><span>${nameOf(other)}</span> <small>${t('count.schools', {n: other.schools})}</small></a></li>`)}
      </ul>
    </details>`;
  }
}

customElements.define('region-trail', RegionTrail);

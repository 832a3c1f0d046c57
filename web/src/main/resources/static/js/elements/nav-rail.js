// @ts-check
import {html} from 'lit';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {addresses, href, place} from '../route.js';
import {t} from '../words.js';

const STOPS = [
  {page: 'map', path: '/', also: []},
  {page: 'sheet', path: '/sheet', also: ['school-sheet']},
  {page: 'problems', path: '/problems', also: ['device', 'agents', 'discovered']},
  {page: 'schools', path: '/schools', also: ['school']},
  {page: 'targets', path: '/targets', also: []},
  {page: 'admin', path: '/admin', also: [], role: 'ADMINISTRATOR'},
];

/** The pages there are: a rail at the left, a bar at the bottom of a phone. */
class NavRail extends Piece {
  #again = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    addresses.addEventListener('moved', this.#again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    addresses.removeEventListener('moved', this.#again);
  }

  render() {
    const {page: here, code} = place();
    const sheet = here === 'map' && code ? `/sheet/${code}` : '/sheet'; // the region one looks at stays
    return html`<nav class="rail" aria-label=${t('nav.label')}>
      ${STOPS.filter(({role}) => !role || role === frame.context?.account?.role).map((stop) => html`<a href=${href(stop.page === 'sheet' ? sheet : stop.path)}
        aria-current=${here === stop.page ? 'page' : stop.also.includes(here) ? 'true' : 'false'}>${t(`nav.${stop.page}`)}</a>`)}
    </nav>`;
  }
}

customElements.define('nav-rail', NavRail);

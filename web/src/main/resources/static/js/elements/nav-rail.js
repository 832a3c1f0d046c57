// @ts-check
import {html, nothing} from 'lit';
import {getWith} from '../api.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {addresses, href, place} from '../route.js';
import {t} from '../words.js';

const STOPS = [
  {page: 'map', path: '/', also: []},
  {page: 'sheet', path: '/sheet', also: ['school-sheet']},
  {page: 'problems', path: '/problems', also: ['device', 'agents', 'discovered']},
  {page: 'alerts', path: '/alerts', also: ['channels'], signedIn: true},
  {page: 'requests', path: '/requests', also: [], signedIn: true},
  {page: 'tasks', path: '/tasks', also: [], signedIn: true},
  {page: 'schools', path: '/schools', also: ['school', 'self-check']},
  {page: 'targets', path: '/targets', also: []},
  {page: 'reports', path: '/reports', also: [], signedIn: true},
  {page: 'admin', path: '/admin', also: [], role: 'ADMINISTRATOR'},
];

/** The pages there are: a rail at the left, a bar at the bottom of a phone. */
class NavRail extends Piece {
  /** @type {number|undefined} */
  clock = undefined;
  counted = '';

  #again = () => this.requestUpdate();

  /** How many of the schools' requests wait; nobody but an account is told. */
  #count = async () => {
    const account = frame.context?.account;
    if (!account || account.mustChange) return;
    try {
      const {rechecks, objections} = await getWith('/requests?size=1', {});
      frame.waiting = rechecks + objections;
    } catch {
      return; // the number as it was; every page says by itself what it could not get
    }
    frame.changed();
  };

  connectedCallback() {
    super.connectedCallback();
    addresses.addEventListener('moved', this.#again);
    window.addEventListener('requests-changed', this.#count);
    this.clock = setInterval(this.#count, 60_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    addresses.removeEventListener('moved', this.#again);
    window.removeEventListener('requests-changed', this.#count);
    clearInterval(this.clock);
  }

  willUpdate() {
    const account = frame.context?.account?.username ?? '';
    if (account === this.counted) return;
    this.counted = account;
    frame.waiting = 0;
    void this.#count();
  }

  render() {
    const {page: here, code} = place();
    const sheet = here === 'map' && code ? `/sheet/${code}` : '/sheet'; // the region one looks at stays
    return html`<nav class="rail" aria-label=${t('nav.label')}>
      ${STOPS.filter(({role, signedIn}) =>
        (!role || role === frame.context?.account?.role) && (!signedIn || frame.context?.account)).map((stop) => html`<a data-stop=${stop.page} href=${href(stop.page === 'sheet' ? sheet : stop.path)}
        aria-current=${here === stop.page ? 'page' : stop.also.includes(here) ? 'true' : 'false'}>${t(`nav.${stop.page}`)}${stop.page === 'requests' && frame.waiting
          ? html` <span class="count">${frame.waiting}<span class="unseen"> ${t('requests.wait')}</span></span>` : nothing}</a>`)}
    </nav>`;
  }
}

customElements.define('nav-rail', NavRail);

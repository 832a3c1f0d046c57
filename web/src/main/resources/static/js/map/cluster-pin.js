// @ts-check
import * as L from 'leaflet';
import {markOf, worst} from '../verdicts.js';
import {t} from '../words.js';

/** Several schools at one place: how many of them are not met, of how many. */
export class ClusterPin {
  /**
   * @param {import('./pin.js').Pin[]} pins
   * @param {(bounds: L.LatLngBounds) => void} open looks at them from nearer
   */
  constructor(pins, open) {
    this.pins = pins;
    const notMet = pins.filter((pin) => pin.verdict === 'NOT_MET').length;
    const verdict = worst(pins.map((pin) => pin.verdict));
    const bounds = L.latLngBounds(pins.map((pin) => pin.marker.getLatLng()));
    const face = document.createElement('span');
    face.className = 'cluster-face';
    face.textContent = `${markOf(verdict)} ${notMet}/${pins.length}`;
    this.marker = L.marker(bounds.getCenter(), {
      icon: L.divIcon({html: face, className: 'cluster', iconSize: [0, 0]}), keyboard: false, zIndexOffset: 6000,
    });
    this.marker.on('add', () => {
      const node = this.node;
      node.tabIndex = 0;
      node.dataset.verdict = verdict;
      node.setAttribute('role', 'button');
      node.setAttribute('aria-label', t('map.cluster', {n: pins.length, notMet}));
      node.title = t('map.cluster', {n: pins.length, notMet});
      node.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        open(bounds);
      });
    });
    this.marker.on('click', () => open(bounds));
  }

  /** The marker's element; there once the marker is on a map. */
  get node() {
    return /** @type {HTMLElement} */ (this.marker.getElement());
  }
}

// @ts-check
import * as L from 'leaflet';
import {around} from './labels.js';
import {widthOf} from './pin.js';

const OFF = 24;

/** The name of a division: above its outline, or below it, or nowhere while there is no room. */
export class AreaHead {
  /** @param {string} words @param {L.LatLngBounds} bounds of the outline @param {L.LayerGroup} layer it is drawn in */
  constructor(words, bounds, layer) {
    const middle = bounds.getCenter().lng;
    this.words = words;
    this.spots = [L.latLng(bounds.getNorth(), middle), L.latLng(bounds.getSouth(), middle)];
    this.text = document.createElement('span');
    this.text.textContent = words;
    this.marker = L.marker(this.spots[0], {
      icon: L.divIcon({html: this.text, className: 'area-name', iconSize: [0, 0]}), interactive: false, keyboard: false,
    });
    layer.addLayer(this.marker);
  }

  /** Other words at the same place. @param {string} words */
  say(words) {
    if (words === this.words) return;
    this.words = words;
    this.text.textContent = words;
  }

  /** @param {L.Map} map @returns {import('./labels.js').Box[]} where it may stand */
  places(map) {
    return this.spots.map((spot, index) => {
      const {x, y} = map.latLngToContainerPoint(spot);
      return around(x, index === 0 ? y - OFF : y + OFF, widthOf(this.words), 20);
    });
  }

  /** @param {number} place index of the place it has; -1 for none */
  stand(place) {
    this.text.hidden = place < 0;
    if (place < 0) return;
    this.text.className = place === 0 ? 'over' : 'under';
    this.marker.setLatLng(this.spots[place]);
  }
}

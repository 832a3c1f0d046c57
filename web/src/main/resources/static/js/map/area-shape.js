// @ts-check
import * as L from 'leaflet';
import {percent} from '../figures.js';
import {nameOf, t} from '../words.js';
import {inScope, stepOf} from './shares.js';

/** @typedef {import('./shares.js').AreaCounts} AreaCounts */
/** @typedef {import('./shares.js').Thresholds} Thresholds */

/** A division on the map: its outline, filled by the share of its schools that is met; a link to its own map. */
export class AreaShape {
  /**
   * @param {any} feature
   * @param {(type: 'enter'|'point-area', code: string|null) => void} tell
   */
  constructor(feature, tell) {
    this.properties = feature.properties;
    this.layer = L.geoJSON(feature, {style: () => ({className: 'area', weight: 1})});
    const {code} = this.properties;
    this.layer.on('click', () => tell('enter', code));
    this.layer.on('mouseover', () => tell('point-area', code));
    this.layer.on('mouseout', () => tell('point-area', null));
    this.tell = tell;
    this.words = nameOf(this.properties);
  }

  /** The paths in the document; there once the layer is on a map. @returns {SVGElement[]} */
  get nodes() {
    /** @type {SVGElement[]} */
    const nodes = [];
    this.layer.eachLayer((part) => {
      const node = /** @type {L.Path} */ (part).getElement();
      if (node instanceof SVGElement) nodes.push(node);
    });
    return nodes;
  }

  /** Makes the outline a stop of the Tab key. @param {boolean} enters whether it leads anywhere */
  listen(enters) {
    for (const node of this.nodes) {
      node.dataset.code = this.properties.code;
      if (!enters) continue;
      node.setAttribute('tabindex', '0');
      node.setAttribute('role', 'link');
      node.addEventListener('focus', () => this.tell('point-area', this.properties.code));
      node.addEventListener('blur', () => this.tell('point-area', null));
      node.addEventListener('keydown', (event) => {
        if (/** @type {KeyboardEvent} */ (event).key === 'Enter') this.tell('enter', this.properties.code);
      });
    }
  }

  /** @param {AreaCounts|null} counts null when there are none of that day @param {Thresholds} thresholds */
  fill(counts, thresholds) {
    const all = counts ? inScope(counts) : 0;
    const share = counts && all > 0 ? `${counts.met}/${all} ${percent(counts.met / all)}` : '—';
    this.words = `${nameOf(this.properties)} ${share}`;
    for (const node of this.nodes) {
      node.dataset.step = counts ? stepOf(counts, thresholds) : 'none';
      node.setAttribute('aria-label', counts && all > 0
        ? t('map.area', {name: nameOf(this.properties), met: counts.met, n: all, insufficient: counts.insufficient})
        : t('map.areaUnknown', {name: nameOf(this.properties)}));
    }
  }

  /** @param {boolean} pointed */
  mark(pointed) {
    for (const node of this.nodes) node.classList.toggle('pointed', pointed);
  }
}

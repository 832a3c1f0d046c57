// @ts-check
import * as L from 'leaflet';
import {DISPUTED_MARK, markOf, ORDER, spoken} from '../verdicts.js';
import {nameOf} from '../words.js';

/** @typedef {import('../types.js').Outcome} Outcome */
/**
 * @typedef {import('../types.js').Named & {code: string, disputed: boolean, verdicts: Record<string, Outcome>, state: string}} Placed
 */

const ruler = document.createElement('canvas').getContext('2d');
/** @type {Map<string, number>} */
const widths = new Map();

/** A school on the map: its mark, its name when there is room, its tooltip always. The element stays, its looks change. */
export class Pin {
  /** @type {Outcome} */
  verdict = 'NO_RULE';
  disputed = false;

  /** @param {Placed} school @param {[number, number]} position longitude, latitude */
  constructor(school, position) {
    this.school = school;
    this.stamp = element('span', 'stamp');
    this.badge = element('span', 'badge');
    this.name = element('span', 'pin-name');
    const face = element('span', 'pin-face');
    face.append(this.stamp, this.badge, this.name);
    this.marker = L.marker([position[1], position[0]], {
      icon: L.divIcon({html: face, className: 'pin', iconSize: [0, 0]}),
      keyboard: false,
    });
    this.marker.bindTooltip(() => this.#tip(), {direction: 'top', offset: [0, -12], className: 'pin-tip', opacity: 1});
  }

  /** The marker's element; there once the marker is on a map. */
  get node() {
    return /** @type {HTMLElement} */ (this.marker.getElement());
  }

  /** @param {Outcome} verdict @param {boolean} disputed */
  show(verdict, disputed) {
    this.verdict = verdict;
    this.disputed = disputed;
    const node = this.node;
    node.dataset.verdict = verdict;
    node.dataset.code = this.school.code;
    node.setAttribute('role', 'button');
    node.setAttribute('aria-label', `${nameOf(this.school)}: ${spoken(verdict, disputed)}`);
    this.stamp.textContent = markOf(verdict);
    this.badge.textContent = disputed ? DISPUTED_MARK : '';
    this.name.textContent = nameOf(this.school);
    this.marker.setZIndexOffset((ORDER.length - ORDER.indexOf(verdict)) * 1000);
  }

  /** Width of the name in pixels as the map draws it. */
  get width() {
    return widthOf(nameOf(this.school));
  }

  #tip() {
    const tip = element('span', 'tip');
    tip.append(nameOf(this.school));
    const verdict = element('span', 'verdict');
    verdict.dataset.verdict = this.verdict;
    verdict.textContent = spoken(this.verdict, this.disputed);
    tip.append(verdict);
    return tip;
  }
}

/** @param {string} name @returns {number} its width in pixels as the map draws it */
export function widthOf(name) {
  let width = widths.get(name);
  if (width === undefined && ruler) {
    ruler.font = `13px ${getComputedStyle(document.body).fontFamily}`;
    width = Math.min(MOST_WIDE, Math.ceil(ruler.measureText(name).width) + 4);
    widths.set(name, width);
  }
  return width ?? MOST_WIDE;
}

/** Longer names are cut with an ellipsis on the map (as map.css says); the tooltip has them whole. */
const MOST_WIDE = 168;

/** @param {string} tag @param {string} className */
function element(tag, className) {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

// @ts-check
import {html, nothing, svg} from 'lit';
import {Piece} from '../piece.js';
import {pick, t} from '../words.js';

/** @typedef {{geometry: {type: string, coordinates: any}, properties: any}} Feature */

const WIDTH = 1000;
const HEIGHT = 800;
const EDGE = 40;

/** Shapes that tell verdicts apart without colour, drawn around 0,0; those that need somebody are the largest. */
const MARKS = {
  MET: svg`<circle r="9"></circle>`,
  NOT_MET: svg`<path d="M-13 -13L13 13M13 -13L-13 13"></path>`,
  INSUFFICIENT_DATA: svg`<circle class="hollow" r="10"></circle>`,
  NOT_APPLICABLE: svg`<circle class="hollow" r="4"></circle>`,
};

/** The region's areas and schools as a drawing without controls: nobody stands near enough to use them. */
class WallMap extends Piece {
  static properties = {map: {attribute: false}};

  constructor() {
    super();
    /** @type {{features: Feature[]}|null} */
    this.map = null;
  }

  render() {
    const features = this.map?.features ?? [];
    const place = projection(features);
    if (!place) return html`<p class="wall-empty">${t('wall.noPlaces')}</p>`;
    const areas = features.filter(({properties}) => properties.kind === 'area');
    const schools = features.filter(({properties}) => properties.kind === 'school');
    const order = ['NOT_APPLICABLE', 'MET', 'INSUFFICIENT_DATA', 'NOT_MET'];
    schools.sort((a, b) => order.indexOf(a.properties.verdict) - order.indexOf(b.properties.verdict));
    return html`<svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label=${t('wall.map')}>
      ${areas.map(({geometry, properties}) => svg`<path class="wall-area" data-source=${properties.source} d=${outline(geometry, place)}></path>`)}
      ${schools.map(({geometry, properties}) => {
        const [x, y] = place(geometry.coordinates);
        return svg`<g class="wall-school" data-verdict=${properties.verdict} transform=${`translate(${x} ${y})`}>${
          MARKS[/** @type {'MET'} */ (properties.verdict)] ?? nothing}</g>`;
      })}
      ${schools.length > 0 && areas.length > 12 ? nothing : this.#names(areas, place)}
    </svg>`;
  }

  /** Names of areas, each at its middle; none above another. @param {Feature[]} areas @param {(point: number[]) => number[]} place */
  #names(areas, place) {
    /** @type {number[][]} */
    const taken = [];
    return areas.map(({geometry, properties}) => {
      const points = rings(geometry).flat().map(place);
      const x = middle(points.map((point) => point[0]));
      const y = Math.min(...points.map((point) => point[1])) + 44;
      if (taken.some(([otherX, otherY]) => Math.abs(otherX - x) < 300 && Math.abs(otherY - y) < 56)) return nothing;
      taken.push([x, y]);
      return svg`<text class="wall-name" x=${x} y=${Math.max(48, y)}>${pick(properties.name, properties.nameEn)}</text>`;
    });
  }
}

/** @param {number[]} values */
function middle(values) {
  return (Math.min(...values) + Math.max(...values)) / 2;
}

/** @param {{type: string, coordinates: any}} geometry @returns {number[][][]} */
function rings(geometry) {
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : geometry.coordinates;
}

/** @param {{type: string, coordinates: any}} geometry @param {(point: number[]) => number[]} place */
function outline(geometry, place) {
  return rings(geometry).map((ring) => `M${ring.map((point) => place(point).map((n) => n.toFixed(1)).join(' ')).join('L')}Z`).join('');
}

/**
 * Degrees to the drawing: all of it fits, a degree of longitude is as short as it is at that latitude.
 *
 * @param {Feature[]} features
 * @returns {((point: number[]) => number[])|null} null when nothing has a place
 */
function projection(features) {
  const points = features.flatMap(({geometry}) => (geometry.type === 'Point' ? [geometry.coordinates] : rings(geometry).flat()));
  if (points.length === 0) return null;
  const lons = points.map((point) => point[0]);
  const lats = points.map((point) => point[1]);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const wide = Math.max((east - west) * squeeze, 1e-4);
  const high = Math.max(north - south, 1e-4);
  const scale = Math.min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high);
  return ([lon, lat]) => [
    WIDTH / 2 + (lon - (west + east) / 2) * squeeze * scale,
    HEIGHT / 2 - (lat - (south + north) / 2) * scale,
  ];
}

customElements.define('wall-map', WallMap);

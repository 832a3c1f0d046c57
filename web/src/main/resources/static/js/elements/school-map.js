// @ts-check
import * as L from 'leaflet';
import {html, nothing} from 'lit';
import {AreaHead} from '../map/area-head.js';
import {AreaShape} from '../map/area-shape.js';
import {ClusterPin} from '../map/cluster-pin.js';
import {gather} from '../map/clusters.js';
import {Pin} from '../map/pin.js';
import {SIDES, around, beside, placeNames} from '../map/labels.js';
import {throttled, Piece} from '../piece.js';
import {ORDER, verdictUnder} from '../verdicts.js';
import {language, t} from '../words.js';

const CALM = matchMedia('(prefers-reduced-motion: reduce)').matches;
/** @type {Record<string, [number, number]>} */
const STEPS = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

/** From here on no nearer look could part two marks. */
const NEAREST = 17;

/**
 * The district drawn from its schools, on Tianditu's ground where the server has a key for it. Divisions are outlines filled by the share met, schools are pins, and
 * pins that would cover each other stand as one. Says `choose` when a school is picked and `open` when the chosen one is
 * picked again, `point` while one is pointed at (null when none), `enter` when a division is picked, `point-area` while one
 * is pointed at.
 */
class SchoolMap extends Piece {
  static properties = {
    features: {attribute: false},
    rules: {attribute: false},
    chosen: {},
    pointed: {},
    pointedArea: {},
    thresholds: {attribute: false},
    past: {attribute: false},
    approval: {attribute: false},
    ground: {},
    region: {},
  };

  /** @type {L.Map|null} */
  #map = null;
  /** @type {Map<string, Pin>} */
  #pins = new Map();
  #areas = L.layerGroup();
  #clusters = L.layerGroup();
  /** @type {AreaHead[]} */
  #heads = [];
  /** @type {AreaShape[]} */
  #shapes = [];
  /** @type {Set<Pin>} pins that stand in a cluster */
  #gathered = new Set();
  #clustered = '';
  #groups = '';
  /** @type {any[]|null} features drawn */
  #drawn = null;
  #lettered = '';
  #fitted = '';
  #letter = throttled(() => {
    this.#gather();
    this.#placeNames();
  }, 60);
  #sized = new ResizeObserver(() => this.#map?.invalidateSize({pan: false}));

  constructor() {
    super();
    /** @type {any[]} */
    this.features = [];
    /** @type {string[]} */
    this.rules = [];
    this.chosen = '';
    this.pointed = '';
    this.pointedArea = '';
    this.region = '';
    this.thresholds = {basically: 1, fully: 1};
    /** @type {Map<string, import('../map/shares.js').AreaCounts>|null} counts of a day gone by, instead of the schools */
    this.past = null;
    /** @type {{approvalNumber: string|null, source: string|null}|null} null when no boundary is drawn */
    this.approval = null;
    /** The approval number of the map under the schools; empty when there is none. */
    this.ground = '';
  }

  render() {
    return html`<svg class="map-patterns" width="0" height="0" aria-hidden="true"><defs>
        <pattern id="area-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="7"></line></pattern></defs></svg>
      <div class="map-ground" role="group" aria-label=${t('map.label')} @keydown=${this.#steer}></div>
      ${this.ground ? html`<p class="map-ground-note"><span>${t('map.ground', {number: this.ground})}</span>
        <span class="groundless">${t('map.groundless')}</span></p>` : nothing}
      ${this.approval ? html`<p class="map-approval">${this.approval.approvalNumber
        ? t('map.approval', {number: this.approval.approvalNumber}) : t('map.unapproved')}${this.approval.source
        ? html` · ${this.approval.source}` : nothing}</p>` : nothing}`;
  }

  firstUpdated() {
    const ground = /** @type {HTMLElement} */ (this.querySelector('.map-ground'));
    const map = L.map(ground, {
      attributionControl: false, zoomControl: false, zoomSnap: 0.25, maxZoom: NEAREST, minZoom: 4,
      scrollWheelZoom: false, zoomAnimation: !CALM, fadeAnimation: !CALM, markerZoomAnimation: !CALM,
    });
    this.#map = map;
    L.control.scale({imperial: false}).addTo(map);
    if (this.ground) {
      for (const layer of ['vec', 'cva']) {
        L.tileLayer(`/tiles/${layer}/{z}/{x}/{y}`, {maxNativeZoom: 18}).on('tileerror', () => this.toggleAttribute('data-groundless', true))
          .on('tileload', () => this.toggleAttribute('data-groundless', false)).addTo(map);
      }
    }
    this.#areas.addTo(map);
    this.#clusters.addTo(map);
    map.on('zoomend moveend resize', this.#letter);
    map.on('click focus', () => map.scrollWheelZoom.enable());
    ground.addEventListener('pointerleave', () => map.scrollWheelZoom.disable());
    this.#sized.observe(ground);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sized.disconnect();
    this.#map?.remove();
    this.#map = null;
  }

  updated() {
    if (!this.#map) return;
    this.#nameControls();
    if (this.#drawn !== this.features) this.#draw();
    for (const pin of this.#pins.values()) {
      pin.show(verdictUnder(pin.school.verdicts, this.rules), pin.school.disputed);
      pin.node.classList.toggle('chosen', pin.school.code === this.chosen);
      pin.node.classList.toggle('pointed', pin.school.code === this.pointed);
    }
    this.toggleAttribute('data-past', this.past !== null);
    this.#fillAreas();
    this.#clustered = '';
    this.#followPointing();
    this.#letter();
  }

  /** Areas by the share met, today's or that of the day the time-lapse shows. */
  #fillAreas() {
    this.#shapes.forEach((shape, index) => {
      const {code, counts} = shape.properties;
      shape.fill(this.past ? this.past.get(code) ?? null : counts, this.thresholds);
      shape.mark(code === this.pointedArea);
      this.#heads[index].say(shape.words);
    });
  }

  /** Pins that would cover each other at this zoom stand as one; the chosen and the pointed one always stand alone. */
  #gather() {
    const map = this.#map;
    if (!map) return;
    const key = `${map.getZoom()} ${map.getSize()} ${this.chosen} ${this.pointed}`;
    if (key === this.#clustered) return;
    this.#clustered = key;
    const size = parseFloat(this.style.getPropertyValue('--pin')) || 22;
    const alone = map.getZoom() >= NEAREST ? () => true
      : (/** @type {Pin} */ pin) => pin.school.code === this.chosen || pin.school.code === this.pointed;
    const spots = [...this.#pins.values()].filter((pin) => !alone(pin)).map((pin) => {
      const {x, y} = map.latLngToLayerPoint(pin.marker.getLatLng());
      return {x, y, of: pin};
    });
    const groups = gather(spots, size * 0.85).filter((group) => group.length > 1).map((group) => group.map((spot) => spot.of));
    const drawn = JSON.stringify(groups.map((pins) => pins.map((pin) => [pin.school.code, pin.verdict])));
    if (drawn === this.#groups) { // whoever stands on one keeps the focus
      this.#keepStop();
      return;
    }
    this.#groups = drawn;
    this.#clusters.clearLayers();
    this.#gathered.clear();
    for (const pins of groups) {
      pins.forEach((pin) => this.#gathered.add(pin));
      this.#clusters.addLayer(new ClusterPin(pins, (bounds) =>
        map.fitBounds(bounds, {padding: [60, 60], maxZoom: NEAREST, animate: !CALM})).marker);
    }
    for (const pin of this.#pins.values()) pin.node.classList.toggle('gathered', this.#gathered.has(pin));
    this.#keepStop();
  }

  /** One pin that can be seen is the stop of the Tab key. */
  #keepStop() {
    const stop = this.querySelector('.pin[tabindex="0"]');
    if (stop && !stop.classList.contains('gathered')) return;
    stop?.setAttribute('tabindex', '-1');
    this.querySelector('.pin:not(.gathered)')?.setAttribute('tabindex', '0');
  }

  /** Leaflet writes its buttons' titles once; they follow the language here. */
  #nameControls() {
    if (this.#lettered === language() || !this.#map) return;
    this.#lettered = language();
    this.#zoom?.remove();
    this.#zoom = L.control.zoom({zoomInTitle: t('map.closer'), zoomOutTitle: t('map.farther')}).addTo(this.#map);
    this.#drawn = null;
    this.#groups = '';
  }

  /** @type {L.Control.Zoom|null} */
  #zoom = null;

  #draw() {
    const map = /** @type {L.Map} */ (this.#map);
    this.#drawn = this.features;
    const schools = this.features.filter((feature) => feature.properties.kind === 'school');
    const areas = this.features.filter((feature) => feature.properties.kind === 'area');
    this.#frameView(schools, areas);
    this.#drawAreas(areas);
    const kept = new Set(schools.map((feature) => feature.properties.code));
    for (const [code, pin] of this.#pins) {
      if (kept.has(code)) continue;
      pin.marker.remove();
      this.#pins.delete(code);
    }
    for (const {properties, geometry} of schools) {
      const there = this.#pins.get(properties.code);
      if (there) there.school = properties;
      else this.#pins.set(properties.code, this.#pinned(new Pin(properties, geometry.coordinates)));
    }
    const size = map.getSize();
    const room = Math.sqrt((size.x * size.y) / Math.max(1, this.#pins.size));
    this.style.setProperty('--pin', `${Math.round(Math.min(22, Math.max(12, room * 0.3)))}px`);
  }

  /** Looks at everything once for each set of schools; after that the reader's own view stays. @param {any[]} schools @param {any[]} areas */
  #frameView(schools, areas) {
    const key = [...schools, ...areas].map((feature) => feature.properties.code).sort().join();
    if (key === this.#fitted || !key) return;
    this.#fitted = key;
    const bounds = L.geoJSON(/** @type {any} */ ({type: 'FeatureCollection', features: [...areas, ...schools]})).getBounds();
    if (bounds.isValid()) this.#map?.fitBounds(bounds, {paddingTopLeft: [28, 44], paddingBottomRight: [28, 32], maxZoom: 15, animate: false});
  }

  /** @param {Pin} pin */
  #pinned(pin) {
    pin.marker.addTo(/** @type {L.Map} */ (this.#map));
    const code = pin.school.code;
    pin.node.tabIndex = -1;
    pin.marker.on('click', () => this.#tell('choose', code));
    pin.marker.on('mouseover', () => this.#tell('point', code));
    pin.marker.on('mouseout', () => this.#tell('point', null));
    pin.node.addEventListener('focus', () => {
      this.querySelectorAll('.pin[tabindex="0"]').forEach((other) => other.setAttribute('tabindex', '-1'));
      pin.node.tabIndex = 0;
      this.#tell('point', code);
    });
    pin.node.addEventListener('blur', () => this.#tell('point', null));
    return pin;
  }

  /** @param {any[]} areas */
  #drawAreas(areas) {
    this.#areas.clearLayers();
    this.#shapes = areas.map((area) => new AreaShape(area, (type, code) => {
      if (type !== 'enter' || code !== this.region) this.#tell(type, code);
    }));
    this.#heads = this.#shapes.map((shape) => {
      this.#areas.addLayer(shape.layer);
      shape.listen(shape.properties.code !== this.region);
      return new AreaHead(shape.words, shape.layer.getBounds(), this.#areas);
    });
  }

  /** Divisions are named first, then schools in the order of their weight. */
  #placeNames() {
    const map = this.#map;
    if (!map) return;
    const size = parseFloat(this.style.getPropertyValue('--pin')) || 22;
    const view = map.getSize();
    const order = [...this.#pins.values()].filter((pin) => !this.#gathered.has(pin)).sort((one, other) => this.#weight(one) - this.#weight(other));
    const spots = order.map((pin) => {
      const {x, y} = map.latLngToContainerPoint(pin.marker.getLatLng());
      return {x, y, size, width: pin.width};
    });
    const controls = [{left: 0, top: 0, right: 48, bottom: 84}, {left: 0, top: view.y - 36, right: 96, bottom: view.y}];
    const taken = [...controls, ...spots.map((spot) => around(spot.x, spot.y, size, size))];
    const names = [...this.#heads.map((head) => head.places(map)), ...spots.map(beside)];
    const places = placeNames(names, taken, {width: view.x, height: view.y});
    this.#heads.forEach((head, index) => head.stand(places[index]));
    order.forEach((pin, index) => {
      const side = SIDES[places[this.#heads.length + index]] ?? (pin.school.code === this.chosen ? 'above' : 'none');
      pin.node.dataset.side = side;
    });
  }

  /** @param {Pin} pin lower is named first */
  #weight(pin) {
    if (pin.school.code === this.chosen || pin.school.code === this.pointed) return -1;
    return pin.disputed ? 0 : ORDER.indexOf(pin.verdict);
  }

  /** Opens the tooltip of the school that is pointed at elsewhere on the page. */
  #followPointing() {
    for (const pin of this.#pins.values()) {
      const wanted = pin.school.code === this.pointed;
      if (wanted !== pin.marker.isTooltipOpen()) pin.marker[wanted ? 'openTooltip' : 'closeTooltip']();
    }
  }

  /** Arrow keys go from a school to the nearest one in that direction; Enter chooses it. @param {KeyboardEvent} event */
  #steer(event) {
    const code = event.target instanceof HTMLElement ? event.target.dataset.code : undefined;
    const from = code && this.#pins.get(code);
    if (!from || !this.#map) return;
    if (event.key === 'Enter' || event.key === ' ') {
      this.#tell(code === this.chosen ? 'open' : 'choose', code);
    } else if (STEPS[event.key]) {
      this.#nearest(from, STEPS[event.key])?.node.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Pin} from @param {[number, number]} step */
  #nearest(from, step) {
    const map = /** @type {L.Map} */ (this.#map);
    const start = map.latLngToContainerPoint(from.marker.getLatLng());
    let best = null;
    let least = Infinity;
    for (const pin of this.#pins.values()) {
      const there = map.latLngToContainerPoint(pin.marker.getLatLng());
      const along = (there.x - start.x) * step[0] + (there.y - start.y) * step[1];
      const aside = Math.abs((there.x - start.x) * step[1]) + Math.abs((there.y - start.y) * step[0]);
      if (pin === from || this.#gathered.has(pin) || along <= 0 || along + 2 * aside >= least) continue;
      least = along + 2 * aside;
      best = pin;
    }
    return best;
  }

  /** @param {string} type @param {string|null|undefined} code */
  #tell(type, code) {
    this.dispatchEvent(new CustomEvent(type, {detail: code ?? null}));
  }
}

customElements.define('school-map', SchoolMap);

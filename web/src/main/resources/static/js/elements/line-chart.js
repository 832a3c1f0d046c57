// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {drawing} from '../chart/drawing.js';
import {rate} from '../figures.js';
import {live} from '../live.js';
import {Answer, Piece, throttled} from '../piece.js';
import {query, refine} from '../route.js';
import {language, t} from '../words.js';

/** Days shown, and the length of one point. */
const SPANS = {1: 300, 7: 1800, 30: 7200, 140: 86400};
const DARK = matchMedia('(prefers-color-scheme: dark)');

/**
 * @typedef {{t: number, rate: number, counts: boolean}} Test
 * @typedef {{into: import('../types.js').Series, out: import('../types.js').Series, tests: Test[], days: number}} Traffic
 */

/**
 * A test's slowest figure in each step that has one, and whether any of them counts: one that somebody asked for does not.
 *
 * @param {import('../types.js').Series} found @param {import('../types.js').Series} asked
 * @returns {Test[]}
 */
function tests(found, asked) {
  const byAsking = new Map(asked.points.map((point) => [point.t, point.count]));
  return found.points.filter((point) => point.count > 0 && point.min !== null).map((point) => ({
    t: Date.parse(point.t), rate: /** @type {number} */ (point.min), counts: point.count > (byAsking.get(point.t) ?? 0),
  }));
}

/** What one line carried, in lessons and outside them, and the tests of it. The library is fetched when the first chart is shown. */
class LineChart extends Piece {
  static properties = {
    school: {}, subject: {}, speed: {attribute: false}, asked: {attribute: false},
  };

  /** @type {any} */
  #chart = null;
  #drawn = '';
  #sized = new ResizeObserver(() => this.#chart?.resize());
  #recoloured = () => {
    this.#drawn = '';
    this.requestUpdate();
  };
  #fresh = throttled(() => void this.traffic.run(), 60000);

  constructor() {
    super();
    this.school = '';
    this.subject = '';
    /** @type {number|null} bit/s */
    this.speed = null;
    /** @type {number|null} bit/s the policy asks */
    this.asked = null;
    /** @type {Answer<Traffic>} */
    this.traffic = new Answer(this, (signal) => this.#ask(signal));
    this.question = '';
  }

  connectedCallback() {
    super.connectedCallback();
    DARK.addEventListener('change', this.#recoloured);
    live.addEventListener('pulse', this.#fresh);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    DARK.removeEventListener('change', this.#recoloured);
    live.removeEventListener('pulse', this.#fresh);
    this.#sized.disconnect();
    this.#chart?.dispose();
    this.#chart = null;
  }

  /** A day, a week, a month, twenty weeks: a term. @returns {1|7|30|140} */
  get #days() {
    const days = Number(query('days'));
    return days === 7 || days === 30 || days === 140 ? days : 1;
  }

  /** @param {AbortSignal} signal @returns {Promise<Traffic>} */
  async #ask(signal) {
    const days = this.#days;
    const step = SPANS[days];
    const to = Math.ceil(Date.now() / 1000 / step) * step * 1000;
    const tested = `throughput:${this.subject.split(':')[1]}`;
    const ask = (/** @type {string} */ measure, subject = this.subject) =>
      get(`/schools/${encodeURIComponent(this.school)}/series`, {
        subject, measure, step,
        from: new Date(to - days * 86400000).toISOString(), to: new Date(to).toISOString(),
      }, signal);
    const [into, out, found, asked] = await Promise.all([
      ask('inBitsPerSecond'), ask('outBitsPerSecond'), ask('downloadBitsPerSecond', tested), ask('asked', tested)]);
    return {into, out, tests: tests(found, asked), days};
  }

  willUpdate() {
    const question = `${this.school} ${this.subject} ${this.#days}`;
    if (this.school && question !== this.question) void this.traffic.run();
    this.question = question;
  }

  render() {
    const {value, problem} = this.traffic;
    const empty = value && !value.into.points.some((point) => point.count > 0) && !value.out.points.some((point) => point.count > 0);
    return html`<figure class="line-chart">
      <figcaption>${t('chart.caption', {name: this.subject.split(':')[1] ?? this.subject})}
        <span class="switch" role="group" aria-label=${t('chart.span')}>${[1, 7, 30, 140].map((days) => html`<button type="button"
          aria-pressed=${this.#days === days ? 'true' : 'false'}
          @click=${() => refine({days: days === 1 ? '' : String(days)})}>${days === 140 ? t('chart.term') : t('chart.days', {n: days})}</button>`)}</span>
      </figcaption>
      <div class="canvas" role="img" aria-label=${this.#spoken(value)}></div>
      ${!value && !problem ? html`<p class="note" role="status">${t('wait.loading')}</p>` : nothing}
      ${problem ? html`<p class="note" role="alert">${t('chart.fault')}
        <button type="button" @click=${() => this.traffic.run()}>${t('fault.again')}</button></p>` : nothing}
      ${empty ? html`<p class="note">${t('chart.empty')}</p>` : nothing}
    </figure>`;
  }

  /** The chart for those who cannot see it. @param {Traffic|null} traffic */
  #spoken(traffic) {
    if (!traffic) return t('wait.loading');
    const peak = (/** @type {import('../types.js').Series} */ series) =>
      rate(series.points.reduce((/** @type {number|null} */ most, {max}) => (max === null ? most : Math.max(most ?? 0, max)), null));
    const gaps = traffic.into.points.filter((point) => point.count === 0).length;
    return t('chart.spoken', {days: traffic.days, into: peak(traffic.into), out: peak(traffic.out), gaps, n: traffic.into.points.length}) + (traffic.tests.length
      ? t('chart.spokenTests', {count: traffic.tests.length, least: rate(Math.min(...traffic.tests.map((test) => test.rate)))}) : '');
  }

  async updated() {
    const traffic = this.traffic.value;
    const ground = /** @type {HTMLElement|null} */ (this.querySelector('.canvas'));
    if (!traffic || !ground) return;
    const key = `${traffic.days} ${traffic.tests.length} ${traffic.into.points.at(-1)?.t} ${traffic.into.points.length} ${language()} ${this.speed} ${this.asked}`;
    if (key === this.#drawn) return;
    this.#drawn = key;
    const echarts = await import('echarts');
    if (!this.isConnected) return;
    if (!this.#chart) {
      this.#chart = echarts.init(ground, null, {renderer: 'canvas'});
      this.#sized.observe(ground);
    }
    this.#chart.setOption(drawing(traffic, {speed: this.speed, asked: this.asked}, {
      style: getComputedStyle(this), narrow: ground.clientWidth < 600,
    }), true);
  }
}

customElements.define('line-chart', LineChart);

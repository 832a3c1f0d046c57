// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {basis, query, refine} from '../route.js';
import {t} from '../words.js';
import './page-message.js';

/** The whole span goes by in ten seconds. Project default. */
const WHOLE_MILLIS = 10_000;

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * @typedef {import('../map/shares.js').AreaCounts & {code: string}} PastCounts
 * @typedef {{date: string, verdictsOf: string|null, divisions: PastCounts[]}} Step
 */

/**
 * The map through the days: plays, pauses, goes step by step. Says `step` with the step that is shown, null when it ends.
 * Nothing moves by itself where motion is unwanted.
 */
class TimeLapse extends Piece {
  static properties = {region: {}, rule: {}, at: {state: true}, playing: {state: true}};

  constructor() {
    super();
    this.region = '';
    this.rule = '';
    this.at = 0;
    this.playing = false;
    /** @type {number|undefined} */
    this.clock = undefined;
    this.asked = '';
    this.timeline = new Answer(this, (signal) =>
      get(`/regions/${this.region}/timeline`, {rule: this.rule, profile: basis().profile}, signal));
    /** @type {unknown} */
    this.shown = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#pause();
    this.dispatchEvent(new CustomEvent('step', {detail: null}));
  }

  willUpdate() {
    const wanted = JSON.stringify([this.region, this.rule, basis().profile]);
    if (wanted !== this.asked) {
      this.asked = wanted;
      this.#pause();
      void this.timeline.run({anew: true});
    }
  }

  updated() {
    if (!this.timeline.value || this.shown === this.timeline.value) return;
    this.shown = this.timeline.value;
    const there = this.#steps.findIndex((step) => step.date >= query('lapse'));
    this.#show(there < 0 ? this.#steps.length - 1 : there);
  }

  /** @returns {Step[]} */
  get #steps() {
    return /** @type {any} */ (this.timeline.value)?.steps ?? [];
  }

  /** @param {number} index */
  #show(index) {
    this.at = Math.min(Math.max(0, index), this.#steps.length - 1);
    this.dispatchEvent(new CustomEvent('step', {detail: this.#steps[this.at] ?? null}));
  }

  /** Where it stands lies in the address; while it plays it does not. */
  #settle() {
    refine({lapse: this.#steps[this.at]?.date ?? ''}, {replace: true});
  }

  #play() {
    if (calm.matches || this.#steps.length === 0) return;
    if (this.at >= this.#steps.length - 1) this.#show(0);
    this.playing = true;
    this.clock = window.setInterval(() => {
      this.#show(this.at + 1);
      if (this.at >= this.#steps.length - 1) {
        this.#pause();
        this.#settle();
      }
    }, WHOLE_MILLIS / this.#steps.length);
  }

  #pause() {
    window.clearInterval(this.clock);
    this.clock = undefined;
    this.playing = false;
  }

  /** @param {number} by */
  #step(by) {
    this.#pause();
    this.#show(this.at + by);
    this.#settle();
  }

  render() {
    if (this.timeline.problem) {
      return html`<page-message .problem=${this.timeline.problem} .again=${() => this.timeline.run({anew: true})}></page-message>`;
    }
    const steps = this.#steps;
    const step = steps[this.at];
    if (!step) return html`<p class="note lapse-waiting" role="status">${t('lapse.waiting')}</p>`;
    return html`<div class="lapse" role="group" aria-label=${t('lapse.label')}>
      <output class="lapse-date" aria-live=${this.playing ? 'off' : 'polite'}>${step.date}</output>
      ${calm.matches ? nothing : html`<button type="button" class="lapse-play"
        @click=${() => (this.playing ? (this.#pause(), this.#settle()) : this.#play())}
        ><span aria-hidden="true">${this.playing ? '❚❚' : '▶\uFE0E'}</span> ${this.playing ? t('lapse.pause') : t('lapse.play')}</button>`}
      <button type="button" class="lapse-back" ?disabled=${this.at === 0} @click=${() => this.#step(-1)}>${t('lapse.back')}</button>
      <button type="button" class="lapse-next" ?disabled=${this.at >= steps.length - 1} @click=${() => this.#step(1)}>${t('lapse.next')}</button>
      <input type="range" class="lapse-range" min="0" max=${steps.length - 1} .value=${String(this.at)} aria-label=${t('lapse.range')}
        aria-valuetext=${step.date} @input=${(/** @type {Event} */ event) =>
          this.#step(Number(/** @type {HTMLInputElement} */ (event.target).value) - this.at)}>
      <p class="note lapse-says">${this.#says(step)}${calm.matches ? ` ${t('lapse.calm')}` : nothing}</p>
    </div>`;
  }

  /** @param {Step} step */
  #says(step) {
    if (!step.verdictsOf) return t('lapse.none', {date: step.date});
    const empty = this.#steps.filter(({verdictsOf}) => !verdictsOf).length;
    const of = step.verdictsOf === step.date ? t('lapse.of', {date: step.date}) : t('lapse.ofEarlier', {date: step.verdictsOf});
    return empty ? `${of} ${t('lapse.empty', {n: empty, all: this.#steps.length})}` : of;
  }
}

customElements.define('time-lapse', TimeLapse);

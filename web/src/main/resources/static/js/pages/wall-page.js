// @ts-check
import {html, nothing} from 'lit';
import {Problem, getWith} from '../api.js';
import {faultText} from '../faults.js';
import {ago, clock, moment, percent, plain} from '../figures.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {language, pick, t} from '../words.js';
import '../wall/wall-map.js';

/** @typedef {import('../types.js').Wall} Wall */

/** How often it asks. Project default. */
const EVERY_SECONDS = 60;

/** So old may the newest observation be before the wall says so. Project default. */
const STALE_MINUTES = 15;

/** A screen on a wall: map, three numbers, the five worst causes. Asks again by itself, and says when it could not. */
class WallPage extends Piece {
  static properties = {code: {}};

  constructor() {
    super();
    /** @type {string|null} */
    this.code = null;
    /** @type {Wall|null} */
    this.wall = null;
    /** When the figures were had, by this screen's clock. */
    this.had = 0;
    /** @type {unknown} */
    this.problem = null;
    this.asked = '';
    /** @type {number|undefined} */
    this.clock = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    document.documentElement.classList.add('wall');
    this.clock = setInterval(() => void this.#ask(), EVERY_SECONDS * 1000);
    window.addEventListener('online', this.#back);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.documentElement.classList.remove('wall');
    clearInterval(this.clock);
    window.removeEventListener('online', this.#back);
  }

  #back = () => void this.#ask();

  willUpdate() {
    document.title = `${this.wall ? pick(this.wall.name, this.wall.nameEn) : ''} ${t('wall.heading')} · 点到 Rollcall`;
    const asked = `${this.#region} ${this.#key}`;
    if (asked !== this.asked && this.#region) void this.#ask();
    this.asked = asked;
  }

  get #region() {
    return this.code ?? frame.context?.root ?? '';
  }

  /** The key of a wall lies behind the #, where no server and no log sees it. */
  get #key() {
    return decodeURIComponent(location.hash.slice(1));
  }

  async #ask() {
    if (!this.#region) return;
    try {
      /** @type {Record<string, string>} */
      const headers = this.#key ? {authorization: `Wall ${this.#key}`} : {};
      this.wall = await getWith(`/regions/${encodeURIComponent(this.#region)}/wall`, headers);
      this.had = Date.now();
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
    this.requestUpdate();
  }

  render() {
    const {wall, problem} = this;
    if (!wall) {
      return html`<main class="wall-screen wall-message"><h1>${t(problem ? 'wall.cannot' : 'wait.loading')}</h1>
        ${problem ? html`<p role="alert">${faultText(problem)}</p><p>${t('wall.how')}</p>` : nothing}</main>`;
    }
    return html`<main class="wall-screen" tabindex="0">
      <header class="wall-head"><h1>${pick(wall.name, wall.nameEn)}</h1>
        ${frame.context?.simulated ? html`<p>${t('wall.simulated')}</p>` : nothing}
        <p>${t('frame.judgedBy', {profile: wall.profile, date: wall.at})}</p></header>
      ${problem ? html`<p class="wall-alarm" role="alert">${t('wall.old', {at: clock(this.had), span: ago(new Date(this.had).toISOString())})}
        ${problem instanceof Problem && problem.status === 401 ? t('wall.ended') : faultText(problem)}</p>` : this.#stale(wall)}
      <section class="wall-numbers">${wall.targets.map((target) => this.#target(target))}${this.#heard(wall)}</section>
      <section class="wall-map"><wall-map .map=${wall.map}></wall-map></section>
      <section class="wall-causes">${this.#causes(wall)}</section>
      <footer class="wall-foot"><span>${this.#legend()}</span>
        <span>${t('wall.asOf', {at: clock(wall.now), seconds: EVERY_SECONDS})}</span></footer>
    </main>`;
  }

  /** The server answers, and yet nothing new comes from the schools. @param {Wall} wall */
  #stale(wall) {
    const age = wall.newest ? (Date.parse(wall.now) - Date.parse(wall.newest)) / 60_000 : Infinity;
    if (age < STALE_MINUTES) return nothing;
    return html`<p class="wall-alarm" role="alert">${wall.newest
      ? t('wall.noNews', {at: moment(wall.newest), span: ago(wall.newest, Date.parse(wall.now))}) : t('wall.nothing')}</p>`;
  }

  /** @param {Wall['targets'][0]} target */
  #target(target) {
    const all = target.met + target.notMet + target.insufficient;
    const low = all === 0 ? null : target.met / all;
    const high = all === 0 ? null : (target.met + target.insufficient) / all;
    const name = language() === 'en' ? target.en : target.zh;
    return html`<div class="wall-number"><h2>${name}</h2>
      <p class="wall-figure">${percent(low)}</p>
      <p>${all === 0 ? t('wall.noSchools') : html`<span>${t('wall.metOf', {met: plain(target.met, 0), all: plain(all, 0)})}</span>${low === high
        ? nothing : html` <span>${t('wall.upTo', {n: plain(target.insufficient, 0), high: percent(high)})}</span>`}`}</p></div>`;
  }

  /** @param {Wall} wall */
  #heard(wall) {
    const {live, all} = wall.heard;
    return html`<div class="wall-number"><h2>${t('wall.heard')}</h2>
      <p class="wall-figure">${all === 0 ? '—' : html`${plain(live, 0)}<small>/ ${plain(all, 0)}</small>`}</p>
      <p>${t(all === 0 ? 'wall.noSchools' : 'wall.heardMeans')}</p></div>`;
  }

  /** @param {Wall} wall */
  #causes(wall) {
    if (!wall.causes) return html`<h2>${t('wall.causes')}</h2><p class="wall-empty">${t('wall.notPublic')}</p>`;
    const {open, items} = wall.causes;
    return html`<h2>${t('wall.causesOf', {n: plain(open, 0)})}</h2>
      ${items.length === 0 ? html`<p class="wall-empty">${t('wall.none')}</p>` : html`<ol>${items.map((item) => html`<li data-state=${item.state}>
        <p class="wall-cause"><span class="stamp" aria-hidden="true">${item.state === 'OPEN' ? '✘\uFE0E' : '◐'}</span>
          ${t(`cause.${item.kind}`)} · ${item.schools > 1 ? t('count.schools', {n: item.schools})
            : item.places[0] ? pick(item.places[0].name, item.places[0].nameEn) : ''}</p>
        <p class="wall-where">${t('wall.since', {span: ago(item.since, Date.parse(wall.now))})}${item.classes
          ? html` · ${t('wall.classes', {n: item.classes})}` : nothing}${item.state === 'OPEN' ? nothing
          : html` · ${t(`problemState.${item.state}`)}`}</p></li>`)}</ol>`}`;
  }

  #legend() {
    return html`● ${t('verdict.MET')} &nbsp; ✕ ${t('verdict.NOT_MET')} &nbsp; ○ ${t('verdict.INSUFFICIENT_DATA')}`;
  }
}

customElements.define('wall-page', WallPage);

// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {href, basis, query, refine} from '../route.js';
import {nameOf, t} from '../words.js';
import '../elements/milestone-list.js';
import '../elements/page-message.js';
import '../elements/sign-in.js';
import '../elements/task-entry.js';
import '../elements/task-form.js';

/** @typedef {import('../types.js').Tasks} Tasks */

const SIZE = 20;

/** What is to be mended in a region: what is overdue first. */
class TasksPage extends Piece {
  static properties = {made: {state: true}};

  constructor() {
    super();
    /** @type {Answer<Tasks>} */
    this.answer = new Answer(this, (signal) => get('/tasks', this.#question(), signal));
    this.asked = '';
    /** @type {number|null} */
    this.made = null;
  }

  #question() {
    const state = query('state');
    return {
      region: query('region'), state: state === 'OVERDUE' ? '' : state, overdue: state === 'OVERDUE' ? 'true' : '',
      profile: basis().profile, page: Math.max(0, (Number(query('page')) || 1) - 1), size: SIZE,
    };
  }

  #again = () => void this.answer.run();

  willUpdate() {
    document.title = `${t('tasks.heading')} · 点到 Rollcall`;
    const account = frame.context?.account?.username;
    if (!account) return;
    const asked = JSON.stringify([this.#question(), account]);
    if (asked !== this.asked) void this.answer.run();
    this.asked = asked;
  }

  render() {
    if (!frame.context?.account) {
      return html`<div class="message"><h1>${t('tasks.heading')}</h1><p>${t('tasks.signIn')}</p><sign-in></sign-in></div>`;
    }
    const {value, problem, busy} = this.answer;
    return html`<header class="standing"><h1>${t('tasks.heading')}</h1>
        ${value ? html`<p class="facts" role="status">
          <span>${t('tasks.overdue', {n: value.summary.overdue})}</span><span>${t('tasks.open', {n: value.summary.open})}</span>
          <span>${t('tasks.done', {n: value.summary.done})}</span>
          <span>${t('tasks.inTime', {n: value.summary.closedInTime, of: value.summary.closedOrOverdue})}</span></p>` : nothing}
        <p class="note">${t('tasks.means')}</p>
        <p><a href=${href('/samples')}>${t('samples.heading')}</a></p></header>
      <section aria-busy=${busy ? 'true' : 'false'} aria-label=${t('tasks.heading')}>
        ${this.#tools()}
        ${problem && value ? html`<p class="stale" role="alert">${t('fault.stale')}</p>` : nothing}
        ${value ? html`${this.#make(value)}${this.#list(value)}` : problem
          ? html`<page-message .problem=${problem} .again=${this.#again}></page-message>` : html`<page-message waiting></page-message>`}
      </section>
      <milestone-list .region=${query('region')}></milestone-list>`;
  }

  #tools() {
    return html`<form class="tools" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      ${this.#select('region', t('school.region'), [['', t('filter.allRegions')], ...frame.regions.map((region) => [region.code, nameOf(region)])])}
      ${this.#select('state', t('tasks.state'), [['', t('tasks.allStates')], ['OVERDUE', t('task.overdue')],
        ...['OPEN', 'DONE', 'CLOSED', 'CANCELLED'].map((state) => [state, t(`taskState.${state}`)])])}
    </form>`;
  }

  /** @param {string} name @param {string} label @param {string[][]} options value and words */
  #select(name, label, options) {
    return html`<label class="field"><span>${label}</span>
      <select name=${name} @change=${(/** @type {Event} */ event) => {
        this.made = null;
        refine({[name]: /** @type {HTMLSelectElement} */ (event.target).value, page: ''});
      }}>${options.map(([value, words]) => html`<option value=${value} ?selected=${value === query(name)}>${words}</option>`)}
      </select></label>`;
  }

  /** @param {Tasks} value */
  #make(value) {
    const region = query('region') || frame.context?.root;
    return html`${this.made === null ? nothing : html`<p role="status">${t('tasks.made', {n: this.made})}</p>`}
      ${value.mayMake && region && value.failing.length ? html`<details class="make-task"><summary>${t('tasks.makeAll')}</summary>
        <task-form .path=${`/regions/${encodeURIComponent(region)}/tasks`} .rules=${value.failing}
          @done=${(/** @type {CustomEvent} */ event) => {
            this.made = event.detail.made;
            this.#again();
          }}></task-form></details>` : nothing}`;
  }

  /** @param {Tasks} value */
  #list(value) {
    if (value.total === 0) return html`<div class="message"><p>${t(query('state') || query('region') ? 'tasks.noneOfThese' : 'tasks.none')}</p></div>`;
    const last = Math.ceil(value.total / SIZE);
    const here = Math.min(last, Number(query('page')) || 1);
    return html`<ol class="requests">${value.items.map((item) => html`<li data-id=${item.id}>
        <task-entry .item=${item} @done=${this.#again}></task-entry></li>`)}</ol>
      ${last < 2 ? nothing : html`<nav class="pages" aria-label=${t('pages.label')}>
        <button type="button" ?disabled=${here <= 1} @click=${() => refine({page: String(here - 1)})}>${t('pages.before')}</button>
        <span>${t('pages.of', {here, last})}</span>
        <button type="button" ?disabled=${here >= last} @click=${() => refine({page: String(here + 1)})}>${t('pages.after')}</button></nav>`}`;
  }
}

customElements.define('tasks-page', TasksPage);

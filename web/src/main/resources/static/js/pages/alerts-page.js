// @ts-check
import {html, nothing} from 'lit';
import {get, send} from '../api.js';
import {faultText} from '../faults.js';
import {moment} from '../figures.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {href, query} from '../route.js';
import {pick, t} from '../words.js';
import '../elements/alert-entry.js';
import '../elements/page-message.js';
import '../elements/sign-in.js';

const STATES = ['FIRING', 'ACKNOWLEDGED', 'PENDING', 'RESOLVED'];
const WATCHERS = ['ADMINISTRATOR', 'BUREAU', 'TECHNICIAN'];
const HOUR = 3_600_000;

/** What people are told of: a list, or one with what became of it; mutes; who is on duty. */
class AlertsPage extends Piece {
  static properties = {code: {type: String}, fault: {state: true}, busy: {state: true}};

  constructor() {
    super();
    /** @type {string|null} of one alert; null: the list */
    this.code = null;
    this.answer = new Answer(this, (signal) => this.code
      ? get(`/alerts/${encodeURIComponent(this.code)}`, {}, signal)
      : get('/alerts', {state: query('state'), region: query('region'), page: query('page')}, signal));
    this.mutes = new Answer(this, (signal) => get('/mutes', {}, signal));
    this.duty = new Answer(this, (signal) => get('/duty', {}, signal));
    this.asked = '';
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
  }

  #again = () => {
    void this.answer.run();
    void this.mutes.run();
  };

  #watches() {
    return WATCHERS.includes(frame.context?.account?.role ?? '');
  }

  willUpdate() {
    document.title = `${t('alerts.heading')} · 点到 Rollcall`;
    if (!frame.context?.account) return;
    const asked = `${this.code} ${location.search} ${frame.context.account.username}`;
    if (asked === this.asked) return;
    this.asked = asked;
    this.#again();
    if (this.#watches()) void this.duty.run();
  }

  render() {
    const heading = html`<h1>${t('alerts.heading')}</h1>`;
    if (!frame.context?.account) return html`<div class="message">${heading}<p>${t('alerts.signIn')}</p><sign-in></sign-in></div>`;
    const {value, problem} = this.answer;
    return html`<header class="standing">${heading}
        ${this.code ? html`<p><a href=${href('/alerts')}>${t('alerts.back')}</a></p>` : html`<p class="note">${t('alerts.means')}</p>`}
        ${frame.context.account.role === 'ADMINISTRATOR' ? html`<p><a href=${href('/channels')}>${t('channels.heading')}</a></p>` : nothing}</header>
      <section aria-label=${t('alerts.heading')}>
        ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
        ${value ? (this.code ? this.#one(value) : this.#list(value)) : problem
          ? html`<page-message .problem=${problem} .again=${this.#again}></page-message>` : html`<page-message waiting></page-message>`}
      </section>
      ${this.code ? nothing : html`${this.#mutes()}${this.#watches() ? this.#duty() : nothing}`}`;
  }

  /** @param {any} value */
  #one(value) {
    if (!value.alert) return nothing;
    return html`<alert-entry .alert=${value.alert} .steps=${value.steps} .acts=${value.mayAct} .again=${this.#again}></alert-entry>`;
  }

  /** @param {any} value */
  #list(value) {
    if (!value.items) return nothing;
    const state = query('state');
    /** @type {Record<string, number|undefined>} */
    const counts = {FIRING: value.firing, ACKNOWLEDGED: value.acknowledged, PENDING: value.pending};
    return html`<p class="facts alert-states"><a href=${href('/alerts')} aria-current=${state ? 'false' : 'true'}>${t('alerts.all')}</a>
        ${STATES.map((each) => html`<a href=${href('/alerts', {state: each})} aria-current=${each === state ? 'true' : 'false'}>
          ${t(`alerts.${each}`)}${counts[each] === undefined ? nothing : html` <b>${counts[each]}</b>`}</a>`)}</p>
      ${value.total === 0 ? html`<div class="message"><p>${t(state ? 'alerts.noneOfState' : 'alerts.none')}</p></div>`
        : html`<ol class="requests alerts">${value.items.map((/** @type {any} */ alert) => html`<li data-id=${alert.id}>
          <alert-entry .alert=${alert} .acts=${value.mayAct} .again=${this.#again}></alert-entry></li>`)}</ol>`}
      ${this.#pages(value.total)}`;
  }

  /** @param {number} total */
  #pages(total) {
    const page = Number(query('page') || 0);
    const last = Math.max(0, Math.ceil(total / 50) - 1);
    if (last === 0) return nothing;
    const at = (/** @type {number} */ n) => href('/alerts', {state: query('state'), region: query('region'), page: n ? String(n) : ''});
    return html`<p class="facts">${page > 0 ? html`<a href=${at(page - 1)}>←</a>` : nothing} <span>${page + 1} / ${last + 1}</span>
      ${page < last ? html`<a href=${at(page + 1)}>→</a>` : nothing}</p>`;
  }

  #mutes() {
    const value = /** @type {any} */ (this.mutes.value);
    if (!value) return nothing;
    return html`<section aria-labelledby="mutes"><h2 id="mutes">${t('alerts.mutes')}</h2>
      ${value.items.length === 0 ? html`<p class="note">${t('alerts.mutes.none')}</p>` : html`<ul class="steps">${value.items.map(
        (/** @type {any} */ mute) => html`<li><b>${pick(mute.placeName, mute.placeNameEn)}</b> ${mute.rule ?? t('alerts.mute.any')}
          <small>${t('alerts.mute.line', {until: moment(mute.until), reason: mute.reason, account: mute.account})}</small>
          ${value.mayAct ? html`<button type="button" ?disabled=${this.busy} @click=${() => this.#do(() => send('POST', `/mutes/${mute.id}/end`, {}))}>
            ${t('alerts.mute.end')}</button>` : nothing}</li>`)}</ul>`}
      ${value.mayAct ? html`<details><summary>${t('alerts.mute')}</summary>${this.#mute()}</details>` : nothing}</section>`;
  }

  #mute() {
    const rules = /** @type {any} */ (this.duty.value)?.rules ?? [];
    return html`<form class="ask" @submit=${(/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
      const until = new Date(Date.now() + Number(form.get('hours')) * HOUR).toISOString();
      void this.#do(() => send('POST', '/mutes', {rule: form.get('rule') || null, place: form.get('place'), until, reason: form.get('reason')}));
    }}>
      <label>${t('alerts.mute.rule')}<select name="rule"><option value="">${t('alerts.mute.any')}</option>
        ${rules.map((/** @type {any} */ rule) => html`<option value=${rule.id}>${pick(rule.title, rule.titleEn)}</option>`)}</select></label>
      <label>${t('alerts.mute.place')}<input name="place" required maxlength="32"></label>
      <label>${t('alerts.mute.hours')}<input type="number" name="hours" required min="1" max="2160" value="24"></label>
      <label>${t('alerts.mute.reason')}<input name="reason" required maxlength="200"></label>
      <button type="submit" ?disabled=${this.busy}>${t('alerts.mute')}</button></form>`;
  }

  /** @param {() => Promise<unknown>} call */
  async #do(call) {
    this.busy = true;
    this.fault = null;
    try {
      await call();
      this.#again();
    } catch (fault) {
      this.fault = fault;
    } finally {
      this.busy = false;
    }
  }

  #duty() {
    const value = /** @type {any} */ (this.duty.value);
    if (!value) return nothing;
    return html`<section aria-labelledby="duty"><h2 id="duty">${t('alerts.duty')}</h2>
      ${value.ways.length === 0 ? html`<p class="note">${t('alerts.duty.none')}</p>` : nothing}
      ${value.rotas.map((/** @type {any} */ rota) => html`<p>${t('alerts.duty.now', {rota: rota.id, person: rota.person ?? '–'})}</p>`)}
      ${value.ways.map((/** @type {any} */ way) => html`<h3>${way.id}</h3>
        <p class="note">${way.rules.length ? way.rules.join(', ') : t('alerts.mute.any')}</p>
        <ol class="steps">${way.steps.map((/** @type {any} */ step) => html`<li>${t('alerts.way.step', {after: step.afterMinutes,
          channels: step.channels.join(', '), to: step.to.length ? step.to.join(', ') : t('alerts.way.group')})}
          ${step.impact === null ? nothing : t('alerts.way.impact', {impact: step.impact})}</li>`)}</ol>`)}</section>`;
  }
}

customElements.define('alerts-page', AlertsPage);

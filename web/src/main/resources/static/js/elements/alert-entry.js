// @ts-check
import {html, nothing} from 'lit';
import {send} from '../api.js';
import {faultText} from '../faults.js';
import {moment} from '../figures.js';
import {Piece} from '../piece.js';
import {href} from '../route.js';
import {pick, t} from '../words.js';

const HOUR = 3_600_000;
const FLAGS = ['held', 'unsteady', 'planned', 'muted'];

/** One alert: what, where, since when, what it costs, who is on it, who was told, and what to do. */
class AlertEntry extends Piece {
  static properties = {alert: {attribute: false}, steps: {attribute: false}, acts: {type: Boolean}, again: {attribute: false}, fault: {state: true}};

  constructor() {
    super();
    /** @type {any} */
    this.alert = null;
    /** @type {any[]|null} */
    this.steps = null;
    this.acts = false;
    /** @type {() => void} */
    this.again = () => {};
    /** @type {unknown} */
    this.fault = null;
  }

  render() {
    const alert = this.alert;
    if (!alert) return nothing;
    const level = this.steps ? 'detail' : 'item';
    return html`<article class="request alert" data-state=${alert.state} data-level=${level} aria-labelledby=${`alert-${alert.id}`}>
      <h2 id=${`alert-${alert.id}`}><a href=${href(`/alerts/${alert.id}`)}>${pick(alert.title, alert.titleEn)}</a>
        <span class="request-rule">${this.#place(alert)}</span>
        <span class="request-state">${t(`alerts.${alert.state}`)}</span></h2>
      <p class="facts"><span>${t('alerts.since', {time: moment(alert.since)})}${alert.ended ? html` ${t('alerts.until', {time: moment(alert.ended)})}` : nothing}</span>
        ${alert.impact > 0 ? html`<span>${t('alerts.impact', {classes: alert.classes, impact: alert.impact})}</span>` : nothing}
        ${alert.good && !alert.ended ? html`<span>${t('alerts.good', {time: moment(alert.good)})}</span>` : nothing}
        ${FLAGS.filter((flag) => alert[flag] && !alert.ended).map((flag) => html`<span>${t(`alerts.${flag}`)}</span>`)}</p>
      <p class="request-text">${pick(alert.reason.zh, alert.reason.en)}</p>
      ${alert.evidence ? html`<p class="request-text"><b>${pick(alert.evidence.zh, alert.evidence.en)}</b></p>` : nothing}
      ${alert.ended ? nothing : html`<p class="request-text">${t('alerts.next')}: ${pick(alert.next.zh, alert.next.en)}</p>`}
      ${this.#acknowledged(alert)}
      <p class="note">${this.#told(alert)}</p>
      ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
      ${this.acts && (alert.state === 'FIRING' || alert.state === 'PENDING') ? html`<details><summary>${t('alerts.take')}</summary>${this.#form(alert)}</details>` : nothing}
      ${this.steps ? this.#steps(this.steps) : nothing}</article>`;
  }

  /** @param {any} alert */
  #place(alert) {
    if (alert.schools.length === 1) {
      const [school] = alert.schools;
      return html`<a href=${href(`/schools/${school.code}`)}>${pick(school.name, school.nameEn)}</a>${alert.subject ? html` <small>${alert.subject}</small>` : nothing}`;
    }
    const region = pick(alert.regionName, alert.regionNameEn);
    return alert.schoolCount ? html`${region}, ${t('alerts.schools', {n: alert.schoolCount})}` : region;
  }

  /** @param {any} alert */
  #acknowledged(alert) {
    const ack = alert.acknowledged;
    if (!ack) return nothing;
    const words = {account: ack.account, at: moment(ack.at), until: ack.until ? moment(ack.until) : ''};
    return html`<p>${t(ack.until ? 'alerts.by.until' : 'alerts.by', words)}${ack.comment ? html`: ${ack.comment}` : nothing}</p>`;
  }

  /** @param {any} alert */
  #told(alert) {
    if (alert.told.length === 0) return t('alerts.told.nobody');
    return html`${t('alerts.told')}: ${alert.told.map((/** @type {any} */ told, /** @type {number} */ i) => html`${i ? '; ' : nothing}${t('alerts.told.line',
      {at: moment(told.at), channels: [...told.channels, ...told.people].join(', ')})}`)}`;
  }

  /** @param {any} alert */
  #form(alert) {
    return html`<form class="ask" @submit=${async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
      const hours = Number(form.get('hours'));
      this.fault = null;
      try {
        await send('POST', `/alerts/${alert.id}/ack`, {comment: form.get('comment') || null,
          until: hours ? new Date(Date.now() + hours * HOUR).toISOString() : null});
        this.again();
      } catch (fault) {
        this.fault = fault;
      }
    }}>
      <label>${t('alerts.take.comment')}<input name="comment" maxlength="500"></label>
      <label>${t('alerts.take.hours')}<input type="number" name="hours" min="1" max="720"></label>
      <button type="submit">${t('alerts.take')}</button></form>`;
  }

  /** @param {any[]} steps */
  #steps(steps) {
    return html`<h3>${t('alerts.open')}</h3><ol class="steps">${steps.map((step) => html`<li><small>${moment(step.at)}</small>
      ${t(`alerts.step.${step.what}`)} ${step.what === 'TOLD' || step.what === 'TOLD_END' || step.what === 'TOLD_AGAIN' ? html`<small>${step.text}</small>` : nothing}</li>`)}</ol>`;
  }
}

customElements.define('alert-entry', AlertEntry);

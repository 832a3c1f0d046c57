// @ts-check
import {html, nothing} from 'lit';
import {send} from '../api.js';
import {faultText} from '../faults.js';
import {moment, quantity} from '../figures.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {href} from '../route.js';
import {askedBy, nameOfRule} from '../rules.js';
import {pick, t} from '../words.js';

/** @typedef {import('../types.js').Task} Task */

/** One thing to be mended: what failed, who mends it by when, what became of it, and what may be done. Says `done` after a change. */
class TaskEntry extends Piece {
  static properties = {item: {attribute: false}, open: {state: true}, fault: {state: true}, busy: {state: true}};

  constructor() {
    super();
    /** @type {Task|null} */
    this.item = null;
    /** The form that is open: done, plan, cancel, or none. */
    this.open = '';
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
  }

  render() {
    const item = this.item;
    if (!item) return nothing;
    return html`<article class="request task" data-state=${item.state} aria-labelledby=${`task-${item.id}`}>
      <h3 id=${`task-${item.id}`}>${this.#rule(item)} <span class="request-state">${t(`taskState.${item.state}`)}</span>
        ${item.overdue ? html`<strong class="request-state">${t('task.overdue')}</strong>` : nothing}</h3>
      <p><a href=${href(`/schools/${item.school}`)}>${pick(item.schoolName, item.schoolNameEn)}</a>
        <small>${pick(item.regionName, item.regionNameEn)}</small></p>
      <p class="facts"><span>${item.firstDeadline ? t('task.deadlineMoved', {day: item.deadline, first: item.firstDeadline}) : t('task.deadline', {day: item.deadline})}</span>
        <span>${item.person ? t('task.person', {person: item.person}) : t('task.nobody')}</span>
        ${item.failedRetests ? html`<span>${t('task.failedRetests', {n: item.failedRetests})}</span>` : nothing}
        ${item.closed ? html`<span>${t('task.closedBy', {day: item.closed})}</span>` : nothing}</p>
      ${item.measure ? html`<p class="request-text">${item.measure}</p>` : nothing}
      <p class="note">${this.#then(item)}${item.state === 'DONE' ? html` ${t('task.waitsForRetest')}` : nothing}</p>
      <details><summary>${t('task.history')}</summary><ol class="steps">${item.steps.map((step) => html`<li>
        <b>${t(`taskState.${step.state}`)}</b> <small>${step.account || t('task.judge')} · ${moment(step.at)}</small>
        ${step.text ? html`<p class="request-text">${step.text}</p>` : nothing}</li>`)}</ol></details>
      ${this.#acts(item)}
      ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
    </article>`;
  }

  /** @param {Task} item */
  #found(item) {
    return frame.profiles.find(({id}) => id === item.profile)?.rules.find(({id}) => id === item.rule) ?? null;
  }

  /** @param {Task} item */
  #rule(item) {
    const rule = this.#found(item);
    return rule ? nameOfRule(rule) : item.rule;
  }

  /** The verdict as it was. @param {Task} item */
  #then(item) {
    const against = item.threshold === null ? '' : t('school.against', {
      value: item.value === null ? t('school.noValue') : quantity(item.value, item.unit),
      threshold: askedBy(this.#found(item), item.threshold, item.unit),
    });
    return against ? t('task.thenAgainst', {day: item.date, against}) : t('task.then', {day: item.date});
  }

  /** @param {Task} item */
  #acts(item) {
    if (!item.maySayDone && !item.mayCancel && !item.mayChange) return nothing;
    return html`<div class="acts">
        ${item.maySayDone ? this.#button('done', t('task.sayDone')) : nothing}
        ${item.mayChange ? this.#button('plan', t('task.change')) : nothing}
        ${item.mayCancel ? this.#button('cancel', t('task.cancel')) : nothing}</div>
      ${this.open === 'plan' ? this.#plan(item) : this.open ? this.#form(this.open) : nothing}`;
  }

  /** @param {string} act @param {string} words */
  #button(act, words) {
    return html`<button type="button" data-act=${act} aria-expanded=${this.open === act ? 'true' : 'false'} @click=${async () => {
      this.fault = null;
      this.open = this.open === act ? '' : act;
      await this.updateComplete;
      /** @type {HTMLElement|null} */ (this.querySelector('form textarea, form input'))?.focus();
    }}>${words}</button>`;
  }

  /** @param {Task} item */
  #plan(item) {
    return html`<form class="ask" @submit=${(/** @type {SubmitEvent} */ event) => this.#send(event, 'plan')}>
      <label>${t('task.personLabel')}<input name="person" maxlength="64" .value=${item.person}></label>
      <label>${t('task.measure')}<textarea name="measure" rows="3" maxlength="500" .value=${item.measure}></textarea></label>
      <label>${t('task.deadlineLabel')}<input type="date" name="deadline" required .value=${item.deadline}></label>
      <label>${t('task.changeReason')}<textarea name="reason" rows="2" maxlength="500" required></textarea></label>
      <p class="note">${t('task.changeMeans')}</p>
      <button type="submit" ?disabled=${this.busy}>${t('task.change')}</button>
    </form>`;
  }

  /** @param {string} act */
  #form(act) {
    const cancels = act === 'cancel';
    return html`<form class="ask" @submit=${(/** @type {SubmitEvent} */ event) => this.#send(event, act)}>
      <label>${t(cancels ? 'task.reason' : 'task.whatWasDone')}
        <textarea name="text" rows="3" maxlength="500" ?required=${cancels}></textarea></label>
      <p class="note">${t(cancels ? 'task.cancelMeans' : 'task.doneMeans')}</p>
      <button type="submit" ?disabled=${this.busy}>${t(cancels ? 'task.cancel' : 'task.sayDone')}</button>
    </form>`;
  }

  /** @param {SubmitEvent} event @param {string} act */
  async #send(event, act) {
    event.preventDefault();
    const form = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target)));
    this.busy = true;
    this.fault = null;
    try {
      this.item = await send('POST', `/tasks/${this.item?.id}/${act}`, act === 'cancel' ? {reason: form.text} : form);
      this.open = '';
      this.dispatchEvent(new Event('done', {bubbles: true}));
    } catch (fault) {
      this.fault = fault;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('task-entry', TaskEntry);

// @ts-check
import {html, nothing} from 'lit';
import {get, send} from '../api.js';
import {faultText} from '../faults.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {pick, t} from '../words.js';

const NEXT = 3;

/** Dates of counties: what is due when, and whether it is done. */
class MilestoneList extends Piece {
  static properties = {region: {type: String}, next: {type: Boolean}, fault: {state: true}, busy: {state: true}};

  constructor() {
    super();
    this.region = '';
    /** Only the next three that are not done. */
    this.next = false;
    this.answer = new Answer(this, (signal) => get('/milestones', {region: this.region}, signal));
    this.asked = '';
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
  }

  willUpdate() {
    const account = frame.context?.account;
    if (!account || account.mustChange) return;
    const asked = `${this.region} ${account.username}`;
    if (asked !== this.asked) void this.answer.run();
    this.asked = asked;
  }

  render() {
    const value = /** @type {any} */ (this.answer.value);
    if (!value || !frame.context?.account) return nothing;
    const open = value.items.filter((/** @type {any} */ each) => !each.done);
    const shown = this.next ? open.slice(0, NEXT) : value.items;
    if (shown.length === 0) return nothing;
    return html`<section aria-labelledby="milestones"><h2 id="milestones">${t('milestones.heading')}</h2>
      ${this.next ? nothing : html`<p class="note">${t('milestones.inTime', {n: value.doneInTime, of: value.doneOrOverdue})}</p>`}
      ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
      <ul class="steps milestones">${shown.map((/** @type {any} */ each) => this.#item(each, value.mayMark))}</ul></section>`;
  }

  /** @param {any} each @param {boolean} mayMark */
  #item(each, mayMark) {
    return html`<li data-id=${each.id} data-standing=${each.standing}><b>${each.due}</b> ${pick(each.title, each.titleEn)}
      <span class="request-state">${t(`milestone.${each.standing}`, {n: Math.abs(each.daysLeft)})}</span>
      <small>${pick(each.regionName, each.regionNameEn)}${each.planned === null || each.reached === null ? nothing
        : html` · ${t('milestones.reached', {reached: each.reached, planned: each.planned})}`}${each.lead ? html` · ${each.lead}` : nothing}
        · ${pick(each.source, each.sourceEn)}</small>
      ${each.done?.account ? html`<small>${t('milestones.by', {account: each.done.account, day: each.done.day})} ${each.done.note}</small>` : nothing}
      ${mayMark && !this.next ? (each.done ? (each.done.account ? html`<button type="button" ?disabled=${this.busy}
          @click=${() => this.#mark(each, 'undo', '')}>${t('milestones.undo')}</button>` : nothing)
        : html`<details><summary>${t('milestones.mark')}</summary><form class="ask" @submit=${(/** @type {SubmitEvent} */ event) => {
          event.preventDefault();
          void this.#mark(each, 'done', String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('note')));
        }}><label>${t('milestones.note')}<input name="note" maxlength="500"></label>
          <button type="submit" ?disabled=${this.busy}>${t('milestones.mark')}</button></form></details>`) : nothing}</li>`;
  }

  /** @param {any} each @param {string} what @param {string} note */
  async #mark(each, what, note) {
    this.busy = true;
    this.fault = null;
    try {
      await send('POST', `/regions/${each.region}/milestones/${each.id}/${what}`, what === 'done' ? {due: each.due, note} : {due: each.due});
      void this.answer.run();
    } catch (fault) {
      this.fault = fault;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('milestone-list', MilestoneList);

// @ts-check
import {html, nothing} from 'lit';
import {get, send, upload} from '../api.js';
import {faultText} from '../faults.js';
import {moment, plain, quantity} from '../figures.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {href} from '../route.js';
import {askedBy, nameOfRule} from '../rules.js';
import {spoken} from '../verdicts.js';
import {pick, t} from '../words.js';

/** @typedef {import('../types.js').RequestItem} Item */
/** @typedef {import('../types.js').RequestWhole} Whole */

/** @type {Record<string, string[]>} */
const ANSWERS = {RECHECK: ['DONE', 'DECLINED'], OBJECTION: ['UNDER_REVIEW', 'UPHELD', 'REJECTED']};
const MIB = 1024 * 1024;

/** One thing a school asked: about which verdict, why, what became of it, and what may be done. Says `done` after a change. */
class RequestEntry extends Piece {
  static properties = {
    item: {attribute: false}, opened: {type: Boolean}, whole: {state: true}, open: {state: true}, fault: {state: true}, busy: {state: true},
  };

  constructor() {
    super();
    /** @type {Item|null} */
    this.item = null;
    this.opened = false;
    /** @type {Whole|null} */
    this.whole = null;
    /** The answer whose form is open; files; or none. */
    this.open = '';
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
    this.shown = '';
  }

  willUpdate() {
    const shown = this.item ? `${this.item.id} ${this.item.changed} ${this.item.files}` : '';
    if (shown !== this.shown && (this.opened || this.whole)) void this.#read();
    this.shown = shown;
  }

  async #read() {
    try {
      this.whole = await get(`/requests/${this.item?.id}`);
    } catch (fault) {
      this.fault = fault;
    }
  }

  render() {
    const item = this.whole?.request.id === this.item?.id ? (this.whole?.request ?? null) : this.item;
    if (!item) return nothing;
    return html`<article class="request" data-kind=${item.kind} data-state=${item.state} aria-labelledby=${`request-${item.id}`}>
      <h3 id=${`request-${item.id}`}>${t(`requestKind.${item.kind}`)} <span class="request-rule">${this.#rule(item)}</span>
        <span class="request-state">${t(`requestState.${item.state}`)}</span></h3>
      <p><a href=${href(`/schools/${item.school}`)}>${pick(item.schoolName, item.schoolNameEn)}</a>
        <small>${pick(item.regionName, item.regionNameEn)}</small></p>
      <p class="request-text">${item.text}</p>
      <p class="note">${this.#then(item)}</p>
      <p class="note">${t('request.by', {account: item.account, at: moment(item.at)})}</p>
      <details ?open=${this.opened} @toggle=${this.#toggled}><summary>${t('request.history', {n: item.files})}</summary>
        ${this.whole ? this.#history(this.whole) : html`<p class="note">${t('wait.loading')}</p>`}</details>
      ${this.#acts(item)}
      ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
    </article>`;
  }

  /** @param {Item} item */
  #found(item) {
    return frame.profiles.find(({id}) => id === item.judged.profile)?.rules.find(({id}) => id === item.judged.rule) ?? null;
  }

  /** @param {Item} item */
  #rule(item) {
    const rule = this.#found(item);
    return rule ? nameOfRule(rule) : item.judged.rule;
  }

  /** The verdict as it was. @param {Item} item */
  #then(item) {
    const {judged} = item;
    const against = judged.threshold === null ? "" : `, ${t('school.against', {
      value: judged.value === null ? t('school.noValue') : quantity(judged.value, judged.unit),
      threshold: askedBy(this.#found(item), judged.threshold, judged.unit),
    })}`;
    return t('request.then', {
      date: judged.date, verdict: spoken(judged.verdict, judged.disputed), against, n: plain(judged.samples, 0),
      from: judged.from, to: judged.to, profile: judged.profileVersion, calendar: judged.calendarVersion,
    });
  }

  /** @param {Event} event */
  #toggled(event) {
    if (/** @type {HTMLDetailsElement} */ (event.target).open && !this.whole) void this.#read();
  }

  /** @param {Whole} whole */
  #history(whole) {
    return html`<ol class="steps">${whole.steps.map((step) => html`<li>
        <b>${t(`requestState.${step.state}`)}</b> <small>${step.account} · ${moment(step.at)}</small>
        ${step.text ? html`<p class="request-text">${step.text}</p>` : nothing}</li>`)}</ol>
      ${whole.files.length === 0 ? nothing : html`<ul class="evidence-files">${whole.files.map((file) => html`<li>
        <a download href=${`/api/v1/requests/${whole.request.id}/files/${file.id}`}>${file.name}</a>
        <small>${file.type} · ${plain(file.bytes / 1024, 0)} KiB · ${file.account} · ${moment(file.at)}</small></li>`)}</ul>`}`;
  }

  /** @param {Item} item */
  #acts(item) {
    if (!item.waiting) return nothing;
    const answers = item.mayAnswer ? ANSWERS[item.kind].filter((state) => state !== item.state) : [];
    const files = item.kind === 'OBJECTION' && item.files < (this.whole?.limits.files ?? 3);
    if (answers.length === 0 && !item.mayWithdraw && !files) return nothing;
    return html`<div class="acts">
        ${answers.map((state) => this.#button(state, t(`answer.${state}`)))}
        ${files ? this.#button('files', t('request.addFile')) : nothing}
        ${item.mayWithdraw ? this.#button('withdraw', t('request.withdraw')) : nothing}
      </div>
      ${this.open === 'files' ? this.#fileForm() : this.open === 'withdraw' ? this.#withdrawForm()
        : this.open ? this.#answerForm() : nothing}`;
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

  #answerForm() {
    const needed = this.open !== 'UNDER_REVIEW';
    return html`<form class="ask" @submit=${(/** @type {SubmitEvent} */ event) => this.#send(event, (form) =>
        send('POST', `/requests/${this.item?.id}/answer`, {state: this.open, text: String(form.get('text') ?? '')}))}>
      <label><span>${t(`answerText.${this.open}`)}</span>
        <textarea name="text" rows="2" maxlength="1000" ?required=${needed}></textarea></label>
      <button ?disabled=${this.busy}>${t(`answer.${this.open}`)}</button></form>`;
  }

  #withdrawForm() {
    return html`<form class="ask" @submit=${(/** @type {SubmitEvent} */ event) => this.#send(event, () =>
        send('POST', `/requests/${this.item?.id}/withdraw`, {}))}>
      <p class="note">${t('request.withdrawMeans')}</p>
      <button ?disabled=${this.busy}>${t('request.withdrawSurely')}</button></form>`;
  }

  #fileForm() {
    const limits = this.whole?.limits ?? {files: 3, bytes: 5 * MIB};
    return html`<form class="ask" @submit=${(/** @type {SubmitEvent} */ event) => this.#send(event, (form) =>
        upload(`/requests/${this.item?.id}/files`, {name: /** @type {File} */ (form.get('file')).name}, /** @type {File} */ (form.get('file'))))}>
      <label><span>${t('ask.files')}</span>
        <input type="file" name="file" required accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"></label>
      <p class="note">${t('ask.limits', {files: limits.files, mebibytes: limits.bytes / MIB})} <span class="ours">${t('targets.ours')}</span></p>
      <button ?disabled=${this.busy}>${t('request.addFile')}</button></form>`;
  }

  /** @param {SubmitEvent} event @param {(form: FormData) => Promise<Whole>} change */
  async #send(event, change) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    this.busy = true;
    this.fault = null;
    try {
      this.whole = await change(form);
      this.open = '';
      this.dispatchEvent(new Event('done', {bubbles: true}));
    } catch (fault) {
      this.fault = fault;
    }
    this.busy = false;
  }
}

customElements.define('request-entry', RequestEntry);

// @ts-check
import {html, nothing} from 'lit';
import {Problem, send} from '../api.js';
import {moment} from '../figures.js';
import {Piece} from '../piece.js';
import {t} from '../words.js';

/** Makes a one-time code for a school's agent, to copy. It is shown once and kept nowhere. */
class EnrolmentCode extends Piece {
  static properties = {made: {state: true}, fault: {state: true}, copied: {state: true}};

  constructor() {
    super();
    /** @type {{school: string, code: string, expires: string}|null} */
    this.made = null;
    /** @type {unknown} */
    this.fault = null;
    this.copied = false;
  }

  /** @param {SubmitEvent} event */
  async #make(event) {
    event.preventDefault();
    const school = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('school')).trim();
    this.made = null;
    this.fault = null;
    this.copied = false;
    try {
      this.made = await send('POST', `/schools/${encodeURIComponent(school)}/enrolment`, {});
    } catch (fault) {
      this.fault = fault;
    }
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.made?.code ?? '');
      this.copied = true;
    } catch {
      // Browsers copy on secure pages only: the text is marked, for the keyboard to copy.
      /** @type {HTMLInputElement|null} */ (this.querySelector('input[readonly]'))?.select();
    }
  }

  render() {
    return html`<form class="act" @submit=${this.#make}>
        <label class="field"><span>${t('enrol.school')}</span><input name="school" required maxlength="32" inputmode="numeric"></label>
        <button>${t('enrol.make')}</button></form>
      ${this.fault ? html`<p class="refusal" role="alert">${(this.fault instanceof Problem && this.fault.detail)
        || t('fault.0.text', {host: location.host})}</p>` : nothing}
      ${this.made ? html`<div class="made" role="status">
        <input readonly aria-label=${t('enrol.code')} .value=${this.made.code}>
        <button type="button" @click=${this.#copy}>${t(this.copied ? 'enrol.copied' : 'enrol.copy')}</button>
        <p class="note">${t('enrol.until', {at: moment(this.made.expires)})}</p></div>` : nothing}`;
  }
}

customElements.define('enrolment-code', EnrolmentCode);

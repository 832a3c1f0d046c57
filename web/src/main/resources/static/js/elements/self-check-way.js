// @ts-check
import {html, nothing} from 'lit';
import {send} from '../api.js';
import {faultText} from '../faults.js';
import {moment} from '../figures.js';
import {Piece} from '../piece.js';
import {t} from '../words.js';

/** @typedef {import('../types.js').SelfCheck} SelfCheck */

/** The way of a self-check sheet, and the steps that whoever looks at it may take. Says `stepped` when the sheet is another. */
class SelfCheckWay extends Piece {
  static properties = {sheet: {attribute: false}, fault: {state: true}, busy: {state: true}};

  constructor() {
    super();
    /** @type {SelfCheck|null} */
    this.sheet = null;
    /** What went wrong, as a sentence. */
    this.fault = '';
    this.busy = false;
  }

  render() {
    const sheet = this.sheet;
    if (!sheet) return nothing;
    const last = sheet.steps.at(-1);
    return html`<section class="self-check-way screen">
      ${sheet.state === 'RETURNED' && last ? html`<p class="notice" role="status">${t('selfCheck.returnedBecause', {account: last.account, text: last.text})}</p>` : nothing}
      ${sheet.kept ? html`<p class="note">${t('selfCheck.kept')}</p>` : nothing}
      ${this.#acts(sheet)}
      <details ?open=${sheet.steps.length > 0}><summary>${t('selfCheck.way')}</summary>
        ${sheet.steps.length ? html`<ol class="steps">${sheet.steps.map((step) => html`<li>
          <b>${t(`selfCheck.state.${step.state}`)}</b> <small>${step.account} · ${moment(step.at)}</small>
          ${step.text ? html`<p>${step.text}</p>` : nothing}
          ${step.sha256 ? html`<p><small>${t('selfCheck.contentHash')}: <code>${step.sha256}</code></small></p>` : nothing}</li>`)}</ol>` : html`<p>${t('selfCheck.noSteps')}</p>`}
      </details>
    </section>`;
  }

  /** @param {SelfCheck} sheet */
  #acts(sheet) {
    if (sheet.next.length === 0) return nothing;
    const returns = sheet.next.includes('RETURNED');
    return html`<form class="self-check-form" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      ${returns ? html`<label><span>${t('selfCheck.reason')}</span><textarea name="reason" rows="2" maxlength="500"></textarea></label>` : nothing}
      <div class="acts">${sheet.next.map((to) => html`<button type="button" data-to=${to} class=${to === 'RETURNED' ? 'quiet' : ''}
        ?disabled=${this.busy} @click=${() => this.#step(sheet, to)}>${t(`selfCheck.to.${to}`)}</button>`)}</div>
      ${this.fault ? html`<p class="refusal" role="alert">${this.fault}</p>` : nothing}
    </form>`;
  }

  /** @param {SelfCheck} sheet @param {string} to */
  async #step(sheet, to) {
    /** @type {HTMLTextAreaElement|null} */
    const field = this.querySelector('[name=reason]');
    const reason = field?.value.trim() ?? '';
    if (to === 'RETURNED' && !reason) {
      this.fault = t('selfCheck.reasonMissing');
      field?.focus();
      return;
    }
    this.busy = true;
    this.fault = '';
    try {
      const path = `/schools/${encodeURIComponent(sheet.head.school)}/self-check/steps`;
      await send('POST', path, {round: sheet.round, seen: sheet.steps.length, to, reason});
      this.dispatchEvent(new CustomEvent('stepped'));
    } catch (fault) {
      this.fault = faultText(fault);
    }
    this.busy = false;
  }
}

customElements.define('self-check-way', SelfCheckWay);

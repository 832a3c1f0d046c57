// @ts-check
import {html, nothing} from 'lit';
import {send, upload} from '../api.js';
import {faultText} from '../faults.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {basis, href} from '../route.js';
import {t} from '../words.js';

const MOST = {files: 3, mebibytes: 5};

/** Asks for a re-check of one verdict, or objects to it, with evidence. Says `asked`, which bubbles, when the server has it. */
class SchoolAsks extends Piece {
  static properties = {
    code: {}, rule: {}, open: {state: true}, fault: {state: true}, busy: {state: true}, kept: {state: true}, left: {state: true},
  };

  constructor() {
    super();
    this.code = '';
    this.rule = '';
    /** Which form is open: rechecks, objections or none. */
    this.open = '';
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
    /** @type {number|null} the request that was made */
    this.kept = null;
    /** @type {{name: string, why: string}[]} files that could not be kept */
    this.left = [];
  }

  render() {
    if (!frame.context?.account || frame.context.account.mustChange) return nothing;
    return html`<div class="acts">
        ${this.#button('rechecks', t('ask.recheck'))}${this.#button('objections', t('ask.objection'))}
      </div>
      ${this.open ? this.#form() : nothing}
      ${this.kept === null ? nothing : html`<p class="note" role="status">${t('ask.kept')}
        <a href=${href('/requests', {id: String(this.kept)})}>${t('ask.see')}</a></p>`}
      ${this.left.map(({name, why}) => html`<p class="refusal" role="alert">${t('ask.fileLeft', {name, why})}</p>`)}
      ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}`;
  }

  /** @param {string} act @param {string} words */
  #button(act, words) {
    return html`<button type="button" data-act=${act} aria-expanded=${this.open === act ? 'true' : 'false'}
      @click=${() => void this.#choose(act)}>${words}</button>`;
  }

  /** @param {string} act */
  async #choose(act) {
    this.fault = null;
    this.kept = null;
    this.left = [];
    this.open = this.open === act ? '' : act;
    await this.updateComplete;
    this.querySelector('textarea')?.focus();
  }

  #form() {
    const objects = this.open === 'objections';
    return html`<form class="ask" @submit=${this.#submit}>
      <label><span>${t(objects ? 'ask.objectionText' : 'ask.recheckReason')}</span>
        <textarea name="text" rows=${objects ? 5 : 2} required maxlength=${objects ? 2000 : 500}></textarea></label>
      ${objects ? html`<label><span>${t('ask.files')}</span>
        <input type="file" name="files" multiple accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"></label>
        <p class="note">${t('ask.limits', MOST)} <span class="ours">${t('targets.ours')}</span></p>` : nothing}
      <p class="note">${t(objects ? 'ask.objectionMeans' : 'ask.recheckMeans')}</p>
      <button ?disabled=${this.busy}>${t(objects ? 'ask.sendObjection' : 'ask.sendRecheck')}</button>
    </form>`;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const text = String(form.get('text') ?? '');
    const files = form.getAll('files').filter((file) => file instanceof File && file.name);
    if (files.length > MOST.files) {
      this.fault = new Error(t('ask.limits', MOST));
      return;
    }
    this.busy = true;
    this.fault = null;
    try {
      const path = `/schools/${encodeURIComponent(this.code)}/${this.open}`;
      const made = await send('POST', href(path, basis()), {rule: this.rule, [this.open === 'objections' ? 'text' : 'reason']: text});
      for (const file of files) await this.#attach(made.request.id, /** @type {File} */ (file));
      this.kept = made.request.id;
      this.open = '';
      this.dispatchEvent(new Event('asked', {bubbles: true}));
    } catch (fault) {
      this.fault = fault;
    }
    this.busy = false;
  }

  /** A file that is refused does not undo the objection. @param {number} id @param {File} file */
  async #attach(id, file) {
    try {
      await upload(`/requests/${id}/files`, {name: file.name}, file);
    } catch (fault) {
      this.left = [...this.left, {name: file.name, why: faultText(fault)}];
    }
  }
}

customElements.define('school-asks', SchoolAsks);

// @ts-check
import {html, nothing} from 'lit';
import {get, send, upload} from '../api.js';
import {faultText} from '../faults.js';
import {moment, plain} from '../figures.js';
import {Answer, Piece} from '../piece.js';
import {href, query, refine} from '../route.js';
import {pick, t} from '../words.js';
import './import-result.js';
import './page-message.js';

/** @typedef {import('./import-result.js').Job} Job */

const KINDS = ['regions', 'schools', 'classes', 'devices', 'lines', 'declared'];
const WITH_REPLACE = ['classes', 'devices', 'lines'];
const LARGEST = 16 * 1024 * 1024;
const LOOK_MILLIS = 1000;

/** Files for the register: handed in, looked at, written. Which one is looked at lies in the address. */
class ImportDesk extends Piece {
  static properties = {fault: {state: true}, kind: {state: true}, busy: {state: true}};

  constructor() {
    super();
    /** @type {unknown} */
    this.fault = null;
    this.kind = 'schools';
    this.busy = false;
    /** @type {Answer<Job[]>} */
    this.jobs = new Answer(this, (signal) => get('/imports', {}, signal));
    /** @type {Answer<Job>} */
    this.job = new Answer(this, (signal) => get(`/imports/${encodeURIComponent(query('import'))}`, {}, signal));
    this.asked = '?';
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.next = undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.next);
    this.asked = '?';
  }

  willUpdate() {
    const asked = query('import');
    if (asked !== this.asked) {
      this.fault = null;
      void (asked ? this.#look(true) : this.jobs.run());
    }
    this.asked = asked;
  }

  /** Looks until nothing is done with it any more. @param {boolean} [anew] */
  async #look(anew = false) {
    clearTimeout(this.next);
    await this.job.run({anew});
    const state = this.job.value?.state;
    if (this.isConnected && (state === 'CHECKING' || state === 'APPLYING')) {
      this.next = setTimeout(() => void this.#look(), LOOK_MILLIS);
    }
  }

  /** @param {SubmitEvent} event */
  async #handIn(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const file = /** @type {File} */ (form.get('file'));
    this.fault = null;
    if (file.size > LARGEST) {
      this.fault = new Error(t('import.tooLarge', {size: plain(file.size / 1048576)}));
      return;
    }
    this.busy = true;
    try {
      /** @type {Job} */
      const job = await upload('/imports', {
        kind: this.kind, name: file.name, crs: String(form.get('crs') ?? ''), effective: String(form.get('effective') ?? ''),
        replace: form.get('replace') ? 'true' : '',
      }, file);
      refine({import: job.id});
    } catch (fault) {
      this.fault = fault;
    }
    this.busy = false;
  }

  async #apply() {
    this.fault = null;
    this.busy = true;
    try {
      await send('POST', `/imports/${encodeURIComponent(query('import'))}/apply`);
    } catch (fault) {
      this.fault = fault;
    }
    this.busy = false;
    await this.#look();
  }

  render() {
    const said = this.fault ?? (query('import') ? this.job.problem : this.jobs.problem);
    return html`${said ? html`<p class="refusal" role="alert">${said instanceof Error && !('status' in said) ? said.message : faultText(said)}</p>` : nothing}
      ${query('import') ? this.#one() : this.#begin()}`;
  }

  #begin() {
    const jobs = this.jobs.value;
    return html`<section class="form-page"><h2>${t('import.heading')}</h2>
      <p class="note">${t('import.note')}</p>
      <form class="stack" @submit=${this.#handIn}>
        <label>${t('import.kind')}<select name="kind" @change=${(/** @type {Event} */ event) => {
          this.kind = /** @type {HTMLSelectElement} */ (event.target).value;
        }}>${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${t(`importKind.${kind}`)}</option>`)}</select></label>
        <label>${t('import.file')}<input name="file" type="file" required accept=".csv,.xlsx,text/csv"></label>
        ${this.kind === 'schools' ? html`<label>${t('import.crs')}<select name="crs">
          ${['wgs84', 'gcj02', 'bd09'].map((crs) => html`<option value=${crs}>${t(`crs.${crs}`)}</option>`)}</select></label>` : nothing}
        ${this.kind === 'declared' ? nothing : html`<label>${t('import.effective')}<input name="effective" type="date" min="1990-01-01" max="2099-12-31"></label>
          <p class="note">${t('import.effectiveNote')}</p>`}
        ${WITH_REPLACE.includes(this.kind) ? html`<label class="check"><span><input name="replace" type="checkbox"> ${t('import.replace')}</span></label>` : nothing}
        <button ?disabled=${this.busy}>${t('import.check')}</button>
      </form></section>
      ${jobs && jobs.length ? html`<table class="sheet imports"><caption>${t('import.last')}</caption>
        <thead><tr><th scope="col">${t('admin.at')}</th><th scope="col">${t('import.file')}</th><th scope="col">${t('import.kind')}</th>
          <th scope="col">${t('admin.by')}</th><th scope="col">${t('admin.state')}</th></tr></thead>
        <tbody>${jobs.map((job) => html`<tr><th scope="row"><a href=${href('/admin', {view: 'imports', import: job.id})}>${moment(job.at)}</a></th>
          <td data-label=${t('import.file')}>${job.file}</td><td data-label=${t('import.kind')}>${t(`importKind.${job.kind}`)}</td>
          <td data-label=${t('admin.by')}>${job.account}</td><td data-label=${t('admin.state')}>${t(`importState.${job.state}`)}</td></tr>`)}</tbody></table>`
        : html`<p class="note">${t('empty.imports')}</p>`}`;
  }

  #one() {
    const job = this.job.value;
    const back = html`<p><a href=${href('/admin', {view: 'imports'})}>${t('import.another')}</a></p>`;
    if (!job) return this.job.problem ? back : html`<page-message waiting></page-message>`;
    return html`<section aria-live="polite"><h2>${job.file}</h2>
      <p class="facts"><span>${t(`importKind.${job.kind}`)}</span><span>${t(`importState.${job.state}`)}</span>
        ${job.effective ? html`<span>${t('register.since', {from: job.effective})}</span>` : nothing}
        ${job.replace ? html`<span>${t('import.replace')}</span>` : nothing}</p>
      ${job.state === 'CHECKING' || job.state === 'APPLYING' ? this.#progress(job) : nothing}
      ${job.state === 'CHECKED' ? html`<p class="choices"><button type="button" ?disabled=${this.busy} @click=${() => void this.#apply()}>${t('import.apply')}</button>
        <span class="note">${t('import.applyNote')}</span></p>` : nothing}
      ${job.notes.map((note) => html`<p class="note">${pick(note.zh, note.en)}</p>`)}
      <import-result .job=${job}></import-result>${back}</section>`;
  }

  /** @param {Job} job */
  #progress(job) {
    return html`<div class="progress" role="status">
      ${job.records ? html`<progress max=${job.records} value=${job.written} aria-label=${t('import.progress')}></progress>`
        : html`<progress aria-label=${t('import.progress')}></progress>`}
      <span>${t('import.rows', {rows: plain(job.rows, 0), records: plain(job.records, 0), written: plain(job.written, 0)})}</span></div>`;
  }
}

customElements.define('import-desk', ImportDesk);

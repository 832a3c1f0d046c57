// @ts-check
import {html, nothing} from 'lit';
import {get, send, upload} from '../api.js';
import {faultText} from '../faults.js';
import {moment, plain} from '../figures.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {basis, href, query, refine} from '../route.js';
import {nameOf, pick, t} from '../words.js';
import '../elements/page-message.js';
import '../elements/sign-in.js';

/** @typedef {import('../types.js').MadeDocument} MadeDocument */
/** @typedef {import('../types.js').MadeDocuments} MadeDocuments */

const SIZE = 20;
const FORMATS = ['pdf', 'xlsx', 'csv', 'json'];
const DOSSIER = 'dossier';
const LARGEST = 20 * 1024 * 1024;

/** The documents that are filed: made of frozen snapshots, downloaded, and their stamped scans handed in. */
class ReportsPage extends Piece {
  static properties = {fault: {state: true}, busy: {state: true}, done: {state: true}};

  constructor() {
    super();
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
    this.done = '';
    /** @type {Answer<MadeDocuments>} */
    this.answer = new Answer(this, (signal) => get('/documents', this.#question(), signal));
    this.asked = '';
  }

  #question() {
    return {kind: query('kind'), unit: query('unit'), page: Math.max(0, (Number(query('page')) || 1) - 1), size: SIZE};
  }

  #again = () => void this.answer.run();

  willUpdate() {
    document.title = `${t('nav.reports')} · 点到 Rollcall`;
    const account = frame.context?.account?.username;
    if (!account) return;
    const asked = JSON.stringify([this.#question(), account]);
    if (asked !== this.asked) void this.answer.run();
    this.asked = asked;
  }

  /** @param {SubmitEvent} event */
  async #make(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const kind = String(form.get('kind'));
    const school = frame.context?.account?.school;
    const unit = school ? `/schools/${encodeURIComponent(school)}` : `/regions/${encodeURIComponent(String(form.get('region')))}`;
    const {profile} = basis();
    const at = String(form.get('at') ?? '');
    const asked = new URLSearchParams(Object.entries({profile, at}).filter(([, value]) => value !== ''));
    const tail = asked.size ? `?${asked}` : '';
    await this.#doing(async () => {
      if (kind === DOSSIER) await send('POST', `${unit}/dossier${tail}`);
      else await send('POST', `${unit}/documents${tail}`, {kind});
      this.done = t('reports.made');
      refine({kind: '', unit: '', page: ''});
    });
  }

  /** @param {MadeDocument} item @param {Event} event */
  async #attach(item, event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (!file) return;
    if (file.size > LARGEST) {
      this.fault = new Error(t('reports.scanTooLarge'));
      input.value = '';
      return;
    }
    await this.#doing(async () => {
      await upload(`/documents/${item.id}/scans`, {name: file.name}, file);
      this.done = t('reports.scanKept');
    });
    input.value = '';
  }

  /** @param {() => Promise<void>} work */
  async #doing(work) {
    this.fault = null;
    this.done = '';
    this.busy = true;
    try {
      await work();
      await this.answer.run();
    } catch (fault) {
      this.fault = fault;
    }
    this.busy = false;
  }

  render() {
    if (!frame.context?.account) {
      return html`<div class="message"><h1>${t('reports.signInHeading')}</h1><p>${t('reports.signIn')}</p><sign-in></sign-in></div>`;
    }
    const {value, problem, busy} = this.answer;
    return html`<header class="standing"><h1>${t('nav.reports')}</h1><p class="note">${t('reports.means')}</p>
      <p class="facts"><a href=${href('/self-checks')}>${t('selfChecks.heading')}</a> <a href=${href('/evidence')}>${t('evidence.heading')}</a></p></header>
      ${this.fault ? html`<p class="refusal" role="alert">${this.fault instanceof Error && !('status' in this.fault) ? this.fault.message : faultText(this.fault)}</p>` : nothing}
      <p class="note" role="status">${this.busy ? t('reports.making') : this.done}</p>
      ${value ? this.#form(value) : nothing}
      <section aria-busy=${busy ? 'true' : 'false'} aria-label=${t('reports.list')}>
        ${value ? this.#list(value) : problem
          ? html`<page-message .problem=${problem} .again=${this.#again}></page-message>` : html`<page-message waiting></page-message>`}
      </section>`;
  }

  /** @param {MadeDocuments} value */
  #form(value) {
    const school = frame.context?.account?.school;
    const kinds = value.kinds.filter((kind) => (school ? kind.school : kind.region));
    return html`<form class="make-report" @submit=${this.#make}>
      <label class="field"><span>${t('reports.kind')}</span><select name="kind">
        ${kinds.map((kind) => html`<option value=${kind.id}>${pick(kind.zh, kind.en)}</option>`)}
        ${school ? nothing : html`<option value=${DOSSIER}>${t('reports.dossier')}</option>`}</select></label>
      ${school ? nothing : html`<label class="field"><span>${t('reports.region')}</span><select name="region">
        ${frame.regions.map((region) => html`<option value=${region.code}>${nameOf(region)}</option>`)}</select></label>`}
      <label class="field"><span>${t('reports.at')}</span><input name="at" type="date" max=${frame.context?.asOf ?? ''} .value=${basis().at || (frame.context?.asOf ?? '')}></label>
      <button ?disabled=${this.busy}>${t('reports.make')}</button>
    </form>`;
  }

  /** @param {MadeDocuments} value */
  #list(value) {
    if (value.total === 0) return html`<div class="message"><p>${t('reports.none')}</p></div>`;
    const last = Math.ceil(value.total / SIZE);
    const here = Math.min(last, Number(query('page')) || 1);
    return html`<ol class="documents">${value.items.map((item) => this.#item(item))}</ol>
      ${last < 2 ? nothing : html`<nav class="pages" aria-label=${t('pages.label')}>
        <button type="button" ?disabled=${here <= 1} @click=${() => refine({page: String(here - 1)})}>${t('pages.before')}</button>
        <span>${t('pages.of', {here, last: plain(last)})}</span>
        <button type="button" ?disabled=${here >= last} @click=${() => refine({page: String(here + 1)})}>${t('pages.after')}</button></nav>`}`;
  }

  /** @param {MadeDocument} item */
  #item(item) {
    const files = `/api/v1/documents/${item.id}`;
    return html`<li data-id=${item.id}>
      <h2 lang="zh-CN">${item.title}</h2>
      <p class="facts"><span>${pick(item.kindZh, item.kindEn)}</span><span>${pick(item.unitName, item.unitNameEn)} ${item.unit}</span>
        <span>${t('reports.asOf', {date: item.date, profile: item.profile})}</span>
        <span>${t('reports.by', {who: item.account || item.source, when: moment(item.at)})}</span></p>
      <dl class="digests"><dt>${t('reports.snapshot', {n: item.snapshot})}</dt><dd>${item.snapshotSha256}</dd>
        <dt>${t('reports.digest')}</dt><dd>${item.sha256}</dd></dl>
      <p class="downloads">${FORMATS.map((format) => html`<a download href="${files}/files/${format}"
          aria-label="${item.title} ${format.toUpperCase()}">${format.toUpperCase()}</a>`)}
        <a download href="${files}/files/snapshot">${t('reports.snapshotFile')}</a>
        ${item.school ? nothing : html`<a download href="${files}/dossier">${t('reports.dossierFile')}</a>`}</p>
      ${item.scans.length ? html`<ul class="scans">${item.scans.map((scan) => html`<li>
        <a download href="${files}/scans/${scan.version}">${t('reports.scan', {n: scan.version})} ${scan.name}</a>
        <span>${scan.account} · ${moment(scan.at)}</span> <code>${scan.sha256}</code></li>`)}</ul>` : nothing}
      <label class="scan-upload"><span>${t('reports.attach')}</span>
        <input type="file" accept=".pdf,.jpg,.jpeg,.png" ?disabled=${this.busy} @change=${(/** @type {Event} */ event) => this.#attach(item, event)}></label>
    </li>`;
  }
}

customElements.define('reports-page', ReportsPage);

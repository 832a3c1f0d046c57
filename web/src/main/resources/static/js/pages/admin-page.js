// @ts-check
import {html, nothing} from 'lit';
import {get, send} from '../api.js';
import {faultText} from '../faults.js';
import {moment} from '../figures.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {href, query, refine} from '../route.js';
import {nameOf, t} from '../words.js';
import '../elements/page-message.js';

/** @typedef {{name: string, role: string, region: string|null, school: string|null, identity: string|null, enabled: boolean, mustChange: boolean, createdAt: string}} Account */
/** @typedef {{id: number, at: string, account: string, source: string, action: string, subject: string, detail: Record<string, unknown>}} Entry */

const SIZE = 50;
const ROLES = ['ADMINISTRATOR', 'BUREAU', 'TECHNICIAN', 'SCHOOL'];

/** For administrators: who may sign in, and who did what. */
class AdminPage extends Piece {
  static properties = {fault: {state: true}, told: {state: true}, role: {state: true}};

  constructor() {
    super();
    /** @type {unknown} */
    this.fault = null;
    this.told = '';
    this.role = 'BUREAU';
    /** @type {Answer<{total: number, items: Account[]}>} */
    this.accounts = new Answer(this, (signal) => get('/accounts', {page: this.#page(), size: SIZE}, signal));
    /** @type {Answer<{total: number, items: Entry[]}>} */
    this.audit = new Answer(this, (signal) => get('/audit', {page: this.#page(), size: SIZE, action: query('action'), account: query('by')}, signal));
    this.asked = '';
  }

  #page() {
    return Math.max(0, (Number(query('page')) || 1) - 1);
  }

  get #view() {
    return query('view') === 'audit' ? 'audit' : 'accounts';
  }

  willUpdate() {
    document.title = `${t('nav.admin')} · 点到 Rollcall`;
    const asked = JSON.stringify([this.#view, query('page'), query('action'), query('by'), frame.context?.account?.username]);
    if (asked !== this.asked && frame.context?.account?.role === 'ADMINISTRATOR') {
      void (this.#view === 'audit' ? this.audit : this.accounts).run();
    }
    this.asked = asked;
  }

  /** @param {() => Promise<string>} work */
  async #do(work) {
    this.fault = null;
    this.told = '';
    try {
      this.told = await work();
      void this.accounts.run();
    } catch (fault) {
      this.fault = fault;
    }
  }

  /** @param {SubmitEvent} event */
  #add(event) {
    event.preventDefault();
    const target = /** @type {HTMLFormElement} */ (event.target);
    const form = new FormData(target);
    void this.#do(async () => {
      const role = String(form.get('role'));
      await send('POST', '/accounts', {
        name: form.get('name'), password: form.get('password') || null, role, identity: form.get('identity') || null,
        region: role === 'BUREAU' || role === 'TECHNICIAN' ? form.get('region') : null,
        school: role === 'SCHOOL' ? form.get('school') : null,
      });
      target.reset();
      return t('admin.added', {name: String(form.get('name'))});
    });
  }

  /** @param {Account} account @param {object} change */
  #change(account, change) {
    void this.#do(async () => {
      await send('PATCH', `/accounts/${encodeURIComponent(account.name)}`, change);
      return t('admin.changed', {name: account.name});
    });
  }

  render() {
    if (frame.context?.account?.role !== 'ADMINISTRATOR') {
      return html`<page-message heading=${t('admin.forAdmins')} text=${t('admin.forAdminsText')}></page-message>`;
    }
    const problem = this.fault ?? (this.#view === 'audit' ? this.audit.problem : this.accounts.problem);
    return html`<h1>${t('nav.admin')}</h1>
      <nav class="tabs" aria-label=${t('nav.admin')}>
        ${['accounts', 'audit'].map((view) => html`<a href=${href('/admin', {view: view === 'accounts' ? '' : view})}
          aria-current=${this.#view === view ? 'page' : 'false'}>${t(`admin.${view}`)}</a>`)}
      </nav>
      ${problem ? html`<p class="refusal" role="alert">${faultText(problem)}</p>` : nothing}
      ${this.told ? html`<p role="status">${this.told}</p>` : nothing}
      ${this.#view === 'audit' ? this.#entries() : this.#all()}`;
  }

  #all() {
    const value = this.accounts.value;
    if (!value) return html`<page-message waiting></page-message>`;
    return html`<table class="sheet accounts">
        <caption>${t('admin.count', {n: value.total})}</caption>
        <thead><tr><th scope="col">${t('account.username')}</th><th scope="col">${t('admin.role')}</th><th scope="col">${t('admin.scope')}</th>
          ${this.#oidc ? html`<th scope="col">${t('admin.identity', {name: this.#oidc})}</th>` : nothing}
          <th scope="col">${t('admin.state')}</th><th scope="col">${t('token.action')}</th></tr></thead>
        <tbody>${value.items.map((account) => html`<tr>
          <th scope="row">${account.name}</th>
          <td data-label=${t('admin.role')}>${t(`role.${account.role}`)}</td>
          <td data-label=${t('admin.scope')}>${this.#scope(account)}</td>
          ${this.#oidc ? html`<td data-label=${this.#oidc}>${this.#identity(account)}</td>` : nothing}
          <td data-label=${t('admin.state')}>${t(account.enabled ? (account.mustChange ? 'admin.mustChange' : 'admin.enabled') : 'admin.disabled')}</td>
          <td>${account.name === frame.context?.account?.username ? t('admin.you') : html`<button class="quiet" type="button"
            @click=${() => this.#change(account, {enabled: !account.enabled})}>${t(account.enabled ? 'admin.disable' : 'admin.enable')}</button>`}</td>
        </tr>`)}</tbody>
      </table>
      ${this.#pages(value.total)}
      ${this.#form()}`;
  }

  /** @param {Account} account */
  #scope(account) {
    if (account.school) return html`<a href=${href(`/schools/${account.school}`)}>${account.school}</a>`;
    const region = frame.region(account.region);
    return account.region ? `${region ? nameOf(region) : ''} ${account.region}` : t('admin.everything');
  }

  /** What the provider is called, or nothing when there is none. */
  get #oidc() {
    const oidc = frame.context?.oidc;
    return oidc ? nameOf(oidc) : '';
  }

  /** @param {Account} account */
  #identity(account) {
    return html`<form class="inline" @submit=${(/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
      this.#change(account, {identity: form.get('identity') || null});
    }}><input name="identity" .value=${account.identity ?? ''} maxlength="255" autocomplete="off"
        aria-label=${t('admin.identityOf', {name: account.name})}>
      <button class="quiet">${t('admin.bind')}</button></form>`;
  }

  #form() {
    return html`<section class="form-page"><h2>${t('admin.add')}</h2>
      <form class="stack" @submit=${this.#add}>
        <label>${t('account.username')}<input name="name" required maxlength="64" autocomplete="off"></label>
        <label>${t('admin.role')}<select name="role" @change=${(/** @type {Event} */ event) => {
          this.role = /** @type {HTMLSelectElement} */ (event.target).value;
        }}>${ROLES.map((role) => html`<option value=${role} ?selected=${role === this.role}>${t(`role.${role}`)}</option>`)}</select></label>
        ${this.role === 'BUREAU' || this.role === 'TECHNICIAN' ? html`<label>${t('school.region')}<select name="region">
          ${frame.regions.map((region) => html`<option value=${region.code}>${nameOf(region)} ${region.code}</option>`)}</select></label>` : nothing}
        ${this.role === 'SCHOOL' ? html`<label>${t('admin.schoolCode')}<input name="school" required maxlength="64"></label>` : nothing}
        ${this.#oidc ? html`<label>${t('admin.identity', {name: this.#oidc})}<input name="identity" maxlength="255" autocomplete="off"></label>
          <p class="note">${t('admin.identityNote')}</p>` : nothing}
        <label>${t('admin.firstPassword')}<input name="password" type="password" ?required=${!this.#oidc} minlength="8" maxlength="128" autocomplete="new-password"></label>
        <p class="note">${t('admin.firstPasswordNote')}</p>
        <button>${t('admin.add')}</button>
      </form></section>`;
  }

  #entries() {
    const value = this.audit.value;
    if (!value) return html`<page-message waiting></page-message>`;
    return html`<p class="note">${t('admin.auditKept')}</p>
      <form class="tools" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
        <label class="field"><span>${t('admin.by')}</span><input type="search" .value=${query('by')} maxlength="64"
          @change=${(/** @type {Event} */ event) => refine({by: /** @type {HTMLInputElement} */ (event.target).value, page: ''})}></label>
        <label class="field"><span>${t('admin.action')}</span><input type="search" .value=${query('action')} maxlength="64" placeholder="login"
          @change=${(/** @type {Event} */ event) => refine({action: /** @type {HTMLInputElement} */ (event.target).value, page: ''})}></label>
      </form>
      ${value.items.length === 0 ? html`<p class="note">${t('empty.audit')}</p>` : html`<table class="sheet audit">
        <caption>${t('admin.entries', {n: value.total})}</caption>
        <thead><tr><th scope="col">${t('admin.at')}</th><th scope="col">${t('admin.by')}</th><th scope="col">${t('admin.action')}</th>
          <th scope="col">${t('admin.subject')}</th><th scope="col">${t('admin.detail')}</th></tr></thead>
        <tbody>${value.items.map((entry) => html`<tr>
          <th scope="row">${moment(entry.at)}</th>
          <td data-label=${t('admin.by')}>${entry.account || t(entry.source.startsWith('console:') ? 'admin.console' : 'admin.nobody')} <small>${entry.source}</small></td>
          <td data-label=${t('admin.action')}><code>${entry.action}</code></td>
          <td data-label=${t('admin.subject')}>${entry.subject}</td>
          <td data-label=${t('admin.detail')}>${Object.entries(entry.detail).map(([key, said]) => html`<span class="detail">${key}: ${String(said)}</span> `)}</td>
        </tr>`)}</tbody>
      </table>
      ${this.#pages(value.total)}`}`;
  }

  /** @param {number} total */
  #pages(total) {
    const last = Math.ceil(total / SIZE);
    const here = this.#page() + 1;
    if (last < 2) return nothing;
    return html`<nav class="pages" aria-label=${t('pages.label')}>
      <button type="button" ?disabled=${here <= 1} @click=${() => refine({page: String(here - 1)})}>${t('pages.before')}</button>
      <span>${t('pages.of', {here, last})}</span>
      <button type="button" ?disabled=${here >= last} @click=${() => refine({page: String(here + 1)})}>${t('pages.after')}</button>
    </nav>`;
  }
}

customElements.define('admin-page', AdminPage);

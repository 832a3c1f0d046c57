// @ts-check
import {html, nothing} from 'lit';
import {get, send} from '../api.js';
import {faultText} from '../faults.js';
import {moment} from '../figures.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {href} from '../route.js';
import {has, nameOf, t} from '../words.js';
import '../elements/page-message.js';

/** @typedef {{name: string, value: string, choices: string[]}} Column */
/** @typedef {{from: string|null, to: string|null, values: Record<string, string>}} Span */
/** @typedef {{from: string, reason: string, changed: Record<string, {before: string, after: string}>}} Detail */
/** @typedef {{at: string, account: string, source: string, detail: Detail}} Made */
/** @typedef {{kind: 'school'|'region', code: string, name: string, nameEn: string, today: string, mayChange: boolean,
 *   columns: Column[], spans: Span[], changes: Made[]}} Entry */

/** What a region's level may not be changed to by hand, and every code, stays. */
const FIXED = ['code', 'level'];

/** One entry of the register: what it says today, what it said and will say, who changed it and why. */
class RegisterPage extends Piece {
  static properties = {kind: {}, code: {}, fault: {state: true}, told: {state: true}, busy: {state: true}};

  constructor() {
    super();
    /** @type {'schools'|'regions'} */
    this.kind = 'schools';
    /** @type {string|null} */
    this.code = null;
    /** @type {unknown} */
    this.fault = null;
    this.told = '';
    this.busy = false;
    /** @type {Answer<Entry>} */
    this.entry = new Answer(this, (signal) => get(this.#path(), {}, signal));
    this.asked = '';
  }

  #path() {
    return `/${this.kind}/${encodeURIComponent(this.code ?? '')}/register`;
  }

  willUpdate() {
    const asked = JSON.stringify([this.kind, this.code, frame.context?.account?.username]);
    if (asked !== this.asked) {
      this.fault = null;
      this.told = '';
      void this.entry.run({anew: true});
    }
    this.asked = asked;
    document.title = `${t('register.heading')} · 点到 Rollcall`;
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
    const entry = this.entry.value;
    if (!entry) return;
    const target = /** @type {HTMLFormElement} */ (event.target);
    const form = new FormData(target);
    /** @type {Record<string, string>} */
    const values = {};
    for (const column of entry.columns) {
      const said = form.get(`v.${column.name}`);
      if (said !== null && String(said).trim() !== column.value) values[column.name] = String(said).trim();
    }
    this.fault = null;
    this.told = '';
    this.busy = true;
    try {
      const from = String(form.get('from'));
      await send('POST', this.#path(), {from, reason: form.get('reason'), values});
      await this.entry.run({anew: true});
      this.told = t('register.saved', {from});
    } catch (fault) {
      this.fault = fault;
    }
    this.busy = false;
  }

  render() {
    const entry = this.entry.value;
    if (this.entry.problem && !entry) return html`<page-message .problem=${this.entry.problem} .again=${() => this.entry.run()}></page-message>`;
    if (!entry) return html`<page-message waiting></page-message>`;
    const page = entry.kind === 'school' ? `/schools/${entry.code}` : `/regions/${entry.code}`;
    return html`<header class="standing">
        <h1>${t('register.of', {name: nameOf(entry)})}</h1>
        <p class="facts"><span>${entry.code}</span><a href=${href(page)}>${t(`register.page.${entry.kind}`)}</a></p>
      </header>
      ${this.told ? html`<p role="status">${this.told}</p>` : nothing}
      ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
      ${entry.mayChange ? this.#form(entry) : this.#read(entry)}
      ${this.#history(entry)}
      ${this.#changes(entry)}`;
  }

  /** @param {Entry} entry */
  #read(entry) {
    return html`<section><h2>${t('register.today')}</h2>
      <dl class="entry">${entry.columns.map((column) => html`<div><dt>${t(`column.${column.name}`)}</dt>
        <dd>${word(column.name, column.value)}</dd></div>`)}</dl>
      <p class="note">${t('register.readOnly')}</p></section>`;
  }

  /** @param {Entry} entry */
  #form(entry) {
    return html`<section><h2>${t('register.change')}</h2>
      <p class="note">${t('register.changeNote')}</p>
      <form class="entry-form" @submit=${this.#save}>
        <div class="entry">${entry.columns.map((column) => this.#field(column))}</div>
        <div class="entry">
          <label>${t('register.from')}<input name="from" type="date" required min="1990-01-01" max="2099-12-31" .value=${entry.today}></label>
          <label>${t('register.reason')}<input name="reason" required maxlength="200" autocomplete="off"></label>
        </div>
        <button ?disabled=${this.busy}>${t('register.save')}</button>
      </form></section>`;
  }

  /** @param {Column} column */
  #field(column) {
    const label = t(`column.${column.name}`);
    const name = `v.${column.name}`;
    if (FIXED.includes(column.name)) return html`<label>${label}<input readonly .value=${word(column.name, column.value)}></label>`;
    if (column.choices.length === 0) return html`<label>${label}<input name=${name} .value=${column.value} maxlength="200" autocomplete="off"></label>`;
    const empty = ['medium', 'edu_network'].includes(column.name) ? [''] : [];
    return html`<label>${label}<select name=${name}>${[...empty, ...column.choices].map((choice) => html`<option value=${choice}
      ?selected=${choice === column.value}>${word(column.name, choice)}</option>`)}</select></label>`;
  }

  /** @param {Entry} entry */
  #history(entry) {
    const spans = entry.spans;
    return html`<section><h2>${t('register.history')}</h2>
      <table class="sheet spans"><caption>${t('register.spans', {n: spans.length})}</caption>
        <thead><tr><th scope="col">${t('register.span')}</th><th scope="col">${t('register.said')}</th></tr></thead>
        <tbody>${[...spans].reverse().map((span, back) => {
          const before = spans[spans.length - 2 - back];
          return html`<tr><th scope="row">${period(span)}${current(span, entry.today) ? html` <strong>${t('register.now')}</strong>` : nothing}</th>
            <td data-label=${t('register.said')}>${before ? this.#differences(before.values, span.values) : t('register.first')}</td></tr>`;
        })}</tbody></table></section>`;
  }

  /** @param {Record<string, string>} before @param {Record<string, string>} after */
  #differences(before, after) {
    const changed = Object.keys(after).filter((name) => before[name] !== after[name]);
    if (changed.length === 0) return t('register.same');
    return html`<ul class="plain">${changed.map((name) => difference(name, before[name] ?? '', after[name]))}</ul>`;
  }

  /** @param {Entry} entry */
  #changes(entry) {
    return html`<section><h2>${t('register.changes')}</h2>
      ${entry.changes.length === 0 ? html`<p class="note">${t('empty.changes')}</p>` : html`<table class="sheet changes">
        <thead><tr><th scope="col">${t('admin.at')}</th><th scope="col">${t('admin.by')}</th><th scope="col">${t('register.from')}</th>
          <th scope="col">${t('register.said')}</th><th scope="col">${t('register.reason')}</th></tr></thead>
        <tbody>${entry.changes.map((made) => html`<tr><th scope="row">${moment(made.at)}</th>
          <td data-label=${t('admin.by')}>${made.account || t('admin.console')} <small>${made.source}</small></td>
          <td data-label=${t('register.from')}>${made.detail.from}</td>
          <td data-label=${t('register.said')}><ul class="plain">${Object.entries(made.detail.changed).map(([name, said]) =>
            difference(name, said.before, said.after))}</ul></td>
          <td data-label=${t('register.reason')}>${made.detail.reason}</td></tr>`)}</tbody></table>`}
      <p class="note">${t('register.importsNote')}</p></section>`;
  }
}

/** What a column's value is called; values that no word stands for stay as they are. @param {string} column @param {string} value */
function word(column, value) {
  if (value === '') return '—';
  const key = column === 'edu_network' ? `yesNo.${value}` : `${column === 'level' ? 'regionLevel' : column}.${value.toUpperCase()}`;
  return has(key) ? t(key) : value;
}

/** @param {string} name @param {string} before @param {string} after */
function difference(name, before, after) {
  return html`<li>${t('register.difference', {column: t(`column.${name}`), before: word(name, before), after: word(name, after)})}</li>`;
}

/** @param {Span} span */
function period(span) {
  if (!span.from && !span.to) return t('register.always');
  if (!span.to) return t('register.since', {from: span.from ?? ''});
  return span.from ? t('register.between', {from: span.from, to: span.to}) : t('register.until', {to: span.to});
}

/** @param {Span} span @param {string} today */
function current(span, today) {
  return (!span.from || span.from <= today) && (!span.to || today < span.to);
}

customElements.define('register-page', RegisterPage);

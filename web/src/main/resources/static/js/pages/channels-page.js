// @ts-check
import {html, nothing} from 'lit';
import {get, send} from '../api.js';
import {faultText} from '../faults.js';
import {moment} from '../figures.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {href, query} from '../route.js';
import {has, pick, t} from '../words.js';
import '../elements/page-message.js';

/** By which channels people are told, a test of each, and what was sent. */
class ChannelsPage extends Piece {
  static properties = {fault: {state: true}, busy: {state: true}, tried: {state: true}};

  constructor() {
    super();
    this.answer = new Answer(this, (signal) => get('/channels', {}, signal));
    this.log = new Answer(this, (signal) => get('/deliveries', {channel: query('channel'), state: query('state'), page: query('page')}, signal));
    this.asked = '';
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
    this.tried = '';
  }

  #again = () => {
    void this.answer.run();
    void this.log.run();
  };

  willUpdate() {
    document.title = `${t('channels.heading')} · 点到 Rollcall`;
    if (frame.context?.account?.role !== 'ADMINISTRATOR') return;
    const asked = `${location.search} ${frame.context.account.username}`;
    if (asked !== this.asked) this.#again();
    this.asked = asked;
  }

  render() {
    const heading = html`<h1>${t('channels.heading')}</h1>`;
    if (frame.context?.account?.role !== 'ADMINISTRATOR') return html`<div class="message">${heading}<p>${t('channels.admin')}</p></div>`;
    const value = /** @type {any[]|null} */ (this.answer.value);
    const {problem} = this.answer;
    return html`<header class="standing">${heading}<p class="note">${t('channels.means')}</p>
        <p><a href=${href('/alerts')}>${t('alerts.heading')}</a></p></header>
      <section aria-label=${t('channels.heading')}>
        ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
        ${this.tried ? html`<p role="status">${this.tried}</p>` : nothing}
        ${value ? this.#channels(value) : problem
          ? html`<page-message .problem=${problem} .again=${this.#again}></page-message>` : html`<page-message waiting></page-message>`}
      </section>
      ${value && value.length ? this.#log() : nothing}`;
  }

  /** @param {any[]} all */
  #channels(all) {
    if (all.length === 0) return html`<div class="message"><p>${t('channels.none')}</p></div>`;
    return html`<div class="sideways" tabindex="0" role="region" aria-label=${t('channels.heading')}><table class="sheet">
      <thead><tr>${['name', 'kind', 'digest', 'waiting', 'sent', 'failed', 'last'].map((key) => html`<th scope="col">${t(`channels.${key}`)}</th>`)}<td></td></tr></thead>
      <tbody>${all.map((each) => html`<tr data-name=${each.name}><th scope="row"><a href=${href('/channels', {channel: each.name})}>${each.name}</a></th>
        <td>${t(`channels.kind.${each.kind}`)}</td>
        <td>${each.digestSeconds ? t('channels.digest.seconds', {n: each.digestSeconds}) : t('channels.digest.none')}</td>
        <td data-label=${t('channels.waiting')}>${each.waiting}</td><td data-label=${t('channels.sent')}>${each.sent}</td><td data-label=${t('channels.failed')}>${each.failed}</td><td>${this.#reason(each.lastReason)}</td>
        <td><button type="button" ?disabled=${this.busy} @click=${() => this.#try(each.name)}>${t('channels.try')}</button></td></tr>`)}</tbody></table></div>`;
  }

  /** @param {string|null} reason */
  #reason(reason) {
    if (reason === 'ok') return t('channels.good');
    if (!reason) return '–';
    const key = `channels.reason.${reason}`;
    const family = `channels.reason.${reason.replace(/-.*/, '')}`;
    const said = has(key) ? t(key) : has(family) ? t(family) : '';
    return said ? `${said} (${reason})` : reason;
  }

  /** @param {string} name */
  async #try(name) {
    this.busy = true;
    this.fault = null;
    this.tried = '';
    try {
      const {reason} = /** @type {any} */ (await send('POST', `/channels/${encodeURIComponent(name)}/test`, {}));
      this.tried = t('channels.tried', {name, reason: this.#reason(reason)});
      this.#again();
    } catch (fault) {
      this.fault = fault;
    } finally {
      this.busy = false;
    }
  }

  #log() {
    const value = /** @type {any} */ (this.log.value);
    if (!value) return nothing;
    const page = Number(query('page') || 0);
    const last = Math.max(0, Math.ceil(value.total / 50) - 1);
    const at = (/** @type {number} */ n) => href('/channels', {channel: query('channel'), state: query('state'), page: n ? String(n) : ''});
    return html`<section aria-labelledby="deliveries"><h2 id="deliveries">${t('channels.log')}</h2>
      <p class="facts alert-states"><a href=${href('/channels', {channel: query('channel')})} aria-current=${query('state') ? 'false' : 'true'}>${t('alerts.all')}</a>
        ${['WAITING', 'SENT', 'FAILED', 'MERGED'].map((state) => html`<a href=${href('/channels', {channel: query('channel'), state})}
          aria-current=${query('state') === state ? 'true' : 'false'}>${t(`channels.state.${state}`)}</a>`)}</p>
      ${value.total === 0 ? html`<p class="note">${t('channels.log.none')}</p>` : html`<div class="sideways" tabindex="0" role="region" aria-label=${t('channels.log')}><table class="sheet">
        <thead><tr>${['log.when', 'name', 'log.what', 'log.state', 'log.tries', 'last'].map((key) => html`<th scope="col">${t(`channels.${key}`)}</th>`)}</tr></thead>
        <tbody>${value.items.map((/** @type {any} */ each) => html`<tr><td>${moment(each.sent ?? each.posted)}</td><td>${each.channel}</td>
          <td>${pick(each.zh, each.en)}${each.people.length ? html` <small>${each.people.join(', ')}</small>` : nothing}</td>
          <td>${t(`channels.state.${each.state}`)}</td><td data-label=${t('channels.log.tries')}>${each.attempts}</td><td>${this.#reason(each.reason)}</td></tr>`)}</tbody></table></div>`}
      ${last ? html`<p class="facts">${page > 0 ? html`<a href=${at(page - 1)}>←</a>` : nothing} <span>${page + 1} / ${last + 1}</span>
        ${page < last ? html`<a href=${at(page + 1)}>→</a>` : nothing}</p>` : nothing}</section>`;
  }
}

customElements.define('channels-page', ChannelsPage);

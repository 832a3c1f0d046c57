// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {ago, moment, plain} from '../figures.js';
import {frame} from '../frame.js';
import {live} from '../live.js';
import {Answer, Piece, throttled} from '../piece.js';
import {href} from '../route.js';
import {nameOf, t} from '../words.js';
import '../elements/ask-now.js';
import '../elements/page-message.js';

/** Why the pages say what they say of one subject: its entry and the newest look at it, every measure. */
class DevicePage extends Piece {
  static properties = {code: {}, subject: {}};

  constructor() {
    super();
    this.code = '';
    this.subject = '';
    /** @type {Answer<import('../types.js').DeviceNow>} */
    this.answer = new Answer(this, (signal) => get(`/schools/${this.code}/devices/${encodeURIComponent(this.subject)}`, {}, signal));
    this.asked = '';
  }

  #stale = throttled(() => {
    if (frame.context?.account) void this.answer.run();
  }, 5000);

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('pulse', this.#stale);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('pulse', this.#stale);
  }

  willUpdate() {
    document.title = `${this.subject} · 点到 Rollcall`;
    if (!frame.context?.account) return;
    const asked = JSON.stringify([this.code, this.subject, frame.context.account.username]);
    if (asked !== this.asked) void this.answer.run({anew: true});
    this.asked = asked;
  }

  render() {
    if (!frame.context?.account) {
      return html`<div class="message"><h1>${t('problems.signIn.heading')}</h1><p>${t('problems.signIn.text')}</p><sign-in></sign-in></div>`;
    }
    const {value, problem} = this.answer;
    if (!value) return problem ? html`<page-message .problem=${problem}></page-message>` : html`<page-message waiting></page-message>`;
    const school = {name: value.schoolName, nameEn: value.schoolNameEn};
    return html`<header class="standing"><h1>${value.subject}</h1>
        <p><a href=${href(`/schools/${value.school}`)}>${nameOf(school)}</a>${value.space ? html` · ${value.space}` : nothing}</p></header>
      <section class="part"><h2>${t('device.entry')}</h2>
        ${value.registered ? html`<dl class="cause-facts">
          <div><dt>${t('device.address')}</dt><dd><code>${value.address ?? '—'}</code></dd></div>
          <div><dt>${t('device.probe')}</dt><dd><code>${value.probe ?? '—'}</code></dd></div></dl>`
          : html`<p class="note">${t('device.unregistered')}</p>`}</section>
      <section class="part"><h2>${t('device.newest')}</h2>
        ${value.seen ? html`<p>${moment(value.seen)} <small>${ago(value.seen)}</small>
            ${value.reason ? html` · ${t('device.reason')} <code>${value.reason}</code>` : nothing}</p>
          <table class="sheet"><thead><tr><th scope="col">${t('device.measure')}</th><th scope="col" class="number">${t('device.value')}</th></tr></thead>
            <tbody>${Object.entries(value.measures).map(([name, number]) => html`<tr><th scope="row"><code>${name}</code></th>
              <td class="number">${plain(number, 3)}</td></tr>`)}</tbody></table>
          <p class="note">${t('device.units')}</p>`
          : html`<p class="note">${t('device.neverSeen')}</p>`}
        ${['ADMINISTRATOR', 'TECHNICIAN'].includes(frame.context.account.role)
          ? html`<ask-now .code=${this.code} .subject=${this.subject}></ask-now>` : nothing}</section>`;
  }
}

customElements.define('device-page', DevicePage);

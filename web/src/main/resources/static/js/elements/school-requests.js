// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {href} from '../route.js';
import {t} from '../words.js';
import './page-message.js';
import './request-entry.js';

const SIZE = 10;

/** What a school asked and what became of it, for whoever is signed in; what waits comes first. */
class SchoolRequests extends Piece {
  static properties = {code: {}};

  constructor() {
    super();
    this.code = '';
    /** @type {Answer<import('../types.js').Requests>} */
    this.answer = new Answer(this, (signal) => get(`/schools/${encodeURIComponent(this.code)}/requests`, {size: SIZE}, signal));
    this.asked = '';
  }

  /** Asks again: something was asked or answered. */
  again() {
    if (frame.context?.account) void this.answer.run();
  }

  willUpdate() {
    const asked = `${this.code} ${frame.context?.account?.username ?? ''}`;
    if (asked !== this.asked) {
      this.answer.value = null;
      this.again();
    }
    this.asked = asked;
  }

  render() {
    const {value, problem} = this.answer;
    if (!frame.context?.account) return html`<p class="note">${t('requests.signIn')}</p>`;
    if (problem && !value) return html`<page-message .problem=${problem} .again=${() => this.again()}></page-message>`;
    if (!value) return nothing;
    if (value.total === 0) return html`<p class="note">${t('empty.requests')}</p>`;
    return html`<ul class="requests">${value.items.map((item) => html`<li data-id=${item.id}>
        <request-entry .item=${item} @done=${() => this.again()}></request-entry></li>`)}</ul>
      ${value.total > SIZE ? html`<p><a href=${href('/requests')}>${t('requests.more', {n: value.total - SIZE})}</a></p>` : nothing}`;
  }
}

customElements.define('school-requests', SchoolRequests);

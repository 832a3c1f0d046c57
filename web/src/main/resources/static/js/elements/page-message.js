// @ts-check
import {html, nothing} from 'lit';
import {Problem} from '../api.js';
import {Piece} from '../piece.js';
import {t} from '../words.js';
import './sign-in.js';

/** What stands in place of data: that it is coming, that there is none, or why it could not come, and what to do. */
class PageMessage extends Piece {
  static properties = {
    waiting: {type: Boolean},
    heading: {},
    text: {},
    problem: {attribute: false},
    again: {attribute: false},
  };

  constructor() {
    super();
    this.waiting = false;
    this.heading = '';
    this.text = '';
    /** @type {unknown} */
    this.problem = null;
    /** @type {(() => void)|null} */
    this.again = null;
  }

  render() {
    if (this.problem) return this.#fault(this.problem);
    if (this.waiting) return html`<p class="message waiting" role="status">${t('wait.loading')}</p>`;
    return html`<div class="message"><h1>${this.heading}</h1><p>${this.text}</p></div>`;
  }

  /** @param {unknown} fault */
  #fault(fault) {
    const status = fault instanceof Problem ? fault.status : -1;
    if (status === 401) {
      return html`<div class="message">
        <h1>${t('fault.401.heading')}</h1>
        <p>${t('fault.401.text')}</p>
        <sign-in></sign-in>
      </div>`;
    }
    const kind = status === 0 || status === 403 || status === 404 ? String(status) : 'other';
    const detail = fault instanceof Problem ? fault.detail : String(fault);
    return html`<div class="message" role="alert">
      <h1>${t(`fault.${kind}.heading`)}</h1>
      ${detail ? html`<p>${detail}</p>` : nothing}
      <p>${t(`fault.${kind}.text`, {host: location.host, status})}</p>
      ${this.again ? html`<button type="button" @click=${this.again}>${t('fault.again')}</button>` : nothing}
    </div>`;
  }
}

customElements.define('page-message', PageMessage);

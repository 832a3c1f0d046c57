// @ts-check
import {html, nothing} from 'lit';
import {get, send} from '../api.js';
import {faultText} from '../faults.js';
import {moment} from '../figures.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {t} from '../words.js';
import '../elements/choose-password.js';
import '../elements/page-message.js';
import '../elements/sign-in.js';
import '../elements/wall-link.js';

/** @typedef {{id: string, purpose: string, createdAt: string, expiresAt: string}} Token */

/** The own account: who it is, another password, keys for programs. */
class AccountPage extends Piece {
  static properties = {made: {state: true}, fault: {state: true}};

  constructor() {
    super();
    /** @type {{token: string}|null} */
    this.made = null;
    /** @type {unknown} */
    this.fault = null;
    /** @type {Answer<Token[]>} */
    this.tokens = new Answer(this, (signal) => get('/tokens', {}, signal));
    this.asked = '';
  }

  willUpdate() {
    const account = frame.context?.account;
    const asked = account && !account.mustChange ? account.username : '';
    if (asked && asked !== this.asked) void this.tokens.run({anew: true});
    this.asked = asked;
    document.title = `${t('account.heading')} · 点到 Rollcall`;
  }

  /** @param {SubmitEvent} event */
  async #make(event) {
    event.preventDefault();
    const target = /** @type {HTMLFormElement} */ (event.target);
    const form = new FormData(target);
    this.fault = null;
    this.made = null;
    try {
      this.made = await send('POST', '/tokens', {purpose: form.get('purpose'), days: Number(form.get('days'))});
      target.reset();
      void this.tokens.run();
    } catch (fault) {
      this.fault = fault;
    }
  }

  /** @param {Token} token */
  async #end(token) {
    this.fault = null;
    try {
      await send('DELETE', `/tokens/${encodeURIComponent(token.id)}`);
      void this.tokens.run();
    } catch (fault) {
      this.fault = fault;
    }
  }

  render() {
    const account = frame.context?.account;
    if (!account) return html`<section class="form-page"><h1>${t('account.heading')}</h1><sign-in></sign-in></section>`;
    return html`<section class="form-page">
      <h1>${account.username}</h1>
      <p>${t(`role.${account.role}`)}</p>
      ${account.mustChange ? html`<p class="refusal" role="alert">${t('password.must')}</p>` : nothing}
      <h2>${t('password.heading')}</h2>
      <choose-password></choose-password>
      ${account.mustChange ? nothing : this.#keys()}
    </section>`;
  }

  #keys() {
    const tokens = this.tokens.value ?? [];
    return html`<h2>${t('token.heading')}</h2>
      <p>${t('token.text')}</p>
      ${this.made ? html`<p role="status">${t('token.made')}</p>
        <p><code class="secret">${this.made.token}</code></p>` : nothing}
      ${this.fault || this.tokens.problem ? html`<p class="refusal" role="alert">${faultText(this.fault ?? this.tokens.problem)}</p>` : nothing}
      ${tokens.length === 0 ? html`<p class="note">${t('empty.tokens')}</p>` : html`<table class="sheet">
        <thead><tr><th scope="col">${t('token.purpose')}</th><th scope="col">${t('token.expires')}</th><th scope="col">${t('token.action')}</th></tr></thead>
        <tbody>${tokens.map((token) => html`<tr><th scope="row">${token.purpose}</th><td>${moment(token.expiresAt)}</td>
          <td><button class="quiet" type="button" @click=${() => this.#end(token)}>${t('token.end')}</button></td></tr>`)}</tbody>
      </table>`}
      <form class="stack" @submit=${this.#make}>
        <label>${t('token.purpose')}<input name="purpose" required maxlength="100"></label>
        <label>${t('token.days')}<input name="days" type="number" min="1" max="366" value="90" required></label>
        <button>${t('token.make')}</button>
      </form>
      <wall-link @made=${() => void this.tokens.run()}></wall-link>`;
  }
}

customElements.define('account-page', AccountPage);

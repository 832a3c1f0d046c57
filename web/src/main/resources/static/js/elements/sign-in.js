// @ts-check
import {html, nothing} from 'lit';
import {Problem, signIn} from '../api.js';
import {frame} from '../frame.js';
import {listen} from '../live.js';
import {Piece} from '../piece.js';
import {query} from '../route.js';
import {nameOf, t} from '../words.js';

/** What `?refused=` may say; the server's OidcFault. */
const REFUSALS = ['unreachable', 'wrong-state', 'denied', 'expired', 'bad-token', 'no-name', 'no-account'].map((why) => `oidc-${why}`);

let count = 0;

/** The form that signs in. Says `signed-in` when it did. */
class SignIn extends Piece {
  static properties = {fault: {state: true}, busy: {state: true}};

  constructor() {
    super();
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
    this.key = `sign-in-${++count}`;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    this.busy = true;
    this.fault = null;
    try {
      await signIn(String(form.get('username')), String(form.get('password')));
      await frame.load();
      listen();
      this.dispatchEvent(new Event('signed-in', {bubbles: true}));
    } catch (fault) {
      this.fault = fault;
    }
    this.busy = false;
  }

  #said() {
    if (!(this.fault instanceof Problem)) return String(this.fault);
    return this.fault.detail || t(this.fault.status === 0 ? 'fault.0.text' : 'account.refused', {host: location.host});
  }

  /** The way over the provider, which comes back to this page. */
  #provider() {
    const oidc = frame.context?.oidc;
    if (!oidc) return nothing;
    const here = new URL(location.href);
    here.searchParams.delete('refused');
    const to = encodeURIComponent(here.pathname + here.search);
    return html`<a class="button" href="/api/v1/session/oidc?to=${to}">${nameOf(oidc)}</a>
      <p class="note">${t('oidc.or')}</p>`;
  }

  /** Why the provider's word was not taken, when the browser comes back from there. */
  #refused() {
    const why = query('refused');
    return REFUSALS.includes(why) ? html`<p class="refusal" role="alert">${t(`refused.${why}`)}</p>` : nothing;
  }

  render() {
    return html`<form class="sign-in" @submit=${this.#submit}>
      ${this.fault ? nothing : this.#refused()}
      ${this.#provider()}
      <label for="${this.key}-name">${t('account.username')}</label>
      <input id="${this.key}-name" name="username" autocomplete="username" required maxlength="64">
      <label for="${this.key}-word">${t('account.password')}</label>
      <input id="${this.key}-word" name="password" type="password" autocomplete="current-password" required maxlength="256">
      ${this.fault ? html`<p class="refusal" role="alert">${this.#said()}</p>` : nothing}
      <button ?disabled=${this.busy}>${t('account.signIn')}</button>
    </form>`;
  }
}

customElements.define('sign-in', SignIn);

// @ts-check
import {html, nothing} from 'lit';
import {send} from '../api.js';
import {faultText} from '../faults.js';
import {frame} from '../frame.js';
import {listen} from '../live.js';
import {Piece} from '../piece.js';
import {t} from '../words.js';

/** The form by which whoever is signed in chooses another password. Every other session of the account ends. */
class ChoosePassword extends Piece {
  static properties = {fault: {state: true}, busy: {state: true}, done: {state: true}};

  constructor() {
    super();
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
    this.done = false;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const target = /** @type {HTMLFormElement} */ (event.target);
    const form = new FormData(target);
    this.done = false;
    if (form.get('password') !== form.get('again')) {
      this.fault = new Error(t('password.differ'));
      return;
    }
    this.busy = true;
    this.fault = null;
    try {
      await send('POST', '/session/password', {oldPassword: form.get('old'), newPassword: form.get('password')});
      target.reset();
      this.done = true;
      await frame.load();
      listen();
    } catch (fault) {
      this.fault = fault;
    }
    this.busy = false;
  }

  render() {
    return html`<form class="stack" @submit=${this.#submit}>
      <input type="text" name="username" autocomplete="username" .value=${frame.context?.account?.username ?? ''} hidden>
      <label>${t('password.old')}<input name="old" type="password" required maxlength="128" autocomplete="current-password"></label>
      <label>${t('password.new')}<input name="password" type="password" required minlength="8" maxlength="128" autocomplete="new-password"></label>
      <label>${t('password.again')}<input name="again" type="password" required maxlength="128" autocomplete="new-password"></label>
      <p class="note">${t('password.rule')}</p>
      ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
      ${this.done ? html`<p role="status">${t('password.done')}</p>` : nothing}
      <button ?disabled=${this.busy}>${t('password.change')}</button>
    </form>`;
  }
}

customElements.define('choose-password', ChoosePassword);

// @ts-check
import {html, nothing} from 'lit';
import {send} from '../api.js';
import {frame} from '../frame.js';
import {faultText} from '../faults.js';
import {listen} from '../live.js';
import {Piece} from '../piece.js';
import {go, href} from '../route.js';
import {t} from '../words.js';

/** The first account of a new server: made once, by whoever can read the server's data folder. */
class SetupPage extends Piece {
  static properties = {fault: {state: true}, busy: {state: true}};

  constructor() {
    super();
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    if (form.get('password') !== form.get('again')) {
      this.fault = new Error(t('password.differ'));
      return;
    }
    this.busy = true;
    this.fault = null;
    try {
      await send('POST', '/setup', {code: form.get('code'), username: form.get('username'), password: form.get('password')});
      await frame.load();
      listen();
      go(href('/'));
    } catch (fault) {
      this.fault = fault;
    }
    this.busy = false;
  }

  render() {
    if (!frame.context?.setup) return html`<page-message heading=${t('setup.done')} text=${t('setup.doneText')}></page-message>`;
    return html`<section class="form-page">
      <h1>${t('setup.heading')}</h1>
      <p>${t('setup.text')}</p>
      <form class="stack" @submit=${this.#submit}>
        <label>${t('setup.code')}<input name="code" required maxlength="64" autocomplete="off" spellcheck="false"></label>
        <label>${t('account.username')}<input name="username" required maxlength="64" autocomplete="username"></label>
        <label>${t('account.password')}<input name="password" type="password" required minlength="8" maxlength="128" autocomplete="new-password"></label>
        <label>${t('setup.again')}<input name="again" type="password" required maxlength="128" autocomplete="new-password"></label>
        <p class="note">${t('password.rule')}</p>
        ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
        <button ?disabled=${this.busy}>${t('setup.make')}</button>
      </form>
    </section>`;
  }
}

customElements.define('setup-page', SetupPage);

// @ts-check
import {html} from 'lit';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {go, href} from '../route.js';
import {nameOf, t} from '../words.js';

/** The way to one entry of the register: a school by its identifier, a region by its name. */
class RegisterFinder extends Piece {
  /** @param {SubmitEvent} event @param {'schools'|'regions'} kind */
  #open(event, kind) {
    event.preventDefault();
    const code = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('code')).trim();
    if (code) go(href(`/register/${kind}/${encodeURIComponent(code)}`));
  }

  render() {
    return html`<section class="form-page"><h2>${t('register.heading')}</h2>
      <p class="note">${t('register.findNote')} <a href=${href('/schools')}>${t('nav.schools')}</a></p>
      <form class="choices" @submit=${(/** @type {SubmitEvent} */ event) => this.#open(event, 'schools')}>
        <label class="field"><span>${t('admin.schoolCode')}</span><input name="code" required maxlength="32" pattern="[0-9A-Za-z\\-]+" autocomplete="off"></label>
        <button>${t('register.open')}</button></form>
      <form class="choices" @submit=${(/** @type {SubmitEvent} */ event) => this.#open(event, 'regions')}>
        <label class="field"><span>${t('register.region')}</span><select name="code">
          ${frame.regions.map((region) => html`<option value=${region.code}>${nameOf(region)} ${region.code}</option>`)}</select></label>
        <button>${t('register.open')}</button></form></section>`;
  }
}

customElements.define('register-finder', RegisterFinder);

// @ts-check
import {html, nothing} from 'lit';
import {send} from '../api.js';
import {faultText} from '../faults.js';
import {Piece} from '../piece.js';
import {basis, href} from '../route.js';
import {say, t} from '../words.js';

/** @typedef {import('../types.js').SelfCheckItem} Item */

const NOTES = ['difference', 'evidence', 'measures'];

/** What a school writes beside one item. Says `saved` with the whole sheet as the server has it then. */
class SelfCheckForm extends Piece {
  static properties = {item: {attribute: false}, school: {}, fault: {state: true}, busy: {state: true}};

  constructor() {
    super();
    /** @type {Item|null} */
    this.item = null;
    this.school = '';
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
  }

  render() {
    const item = this.item;
    if (!item) return nothing;
    return html`<form class="self-check-form" @submit=${this.#submit}>
      ${item.declared.map((value) => html`<label><span>${say(value)}</span>${this.#input(value)}
        <small>${t(`selfCheck.kind.${value.kind}`, {max: value.max})}${value.certified ? ` ${t('selfCheck.overCertified')}` : ''}</small></label>`)}
      ${item.stated ? this.#text('statement', item.notes.statement) : nothing}
      ${NOTES.map((name) => this.#text(name, item.notes[/** @type {'difference'} */ (name)]))}
      <label><span>${t('selfCheck.person')}</span><input name="person" maxlength="64" .value=${item.notes.person}></label>
      <label><span>${t('selfCheck.deadline')}</span><input name="deadline" type="date" .value=${item.notes.deadline ?? ''}></label>
      <div class="acts"><button ?disabled=${this.busy}>${t('selfCheck.save')}</button></div>
      ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
    </form>`;
  }

  /** @param {Item['declared'][0]} value */
  #input(value) {
    const name = `declared.${value.indicator}`;
    if (value.kind === 'YES_NO') {
      return html`<select name=${name}>
        ${['', 'yes', 'no'].map((word) => html`<option value=${word} ?selected=${word === (value.value ?? '')}
          ?disabled=${word === '' && value.value !== null}>${t(word ? `selfCheck.is.${word}` : 'selfCheck.notDeclared')}</option>`)}</select>`;
    }
    return html`<input name=${name} maxlength="40" inputmode=${value.kind === 'PAIR' ? 'text' : 'decimal'} .value=${value.value ?? ''}>`;
  }

  /** @param {string} name @param {string} value */
  #text(name, value) {
    return html`<label><span>${t(`selfCheck.${name}`)}</span>
      <textarea name=${name} rows="2" maxlength="500" .value=${value}></textarea></label>`;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    /** @type {Record<string, any>} */
    const body = {declared: {}};
    for (const [name, value] of new FormData(/** @type {HTMLFormElement} */ (event.target))) {
      if (name.startsWith('declared.')) body.declared[name.slice('declared.'.length)] = String(value);
      else body[name] = String(value);
    }
    this.busy = true;
    this.fault = null;
    try {
      const path = `/schools/${encodeURIComponent(this.school)}/self-check/${this.item?.item.toLowerCase().replaceAll('_', '-')}`;
      const sheet = await send('PATCH', href(path, basis()), body);
      this.dispatchEvent(new CustomEvent('saved', {detail: sheet}));
    } catch (fault) {
      this.fault = fault;
    }
    this.busy = false;
  }
}

customElements.define('self-check-form', SelfCheckForm);

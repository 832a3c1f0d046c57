// @ts-check
import {html, nothing} from 'lit';
import {download} from '../api.js';
import {faultText} from '../faults.js';
import {Piece} from '../piece.js';
import {basis, href} from '../route.js';
import {t} from '../words.js';

/** Hands over the file that proves a school's verdicts. */
class SchoolProof extends Piece {
  static properties = {code: {}, busy: {state: true}, fault: {state: true}};

  constructor() {
    super();
    this.code = '';
    this.busy = false;
    /** @type {unknown} */
    this.fault = null;
  }

  render() {
    return html`<p>${t('proof.what')}</p>
      <div class="acts"><button type="button" data-act="proof" ?disabled=${this.busy} @click=${() => void this.#make()}>
        ${t(this.busy ? 'proof.making' : 'proof.make')}</button></div>
      ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
      <p class="note">${t('proof.check')} <code>./rollcall verify</code> · <a href=${href('/evidence')}>${t('evidence.heading')}</a></p>
      <p class="note">${t('proof.not')}</p>`;
  }

  async #make() {
    this.busy = true;
    this.fault = null;
    const {profile, at} = basis();
    try {
      await download(`/schools/${this.code}/proof`, {profile, at});
    } catch (fault) {
      this.fault = fault;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('school-proof', SchoolProof);

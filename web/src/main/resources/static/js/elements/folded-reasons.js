// @ts-check
import {html, nothing} from 'lit';
import {Piece} from '../piece.js';
import {say, t} from '../words.js';

/** Every reason after the first, and what is missing by name, behind a fold. */
class FoldedReasons extends Piece {
  static properties = {reasons: {attribute: false}, missing: {attribute: false}};

  constructor() {
    super();
    /** @type {import('../types.js').Sentence[]} */
    this.reasons = [];
    /** @type {string[]} */
    this.missing = [];
  }

  render() {
    if (this.reasons.length + this.missing.length === 0) return nothing;
    return html`<details><summary>${t('indicator.all')}</summary>
      <ul class="reasons">${this.reasons.map((reason) => html`<li data-code=${reason.code}>${say(reason)}</li>`)}</ul>
      ${this.missing.length === 0 ? nothing : html`<ul class="names">${this.missing.map((name) => html`<li>${name}</li>`)}</ul>`}
    </details>`;
  }
}

customElements.define('folded-reasons', FoldedReasons);

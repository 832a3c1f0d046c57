// @ts-check
import {html, nothing} from 'lit';
import {Piece} from '../piece.js';
import {titleOf} from '../rules.js';
import {t} from '../words.js';

/** The rules for which nobody configured a standard, in one line. */
class UnsetRules extends Piece {
  static properties = {rules: {attribute: false}};

  constructor() {
    super();
    /** @type {string[]} ids */
    this.rules = [];
  }

  render() {
    if (this.rules.length === 0) return nothing;
    return html`<p class="note unset">${t('indicator.unset', {rules: this.rules.map(titleOf).join(t('indicator.join'))})}</p>`;
  }
}

customElements.define('unset-rules', UnsetRules);

// @ts-check
import {html, nothing, svg} from 'lit';
import {plain} from '../figures.js';
import {Piece} from '../piece.js';

const LONG = 240;

/**
 * A value against its threshold on one bar from zero. The words beside it say the same, so it is hidden from readers of
 * the screen. A value far beyond the threshold is cut and shown with an open end.
 */
class BulletBar extends Piece {
  static properties = {
    value: {attribute: false}, threshold: {attribute: false}, full: {attribute: false}, verdict: {},
  };

  constructor() {
    super();
    /** @type {number|null} */
    this.value = null;
    this.threshold = 0;
    /** @type {number|null} end of the scale; null lets it follow the numbers */
    this.full = null;
    this.verdict = '';
  }

  render() {
    const end = this.full ?? Math.max(this.threshold * 2, Math.min(this.value ?? 0, this.threshold * 4));
    const at = (/** @type {number} */ number) => Math.min(1, number / (end || 1)) * LONG;
    const beyond = this.value !== null && this.value > end;
    const mark = at(this.threshold);
    return html`<svg class="bullet" viewBox="0 0 ${LONG + 8} 34" aria-hidden="true" data-verdict=${this.verdict}>
      <rect class="bullet-scale" x="0" y="5" width=${LONG} height="10"></rect>
      ${this.value === null ? nothing : svg`<rect class="bullet-value" x="0" y="7" width=${Math.max(1, at(this.value))} height="6"></rect>`}
      ${beyond ? svg`<path class="bullet-more" d="M${LONG} 4l5 6l-5 6"></path>` : nothing}
      <line class="bullet-mark" x1=${mark} x2=${mark} y1="1" y2="19"></line>
      <text class="bullet-text" x="0" y="31">0</text>
      <text class="bullet-text" x=${mark} y="31" text-anchor=${mark > LONG - 16 ? 'end' : 'middle'}>${plain(this.threshold)}</text>
      ${this.full === null || mark > LONG - 24 ? nothing
        : svg`<text class="bullet-text" x=${LONG} y="31" text-anchor="end">${plain(end)}</text>`}
    </svg>`;
  }
}

customElements.define('bullet-bar', BulletBar);

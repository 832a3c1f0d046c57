// @ts-check
import {html, nothing} from 'lit';
import {ago, moment} from '../figures.js';
import {frame} from '../frame.js';
import {live} from '../live.js';
import {Piece} from '../piece.js';
import {t} from '../words.js';

/** Whether the page is connected and how old the newest data is. */
class LiveMark extends Piece {
  #again = () => this.requestUpdate();
  /** @type {number|undefined} */
  #ticking;

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('stand', this.#again);
    this.#ticking = setInterval(this.#again, 5000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('stand', this.#again);
    clearInterval(this.#ticking);
  }

  render() {
    if (frame.line === 'off') return nothing;
    return html`<span class="live" data-line=${frame.line} title=${moment(frame.newest)}>
      <span class="live-dot" aria-hidden="true"></span>
      <span class="live-word">${t(`live.${frame.line}`)}</span>
      <span class="live-age">${frame.newest ? t('live.newest', {ago: ago(frame.newest)}) : t('live.nothing')}</span>
    </span>`;
  }
}

customElements.define('live-mark', LiveMark);

// @ts-check
import {html, nothing} from 'lit';
import {ago, moment, plain} from '../figures.js';
import {frame} from '../frame.js';
import {live} from '../live.js';
import {Piece} from '../piece.js';
import {t} from '../words.js';

/** As many wait whenever data comes in: a few are no news. */
const FEW = 50;

/** Whether the page is connected, how old the newest data is, and how much is still to be judged. */
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
      ${frame.judging > FEW ? html`<span class="live-judging">${t('live.judging', {n: plain(frame.judging)})}</span>` : nothing}
      <span class="live-age">${frame.newest ? t('live.newest', {ago: ago(frame.newest)}) : t('live.nothing')}</span>
    </span>`;
  }
}

customElements.define('live-mark', LiveMark);

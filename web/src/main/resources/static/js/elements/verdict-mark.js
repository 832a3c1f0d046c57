// @ts-check
import {html, nothing} from 'lit';
import {Piece} from '../piece.js';
import {DISPUTED_MARK, markOf, wordOf} from '../verdicts.js';
import {t} from '../words.js';

/** A verdict as mark and word; the word may be left to the reader of the screen alone where a column head says it. */
class VerdictMark extends Piece {
  static properties = {verdict: {}, disputed: {type: Boolean}, brief: {type: Boolean}};

  constructor() {
    super();
    /** @type {import('../types.js').Outcome} */
    this.verdict = 'NO_RULE';
    this.disputed = false;
    this.brief = false;
  }

  render() {
    const word = this.brief ? 'unseen' : 'verdict-word';
    return html`<span class="verdict" data-verdict=${this.verdict} title=${this.brief ? wordOf(this.verdict) : nothing}
        ><span class="stamp" aria-hidden="true">${markOf(this.verdict)}</span><span class=${word}>${wordOf(this.verdict)}</span></span
      >${this.disputed
        ? html`<span class="verdict" data-verdict="DISPUTED" title=${this.brief ? t('verdict.DISPUTED') : nothing}
            ><span class="stamp" aria-hidden="true">${DISPUTED_MARK}</span><span class=${word}>${t('verdict.DISPUTED')}</span></span>`
        : nothing}`;
  }
}

customElements.define('verdict-mark', VerdictMark);

// @ts-check
import {html} from 'lit';
import {Piece} from '../piece.js';
import {MARKS, rollWord, signOf} from '../roll.js';
import {t} from '../words.js';

/** What the marks mean, and by which numbers. */
class RollLegend extends Piece {
  static properties = {thresholds: {attribute: false}};

  constructor() {
    super();
    /** @type {import('../types.js').SheetThresholds|null} */
    this.thresholds = null;
  }

  render() {
    const numbers = this.thresholds;
    return html`<ul class="roll-legend" aria-label=${t('sheet.legend')}>
        ${MARKS.map((mark) => html`<li><span class="mark" data-mark=${mark} aria-hidden="true">${signOf(mark)}</span>
          <b>${rollWord(mark)}</b> <span>${t(`sheet.means.${mark}`)}</span></li>`)}
      </ul>
      ${numbers ? html`<p class="note">${t('sheet.numbers', {present: numbers.presentPercent, known: numbers.knownPercent})}
        ${numbers.projectDefault ? html`<span class="ours" title=${t('targets.oursMeans')}>${t('targets.ours')}</span>` : ''}</p>` : ''}`;
  }
}

customElements.define('roll-legend', RollLegend);

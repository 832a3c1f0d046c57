// @ts-check
import {html} from 'lit';
import {language, t} from '../words.js';
import {Piece} from '../piece.js';

/** Takes the sheet away: on paper, or as a file. */
class SheetTools extends Piece {
  static properties = {path: {}, query: {attribute: false}};

  constructor() {
    super();
    /** of the API, below /api/v1 */
    this.path = '';
    /** @type {Record<string, string>} */
    this.query = {};
  }

  render() {
    const params = new URLSearchParams({format: 'CSV', lang: language()});
    for (const [name, value] of Object.entries(this.query)) if (value) params.set(name, value);
    return html`<span class="sheet-tools">
      <button type="button" @click=${() => window.print()}>${t('sheet.print')}</button>
      <a class="button" download href=${`/api/v1${this.path}?${params}`}>${t('sheet.export')}</a>
    </span>`;
  }
}

customElements.define('sheet-tools', SheetTools);

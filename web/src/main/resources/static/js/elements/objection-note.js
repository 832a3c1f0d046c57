// @ts-check
import {html, nothing} from 'lit';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {href} from '../route.js';
import {t} from '../words.js';

/** That the school objects to a verdict. It stands beside the verdict and is no verdict: what the judge found disputed has a mark of its own. */
class ObjectionNote extends Piece {
  static properties = {objection: {attribute: false}};

  constructor() {
    super();
    /** @type {import('../types.js').Objection|null} */
    this.objection = null;
  }

  render() {
    const objection = this.objection;
    if (!objection) return nothing;
    const said = t('objection.note', {date: objection.date, state: t(`requestState.${objection.state}`)});
    return html`<span class="objection" data-state=${objection.state}><span aria-hidden="true">✎</span> ${frame.context?.account
      ? html`<a href=${href('/requests', {id: String(objection.id)})}>${said}</a>` : said}</span>`;
  }
}

customElements.define('objection-note', ObjectionNote);

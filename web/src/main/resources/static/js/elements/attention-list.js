// @ts-check
import {html, nothing} from 'lit';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {targetOf} from '../rules.js';
import {href} from '../route.js';
import {ORDER, verdictUnder} from '../verdicts.js';
import {nameOf, pick, say, t} from '../words.js';
import './verdict-mark.js';

/** @typedef {import('../types.js').SchoolItem} SchoolItem */

/** The schools that are not met, lack data or are disputed, each with its reasons in words. Says `choose` and `point`. */
class AttentionList extends Piece {
  static properties = {schools: {attribute: false}, rules: {attribute: false}, chosen: {}, pointed: {}};

  constructor() {
    super();
    /** @type {SchoolItem[]} */
    this.schools = [];
    /** @type {string[]} */
    this.rules = [];
    this.chosen = '';
    this.pointed = '';
  }

  /** @param {SchoolItem} school */
  #reasons(school) {
    return school.reasons.filter((reason) => this.rules.length === 0 || this.rules.includes(reason.rule));
  }

  render() {
    const shown = this.schools
      .filter((school) => this.#reasons(school).length > 0)
      .map((school) => ({school, verdict: verdictUnder(school.verdicts, this.rules)}))
      .sort((one, other) => ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict));
    if (shown.length === 0) return html`<p class="note">${t('attention.none')}</p>`;
    return html`<table class="sheet attention">
      <caption>${t('attention.caption', {n: shown.length})}</caption>
      <thead><tr>
        <th scope="col">${t('school.verdict')}</th><th scope="col">${t('school.school')}</th><th scope="col">${t('school.why')}</th>
      </tr></thead>
      <tbody>${shown.map(({school, verdict}) => this.#row(school, verdict))}</tbody>
    </table>`;
  }

  /** @param {SchoolItem} school @param {import('../types.js').Outcome} verdict */
  #row(school, verdict) {
    const reasons = this.#reasons(school);
    const marked = school.code === this.chosen ? 'chosen' : school.code === this.pointed ? 'pointed' : '';
    return html`<tr class=${marked} data-code=${school.code}
        @click=${() => this.#tell('choose', school.code)}
        @mouseenter=${() => this.#tell('point', school.code)} @mouseleave=${() => this.#tell('point', null)}
        @focusin=${() => this.#tell('point', school.code)} @focusout=${() => this.#tell('point', null)}>
      <td><verdict-mark verdict=${verdict} ?disputed=${reasons.some((reason) => reason.disputed)}></verdict-mark></td>
      <th scope="row"><a href=${href(`/schools/${school.code}`)}>${nameOf(school)}</a>
        <small>${pick(school.regionName, school.regionNameEn)} · ${t(`tier.${school.tier}`)}</small></th>
      <td><ul class="reasons">${reasons.map((reason) => html`<li>${this.#target(reason.rule)}${say(reason)}</li>`)}</ul></td>
    </tr>`;
  }

  /** @param {string} id */
  #target(id) {
    const rule = frame.rule(id);
    return rule ? html`<b>${targetOf(rule)}</b> ` : nothing;
  }

  /** @param {string} type @param {string|null} code */
  #tell(type, code) {
    this.dispatchEvent(new CustomEvent(type, {detail: code}));
  }
}

customElements.define('attention-list', AttentionList);

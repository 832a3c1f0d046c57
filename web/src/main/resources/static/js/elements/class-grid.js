// @ts-check
import {html, nothing} from 'lit';
import {duration, moment} from '../figures.js';
import {Piece} from '../piece.js';
import {t} from '../words.js';
import {reasonOf} from './link-list.js';

/** @typedef {import('../types.js').SchoolClass} SchoolClass */

const SIGNS = {up: '●', standby: '◐', down: '○', fault: '!', unknown: '?', missing: '∅', none: '—'};

/** The classes grade by grade, each with what its platform last said. Off is not broken: only the verdict judges. */
class ClassGrid extends Piece {
  static properties = {classes: {attribute: false}, state: {}};

  constructor() {
    super();
    /** @type {SchoolClass[]} */
    this.classes = [];
    this.state = 'live';
  }

  render() {
    const grades = [...new Set(this.classes.map(({grade}) => grade))].sort((one, other) => one - other);
    return html`<div class="classes">${grades.map((grade) => html`<section class="grade">
        <h3>${t('class.grade', {n: grade})}</h3>
        <ul>${this.classes.filter((each) => each.grade === grade).map((each) => this.#cell(each))}</ul>
      </section>`)}</div>
      <p class="note signs">${Object.entries(SIGNS).map(([state, sign]) => html`<span>${sign} ${t(`class.${state}`)}</span>`)}</p>`;
  }

  /** @param {SchoolClass} each */
  #stateOf(each) {
    if (each.terminals.length === 0) return each.platformDeclared ? 'missing' : 'none';
    if (this.state === 'silent' || this.state === 'none') return 'unknown';
    if (each.terminals.some(({state}) => state === 'ON')) return 'up';
    if (each.terminals.some(({state}) => state === 'FAULT')) return 'fault';
    if (each.terminals.some(({state}) => state === 'STANDBY')) return 'standby';
    return each.terminals.some(({up}) => up === false) ? 'down' : 'unknown';
  }

  /** @param {SchoolClass} each */
  #cell(each) {
    const state = this.#stateOf(each);
    const terminal = each.terminals.find(({state, uptimeSeconds}) => state === 'ON' && uptimeSeconds !== null) ?? each.terminals[0];
    const detail = [
      ...each.terminals.map(({name, seen, reason}) => `${name} ${moment(seen)} ${reason ? reasonOf(reason) : ''}`.trim()),
      each.platformDeclared ? t('class.declared') : t('class.undeclared'),
    ].join('\n');
    return html`<li class="cell" data-up=${state} title=${detail}>
      <span class="sign" aria-hidden="true">${SIGNS[state]}</span>
      <span class="cell-name">${each.name}</span>
      <span class="unseen">${t(`class.${state}`)}</span>
      ${state === 'up' && terminal.uptimeSeconds !== null
        ? html`<small>${t('class.on', {span: duration(terminal.uptimeSeconds)})}</small>`
        : state === 'missing' ? html`<small>${t('class.missingShort')}</small>` : nothing}
    </li>`;
  }
}

customElements.define('class-grid', ClassGrid);

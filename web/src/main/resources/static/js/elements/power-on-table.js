// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {clock, plain} from '../figures.js';
import {Answer, Piece} from '../piece.js';
import {t} from '../words.js';

/** @typedef {import('../types.js').PowerOn} PowerOn */
/** @typedef {import('../types.js').UseDay} UseDay */

/** For how long each class's platform was switched on in the last days. A statistic: off is nobody's fault here. */
class PowerOnTable extends Piece {
  static properties = {school: {}, at: {}};

  constructor() {
    super();
    this.school = '';
    /** @type {string|null} the last of the days; null: today */
    this.at = null;
    /** @type {Answer<PowerOn>} */
    this.use = new Answer(this, (signal) =>
      get(`/schools/${encodeURIComponent(this.school)}/power-on`, {to: this.at ?? undefined}, signal));
    this.asked = '';
  }

  willUpdate() {
    const asked = JSON.stringify([this.school, this.at]);
    if (asked !== this.asked && this.school) void this.use.run({anew: true});
    this.asked = asked;
  }

  render() {
    const use = this.use.value;
    if (!use) return this.use.problem ? html`<page-message .problem=${this.use.problem}></page-message>` : nothing;
    if (use.classes.length === 0) return html`<p class="note">${t('use.none', {from: use.from, to: use.to})}</p>`;
    const schoolDays = new Set(use.days.filter(({schoolDay}) => schoolDay).map(({date}) => date));
    return html`<table class="sheet use">
      <thead><tr>
        <th scope="col">${t('use.class')}</th><th scope="col" class="number">${t('use.minutes')}</th>
        <th scope="col" class="number">${t('use.lessonMinutes')}</th><th scope="col" class="number">${t('use.days')}</th>
        <th scope="col" class="number">${t('use.times')}</th><th scope="col">${t('use.last')}</th>
        <th scope="col" class="number">${t('use.faults')}</th>
      </tr></thead>
      <tbody>${use.classes.map((one) => this.#row(one.name, one.days, schoolDays))}</tbody>
    </table>
    <p class="note">${t('use.note', {from: use.from, to: use.to})}</p>`;
  }

  /** @param {string} name @param {UseDay[]} days @param {Set<string>} schoolDays */
  #row(name, days, schoolDays) {
    const seen = days.filter(({date}) => schoolDays.has(date)).length;
    const sum = (/** @type {(day: UseDay) => number} */ of) => days.reduce((all, day) => all + of(day), 0);
    const mean = (/** @type {number} */ all) => (seen === 0 ? '—' : plain(Math.floor(all / seen), 0));
    const last = [...days].reverse().find(({firstOn}) => firstOn !== null);
    const faults = sum((day) => day.faults);
    return html`<tr>
      <th scope="row">${name}</th>
      <td class="number" data-label=${t('use.minutes')}>${mean(sum((day) => day.minutes))}</td>
      <td class="number" data-label=${t('use.lessonMinutes')}>${mean(sum((day) => day.lessonMinutes))}</td>
      <td class="number" data-label=${t('use.days')}>${days.filter(({minutes}) => minutes > 0).length}</td>
      <td class="number" data-label=${t('use.times')}>${sum((day) => day.times)}</td>
      <td data-label=${t('use.last')}>${last && last.firstOn && last.lastOff
        ? t('use.span', {date: last.date, from: clock(last.firstOn), to: clock(last.lastOff)}) : '—'}</td>
      <td class="number" data-label=${t('use.faults')}>${faults === 0 ? '—' : faults}</td>
    </tr>`;
  }
}

customElements.define('power-on-table', PowerOnTable);

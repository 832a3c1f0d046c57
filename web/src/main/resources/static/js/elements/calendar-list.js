// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {href} from '../route.js';
import {nameOf, pick, t} from '../words.js';
import './page-message.js';
import './school-days.js';

/** @typedef {{name: string, from: string, to: string, assumed: boolean, source: string|null}} Span */
/** @typedef {{date: string, follows: string, assumed: boolean, source: string|null}} MakeUp */
/** @typedef {{name: string, from: string|null, periods: {name: string, from: string, to: string, days: string[]}[]}} Timetable */
/** @typedef {{schools: string[], reason: string, terms: Span[], daysOff: Span[], makeUpDays: MakeUp[], lessonDays: string[], timetables: Timetable[]}} Special */
/** @typedef {{id: string, version: string, title: string, titleEn: string, effective: string|null, base: string|null, regions: string[], lessonDays: string[],
 *   schoolYears: {name: string, from: string, to: string, terms: Span[], holidays: Span[], makeUpDays: MakeUp[]}[],
 *   holidayYears: {year: number, source: string|null, assumed: boolean, holidays: Span[], makeUpDays: MakeUp[]}[],
 *   timetables: Timetable[], overrides: Special[]}} Calendar */
/** @typedef {{id: string, title: string, titleEn: string, version: string, rules: object[]}} Profile */
/** @typedef {{path: string, value: string, reason: string, hint: string}} Fault */

/** Profiles and calendars as the server has them in force, and what is wrong with their files. */
class CalendarList extends Piece {
  constructor() {
    super();
    /** @type {Answer<{problems: Fault[], calendars: Calendar[]}>} */
    this.calendars = new Answer(this, (signal) => get('/calendars', {}, signal));
    /** @type {Answer<Profile[]>} */
    this.profiles = new Answer(this, (signal) => get('/profiles', {}, signal));
  }

  connectedCallback() {
    super.connectedCallback();
    void this.calendars.run();
    void this.profiles.run();
  }

  render() {
    const all = this.calendars.value;
    const problem = this.calendars.problem ?? this.profiles.problem;
    if (problem && !all) return html`<page-message .problem=${problem} .again=${() => this.calendars.run()}></page-message>`;
    if (!all) return html`<page-message waiting></page-message>`;
    return html`${this.#faults(all.problems)}
      <section><h2>${t('calendar.profiles')}</h2>${this.#profiles(this.profiles.value ?? [])}</section>
      <section><h2>${t('admin.calendars')}</h2>
        ${all.calendars.map((calendar) => this.#calendar(calendar))}</section>
      <school-days></school-days>`;
  }

  /** @param {Fault[]} faults */
  #faults(faults) {
    if (faults.length === 0) return html`<p class="note" role="status">${t('calendar.good')}</p>`;
    return html`<section><p class="refusal" role="alert">${t('calendar.faulty', {n: faults.length})}</p>
      <table class="sheet faults"><thead><tr><th scope="col">${t('calendar.place')}</th><th scope="col">${t('column.value')}</th>
        <th scope="col">${t('import.why')}</th><th scope="col">${t('calendar.hint')}</th></tr></thead>
      <tbody>${faults.map((fault) => html`<tr><th scope="row"><code>${fault.path}</code></th><td data-label=${t('column.value')}>${fault.value}</td>
        <td data-label=${t('import.why')}>${fault.reason}</td><td data-label=${t('calendar.hint')}>${fault.hint}</td></tr>`)}</tbody></table></section>`;
  }

  /** @param {Profile[]} profiles */
  #profiles(profiles) {
    return html`<ul class="plain">${profiles.map((profile) => html`<li><a href=${href('/targets', {profile: profile.id})}>${pick(profile.title, profile.titleEn)}</a>
      <span class="note">${t('calendar.profile', {id: profile.id, version: profile.version, n: profile.rules.length})}
      ${profile.id === frame.context?.profile ? t('calendar.active') : ''}</span></li>`)}</ul>`;
  }

  /** @param {Calendar} calendar */
  #calendar(calendar) {
    return html`<details class="calendar" ?open=${calendar.schoolYears.length > 0}><summary>${pick(calendar.title, calendar.titleEn)}
        <span class="note">${calendar.id} ${calendar.version}</span></summary>
      <p class="facts"><span>${this.#forWhom(calendar.regions)}</span>
        ${calendar.effective ? html`<span>${t('register.since', {from: calendar.effective})}</span>` : nothing}
        ${calendar.base ? html`<span>${t('calendar.base', {file: calendar.base})}</span>` : nothing}
        ${calendar.lessonDays.length ? html`<span>${t('calendar.lessonDays', {days: days(calendar.lessonDays)})}</span>` : nothing}</p>
      ${calendar.schoolYears.map((year) => html`<h3>${t('calendar.year', {name: year.name, from: year.from, to: year.to})}</h3>
        ${this.#days(year.terms, year.holidays, year.makeUpDays)}`)}
      ${calendar.holidayYears.map((year) => html`<h3>${t('calendar.publicHolidays', {year: year.year})}</h3>
        <p class="note">${year.source ?? ''}${year.assumed ? ` ${t('calendar.assumed')}` : ''}</p>
        ${this.#days([], year.holidays, year.makeUpDays)}`)}
      ${calendar.timetables.map((table) => timetable(table))}
      ${calendar.overrides.map((special) => html`<h3>${t('calendar.special', {reason: special.reason})}</h3>
        <p class="facts">${special.schools.map((code) => html`<a href=${href(`/schools/${code}`)}>${code}</a> `)}
          ${special.lessonDays.length ? html`<span>${t('calendar.lessonDays', {days: days(special.lessonDays)})}</span>` : nothing}</p>
        ${this.#days(special.terms, special.daysOff, special.makeUpDays)}
        ${special.timetables.map((table) => timetable(table))}`)}
    </details>`;
  }

  /** @param {string[]} regions */
  #forWhom(regions) {
    if (regions.length === 0) return t('calendar.forNobody');
    if (regions.includes('all')) return t('calendar.forAll');
    return t('calendar.for', {regions: regions.map((code) => {
      const region = frame.region(code);
      return region ? nameOf(region) : code;
    }).join(', ')});
  }

  /** @param {Span[]} terms @param {Span[]} holidays @param {MakeUp[]} makeUps */
  #days(terms, holidays, makeUps) {
    const rows = [
      ...terms.map((span) => ({kind: 'term', what: span.name, when: t('calendar.days', {from: span.from, to: span.to}), at: span.from, of: span})),
      ...holidays.map((span) => ({kind: 'holiday', what: span.name, when: span.from === span.to ? span.from : t('calendar.days', {from: span.from, to: span.to}), at: span.from, of: span})),
      ...makeUps.map((day) => ({kind: 'makeUp', what: t('calendar.follows', {day: t(`weekday.${day.follows}`)}), when: day.date, at: day.date, of: day})),
    ].sort((one, other) => one.at.localeCompare(other.at));
    if (rows.length === 0) return nothing;
    return html`<table class="sheet days"><thead><tr><th scope="col">${t('register.span')}</th><th scope="col">${t('calendar.kind')}</th>
        <th scope="col">${t('column.name')}</th><th scope="col">${t('calendar.source')}</th></tr></thead>
      <tbody>${rows.map((row) => html`<tr><th scope="row">${row.when}</th><td data-label=${t('calendar.kind')}>${t(`dayKind.${row.kind}`)}</td>
        <td data-label=${t('column.name')}>${row.what}</td>
        <td data-label=${t('calendar.source')}>${row.of.source ?? '—'}${row.of.assumed ? ` ${t('calendar.assumed')}` : ''}</td></tr>`)}</tbody></table>`;
  }
}

/** @param {Timetable} table */
function timetable(table) {
  return html`<h3>${table.name || t('calendar.timetable')}${table.from ? ` ${t('register.since', {from: table.from})}` : ''}</h3>
    <ul class="periods">${table.periods.map((period) => html`<li>${period.name} <span class="number">${period.from}–${period.to}</span>${period.days.length
      ? ` ${days(period.days)}` : ''}</li>`)}</ul>`;
}

/** @param {string[]} names */
function days(names) {
  return names.map((name) => t(`weekday.${name}`)).join(' ');
}

customElements.define('calendar-list', CalendarList);

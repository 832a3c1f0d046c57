// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {faultText} from '../faults.js';
import {clock} from '../figures.js';
import {Answer, Piece} from '../piece.js';
import {query, refine} from '../route.js';
import {t} from '../words.js';

/** @typedef {{date: string, known: boolean, schoolDay: boolean, lessons: {name: string, from: string, to: string}[]}} Day */

/** One school's next two weeks by its calendar: which days have lessons, and when. */
class SchoolDays extends Piece {
  constructor() {
    super();
    /** @type {Answer<{school: string, version: string, days: Day[]}>} */
    this.days = new Answer(this, (signal) => get(`/schools/${encodeURIComponent(query('school'))}/calendar`, {}, signal));
    this.asked = '';
  }

  willUpdate() {
    const asked = query('school');
    if (asked && asked !== this.asked) void this.days.run({anew: true});
    this.asked = asked;
  }

  /** @param {SubmitEvent} event */
  #open(event) {
    event.preventDefault();
    refine({school: String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('school')).trim()});
  }

  render() {
    const found = query('school') ? this.days.value : null;
    return html`<section><h2>${t('calendar.ofSchool')}</h2>
      <form class="choices" @submit=${this.#open}>
        <label class="field"><span>${t('admin.schoolCode')}</span><input name="school" required maxlength="32" .value=${query('school')}></label>
        <button>${t('register.open')}</button></form>
      ${query('school') && this.days.problem ? html`<p class="refusal" role="alert">${faultText(this.days.problem)}</p>` : nothing}
      ${found ? html`<table class="sheet school-days"><caption>${t('calendar.by', {version: found.version})}</caption>
        <tbody>${found.days.map((day) => html`<tr><th scope="row">${day.date} ${t(`weekday.${weekday(day.date)}`)}</th>
          <td>${day.schoolDay ? day.lessons.map((lesson) => html`<span class="detail">${lesson.name} ${clock(lesson.from)}–${clock(lesson.to)}</span> `)
            : t(day.known ? 'calendar.off' : 'calendar.unknown')}</td></tr>`)}</tbody></table>` : nothing}</section>`;
  }
}

const WEEKDAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];

/** @param {string} date */
function weekday(date) {
  return WEEKDAYS[new Date(`${date}T12:00:00Z`).getUTCDay()];
}

customElements.define('school-days', SchoolDays);

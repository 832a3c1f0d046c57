// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {plain, quantity} from '../figures.js';
import {frame} from '../frame.js';
import {live} from '../live.js';
import {Answer, Piece, throttled} from '../piece.js';
import {basis, href} from '../route.js';
import {nameOf, pick, t} from '../words.js';
import '../elements/agent-list.js';
import '../elements/class-grid.js';
import '../elements/county-list.js';
import '../elements/indicator-list.js';
import '../elements/line-chart.js';
import '../elements/link-list.js';
import '../elements/page-message.js';
import '../elements/partner-list.js';
import '../elements/power-on-table.js';
import '../elements/room-seats.js';
import '../elements/school-proof.js';
import '../elements/school-requests.js';
import '../elements/school-tasks.js';
import '../elements/school-roll.js';
import '../elements/target-row.js';
import '../elements/today-sentence.js';

/** @typedef {import('../types.js').School} School */
/** @typedef {import('../types.js').SchoolVerdict} SchoolVerdict */

/** The trend is told against the verdict of so many days ago. A project default. */
const AGO = 30;

/** @param {string} date YYYY-MM-DD @param {number} days */
const daysBefore = (date, days) => new Date(Date.parse(`${date}T00:00:00Z`) - days * 86400000).toISOString().slice(0, 10);

/** A school: what it must reach, today, each target with its reasons, its line, its classes and rooms, its agents. */
class SchoolPage extends Piece {
  static properties = {code: {}};

  constructor() {
    super();
    /** @type {string|null} */
    this.code = null;
    /** @type {Answer<School>} */
    this.school = new Answer(this, (signal) => get(`/schools/${encodeURIComponent(this.code ?? '')}`, {at: basis().at}, signal));
    /** @type {Answer<SchoolVerdict[]>} */
    this.verdicts = new Answer(this, (signal) => get(`/schools/${encodeURIComponent(this.code ?? '')}/verdicts`, basis(), signal));
    /** As of {@link AGO} days before, for the trend. @type {Answer<SchoolVerdict[]>} */
    this.before = new Answer(this, (signal) => get(`/schools/${encodeURIComponent(this.code ?? '')}/verdicts`,
      {...basis(), at: daysBefore(frame.asOf, AGO)}, signal));
    this.asked = '';
    this.trend = '';
  }

  #fresh = throttled(() => void this.school.run(), 3000);
  #judged = throttled(() => void this.verdicts.run(), 1000);
  #onPulse = (/** @type {Event} */ event) => {
    if (/** @type {CustomEvent} */ (event).detail.schools.includes(this.code)) this.#fresh();
  };
  #onVerdict = (/** @type {Event} */ event) => {
    if (/** @type {CustomEvent} */ (event).detail.school === this.code) this.#judged();
  };

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('pulse', this.#onPulse);
    live.addEventListener('verdict', this.#onVerdict);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('pulse', this.#onPulse);
    live.removeEventListener('verdict', this.#onVerdict);
    frame.here = null;
  }

  willUpdate() {
    const {profile, at} = basis();
    const asked = JSON.stringify([this.code, frame.context?.account?.username, profile, at]);
    if (asked !== this.asked) {
      void this.school.run({anew: true});
      void this.verdicts.run({anew: true});
    }
    const trend = `${asked} ${frame.asOf}`;
    if (frame.asOf && trend !== this.trend) void this.before.run({anew: true});
    if (frame.asOf) this.trend = trend;
    this.asked = asked;
    const school = this.school.value;
    if (!school) return;
    document.title = `${nameOf(school)} · 点到 Rollcall`;
    if (frame.here !== school.region) {
      frame.here = school.region;
      queueMicrotask(() => frame.changed());
    }
  }

  render() {
    const problem = this.school.problem ?? this.verdicts.problem;
    const school = this.school.value;
    const again = () => {
      void this.school.run();
      void this.verdicts.run();
    };
    if (problem && !school) return html`<page-message .problem=${problem} .again=${again}></page-message>`;
    if (!school || (!this.verdicts.value && !problem)) return html`<page-message waiting></page-message>`;
    const applying = (this.verdicts.value ?? []).filter(({verdict}) => verdict !== 'NOT_APPLICABLE');
    const inScope = applying.filter(({headline}) => headline);
    const others = applying.filter(({headline, level}) => !headline && level === 'SCHOOL');
    const county = applying.filter(({level}) => level === 'COUNTY');
    return html`
      ${problem ? html`<p class="stale" role="alert">${t('fault.stale')}</p>` : nothing}
      ${this.#head(school)}
      <today-sentence .school=${school}></today-sentence>
      ${frame.context?.account ? html`<p class="facts"><a href=${href(`/schools/${school.code}/self-check`)}>${t('selfCheck.heading')}</a></p>` : nothing}
      ${this.#targets(school, inScope)}
      ${others.length ? this.#part('others', true, html`<indicator-list .verdicts=${others} .school=${school.code} @asked=${this.#asked}></indicator-list>`) : nothing}
      ${county.length ? this.#part('county', true, html`<county-list .verdicts=${county}></county-list>`) : nothing}
      ${this.#part('proof', true, html`<school-proof .code=${school.code}></school-proof>`)}
      ${this.#part('tasks', true, html`<school-tasks .code=${school.code}></school-tasks>`)}
      ${this.#part('requests', true, html`<school-requests .code=${school.code} @done=${this.#asked}></school-requests>`)}
      ${this.#line(school, inScope)}
      ${this.#part('partners', true, html`<partner-list .school=${school.code} .seen=${school.lastSeen}></partner-list>`)}
      ${this.#part('roll', true, html`<school-roll code=${school.code} brief></school-roll>`)}
      ${this.#part('classes', school.classes.length > 0, html`<class-grid .classes=${school.classes} .state=${school.state}></class-grid>`)}
      ${this.#part('use', school.classes.length > 0, html`<power-on-table .school=${school.code} .at=${basis().at ?? null}></power-on-table>`)}
      ${this.#part('rooms', school.rooms.length > 0, html`<room-seats .rooms=${school.rooms} .state=${school.state}></room-seats>`)}
      ${this.#part('agents', true, html`<agent-list .agents=${school.agents} .school=${school.code}></agent-list>`)}`;
  }

  /** @param {School} school */
  #head(school) {
    return html`<header class="standing school-head">
      <h1>${nameOf(school)}</h1>
      <p class="facts">${[
        school.code,
        pick(school.regionName, school.regionNameEn),
        t(`stage.${school.stage}`),
        t(`tier.${school.tier}`),
        t(`ownership.${school.ownership}`),
        t(`setting.${school.setting}`),
        t('school.students', {n: plain(school.students, 0)}),
        t('school.teachers', {n: plain(school.teachers, 0)}),
        t('school.classCount', {n: school.classCount}),
      ].map((fact) => html`<span>${fact}</span>`)}</p>
      <p class="facts">${[
        school.medium ? t(`medium.${school.medium}`) : t('school.mediumUnknown'),
        school.isp,
        school.contractMbps === null ? t('school.contractUnknown') : t('school.contract', {speed: quantity(school.contractMbps, 'Mbps')}),
        school.eduNetwork === null ? null : t(school.eduNetwork ? 'school.eduNetwork' : 'school.noEduNetwork'),
      ].filter(Boolean).map((fact) => html`<span>${fact}</span>`)}
        ${['ADMINISTRATOR', 'BUREAU', 'TECHNICIAN'].includes(frame.context?.account?.role ?? '')
          ? html`<a href=${href(`/register/schools/${school.code}`)}>${t('register.heading')}</a>` : nothing}</p>
    </header>`;
  }

  /** Something was asked or answered: it stands beside the verdict, and in the list. */
  #asked = () => {
    void this.verdicts.run();
    /** @type {any} */ (this.querySelector('school-requests'))?.again();
    window.dispatchEvent(new Event('requests-changed'));
  };

  /** @param {School} school @param {SchoolVerdict[]} inScope */
  #targets(school, inScope) {
    return html`<section class="part targets" aria-labelledby="part-targets">
      <h2 id="part-targets">${t('school.targets')}</h2>
      ${inScope.length === 0
        ? html`<p class="note">${t(school.tier === 'C' ? 'school.teachingPoint' : 'school.noTargets')}</p>`
        : inScope.map((verdict) => html`<target-row .verdict=${verdict} .school=${school.code}
          .before=${this.before.value?.find(({rule}) => rule === verdict.rule) ?? null} .days=${AGO} @asked=${this.#asked}></target-row>`)}
    </section>`;
  }

  /** @param {School} school @param {SchoolVerdict[]} inScope */
  #line(school, inScope) {
    const asked = inScope.find(({unit}) => unit === 'Mbps')?.threshold ?? null;
    return html`<section class="part" aria-labelledby="part-line">
      <h2 id="part-line">${t('school.line')}</h2>
      <link-list .links=${school.links} .others=${school.others}></link-list>
      ${school.links.map((link) => html`<line-chart .school=${school.code} .subject=${link.subject}
        .speed=${link.speedBitsPerSecond} .asked=${asked === null ? null : asked * 1e6}></line-chart>`)}
    </section>`;
  }

  /** @param {string} name @param {boolean} some @param {unknown} content */
  #part(name, some, content) {
    return html`<section class="part" aria-labelledby="part-${name}">
      <h2 id="part-${name}">${t(`school.${name}`)}</h2>
      ${some ? content : html`<p class="note">${t(`empty.${name}`)}</p>`}
    </section>`;
  }
}

customElements.define('school-page', SchoolPage);

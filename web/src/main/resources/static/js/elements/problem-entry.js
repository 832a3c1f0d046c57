// @ts-check
import {html, nothing} from 'lit';
import {Problem, get, send} from '../api.js';
import {ago, moment, plain} from '../figures.js';
import {Piece} from '../piece.js';
import {href} from '../route.js';
import {nameOf, pick, t} from '../words.js';

/** @typedef {import('../types.js').ProblemItem} Item */

const MARKS = {OPEN: '✘', ACKNOWLEDGED: '◐', PLANNED: '⏸'};

/** One cause: what, where, since when, what stands behind it, what to do, and the buttons to do it. Says `done` after a change. */
class ProblemEntry extends Piece {
  static properties = {
    item: {attribute: false}, operates: {type: Boolean}, open: {state: true}, fault: {state: true}, busy: {state: true},
    notes: {state: true},
  };

  constructor() {
    super();
    /** @type {Item|null} */
    this.item = null;
    this.operates = false;
    /** Which form is open: ack, comments, ticket, maintenance or none. */
    this.open = '';
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
    /** @type {{account: string, at: string, comment: string}[]} */
    this.notes = [];
  }

  render() {
    const item = this.item;
    if (!item) return nothing;
    return html`<article aria-labelledby=${`cause-${item.id}`}>
      <h3 id=${`cause-${item.id}`}><span class="stamp" aria-hidden="true">${MARKS[item.state]}</span>
        ${t(`cause.${item.kind}`)}${item.name ? html` <span class="cause-name">${item.name}</span>` : nothing}
        <small>${t(`problemState.${item.state}`)}</small></h3>
      <p class="cause-where">${this.#where(item)}</p>
      <p>${pick(item.zh, item.en)}</p>
      <p class="cause-next"><b>${t('problems.next')}</b> ${pick(item.nextZh, item.nextEn)}</p>
      <dl class="cause-facts">
        <div><dt>${t('problems.since')}</dt><dd>${moment(item.since)} <small>${ago(item.since)} · ${t(`known.${item.sinceKnown}`)}</small></dd></div>
        <div><dt>${t('problems.classes')}</dt><dd>${plain(item.classes)}</dd></div>
        <div><dt>${t('problems.lost')}</dt><dd>${t('problems.lostOf', {today: item.minutesToday, week: item.minutesWeek})}</dd></div>
        <div><dt>${t('problems.impact')}</dt><dd>${plain(item.impact)}</dd></div>
      </dl>
      ${this.#behind(item)}
      ${item.acknowledged ? html`<p class="note">${t('problems.ackBy', {
        account: item.acknowledged.account, at: moment(item.acknowledged.at)})} ${item.acknowledged.comment}</p>` : nothing}
      ${item.ticket ? html`<p class="note">${t('problems.ticketIs', {number: item.ticket.number,
        assignee: item.ticket.assignee || '—', state: t(`ticketState.${item.ticket.state}`)})}</p>` : nothing}
      ${this.#acts(item)}
    </article>`;
  }

  /** @param {Item} item */
  #where(item) {
    const region = pick(item.regionName, item.regionNameEn);
    if (item.schoolCount > 1) return html`${region} · ${t('count.schools', {n: item.schoolCount})}`;
    const school = item.schools[0];
    return html`<a href=${href(`/schools/${school.code}`)}>${nameOf(school)}</a> <small>${region}</small>
      ${item.subject && !item.subject.startsWith('room:') ? html` · <a class="cause-why"
        href=${href(`/schools/${school.code}/devices/${encodeURIComponent(item.subject)}`)}>${t('problems.why')}</a>` : nothing}`;
  }

  /** @param {Item} item */
  #behind(item) {
    const {count, subjects} = item.behind;
    if (count === 0) return nothing;
    const several = item.schoolCount > 1;
    const named = several ? item.schools.length : subjects.length;
    const all = several ? item.schoolCount : count;
    return html`<details class="behind"><summary>${t('problems.behind', {n: count})}</summary>
      <ul>${several
        ? item.schools.map((school) => html`<li><a href=${href(`/schools/${school.code}`)}>${nameOf(school)}</a></li>`)
        : subjects.map((subject) => html`<li>${this.#named(subject)}</li>`)}
        ${all > named ? html`<li>${t('problems.more', {n: all - named})}</li>` : nothing}</ul></details>`;
  }

  /** @param {string} subject */
  #named(subject) {
    const colon = subject.indexOf(':');
    const key = `subject.${subject.slice(0, colon)}`;
    const kind = t(key);
    return `${kind === key ? subject.slice(0, colon) : kind} ${subject.slice(colon + 1)}`;
  }

  /** @param {Item} item */
  #acts(item) {
    return html`<div class="acts">
        ${this.operates ? html`
          ${this.#button('ack', t('act.ack'))}${this.#button('maintenance', t('act.maintenance'))}
          ${this.#button('ticket', t('act.ticket'))}` : nothing}
        ${this.operates || item.comments > 0 ? this.#button('comments', t('act.comments', {n: item.comments})) : nothing}
      </div>
      ${this.open ? this.#form(item) : nothing}
      ${this.fault ? html`<p class="refusal" role="alert">${this.#said()}</p>` : nothing}`;
  }

  /** @param {string} act @param {string} words */
  #button(act, words) {
    return html`<button type="button" data-act=${act} aria-expanded=${this.open === act ? 'true' : 'false'}
      @click=${() => void this.#choose(act)}>${words}</button>`;
  }

  /** @param {string} act */
  async #choose(act) {
    this.fault = null;
    this.open = this.open === act ? '' : act;
    if (this.open === 'comments') await this.#read();
    await this.updateComplete;
    /** @type {HTMLElement|null} */ (this.querySelector('form input, form textarea'))?.focus();
  }

  async #read() {
    try {
      this.notes = (await get(`/problems/${encodeURIComponent(this.item?.id ?? '')}`)).comments;
    } catch (fault) {
      this.fault = fault;
    }
  }

  #said() {
    return (this.fault instanceof Problem && this.fault.detail) || t('fault.0.text', {host: location.host});
  }

  /** @param {Item} item */
  #form(item) {
    const notes = this.open === 'comments'
      ? html`<ul class="notes">${this.notes.map((note) => html`<li><small>${note.account} · ${moment(note.at)}</small> ${note.comment}</li>`)}</ul>`
      : nothing;
    if (!this.operates) return notes;
    return html`${notes}<form class="act" @submit=${this.#submit}>
      ${this.#fields(item)}
      <button ?disabled=${this.busy}>${t(`act.send.${this.open}`)}</button></form>`;
  }

  /** @param {Item} item */
  #fields(item) {
    const field = (/** @type {string} */ name, /** @type {string} */ words, /** @type {unknown} */ input) =>
      html`<label class="field" data-field=${name}><span>${words}</span>${input}</label>`;
    switch (this.open) {
      case 'maintenance':
        return html`
          ${field('from', t('act.from'), html`<input type="datetime-local" name="from" required .value=${local(0)}>`)}
          ${field('to', t('act.to'), html`<input type="datetime-local" name="to" required .value=${local(2)}>`)}
          ${field('reason', t('act.reason'), html`<input name="reason" required maxlength="200">`)}`;
      case 'ticket':
        return html`
          ${field('number', t('act.number'), html`<input name="number" required maxlength="64" .value=${item.ticket?.number ?? ''}>`)}
          ${field('assignee', t('act.assignee'), html`<input name="assignee" maxlength="64" .value=${item.ticket?.assignee ?? ''}>`)}
          ${field('state', t('problems.state'), html`<select name="state">${['OPEN', 'IN_WORK', 'DONE'].map((state) =>
            html`<option value=${state} ?selected=${state === item.ticket?.state}>${t(`ticketState.${state}`)}</option>`)}</select>`)}`;
      default:
        return field('comment', t('act.comment'), html`<input name="comment" maxlength="500" ?required=${this.open === 'comments'}>`);
    }
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const body = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    for (const time of ['from', 'to']) if (time in body) body[time] = `${body[time]}:00+08:00`;
    this.busy = true;
    this.fault = null;
    try {
      await send('POST', `/problems/${encodeURIComponent(this.item?.id ?? '')}/${this.open}`, body);
      if (this.open === 'comments') {
        form.reset();
        await this.#read();
      } else {
        this.open = '';
      }
      this.dispatchEvent(new Event('done'));
    } catch (fault) {
      this.fault = fault;
    }
    this.busy = false;
  }
}

/** The schools' own time in so many hours, as an input takes it. @param {number} hours */
function local(hours) {
  return new Date(Date.now() + (8 + hours) * 3_600_000).toISOString().slice(0, 16);
}

customElements.define('problem-entry', ProblemEntry);

// @ts-check
import {html, nothing} from 'lit';
import {plain} from '../figures.js';
import {Piece} from '../piece.js';
import {has, pick, t} from '../words.js';

/** @typedef {{label: string, differences: Record<string, {before: string, after: string}>}} Line */
/** @typedef {{row: number, column: string, zh: string, en: string}} Refused */
/** @typedef {{id: string, kind: string, file: string, account: string, at: string, state: string, effective: string|null, replace: boolean,
 *   rows: number, records: number, written: number,
 *   totals: {added: number, changed: number, unchanged: number, ended: number, problems: number}|null,
 *   added: Line[], changed: Line[], ended: Line[], problems: Refused[], notes: {zh: string, en: string}[]}} Job */

/** What a file would do, or did: the counts, and the first of each list. */
class ImportResult extends Piece {
  static properties = {job: {attribute: false}};

  constructor() {
    super();
    /** @type {Job|null} */
    this.job = null;
  }

  render() {
    const job = this.job;
    const totals = job?.totals;
    if (!job || !totals || job.state === 'CHECKING' || job.state === 'APPLYING') return nothing;
    if (totals.problems) return this.#problems(job, totals.problems);
    return html`<p><strong>${t(job.state === 'APPLIED' ? 'import.did' : 'import.would', {added: plain(totals.added, 0), changed: plain(totals.changed, 0),
        unchanged: plain(totals.unchanged, 0), ended: plain(totals.ended, 0)})}</strong></p>
      ${this.#lines('changed', job.changed, totals.changed)}
      ${this.#lines('ended', job.ended, totals.ended)}
      ${this.#lines('added', job.added, totals.added)}`;
  }

  /** @param {Job} job @param {number} total */
  #problems(job, total) {
    return html`<p class="refusal" role="alert">${t('import.refused', {n: total})}</p>
      <table class="sheet refused"><caption>${t('import.shown', {n: job.problems.length, total})}</caption>
        <thead><tr><th scope="col">${t('import.row')}</th><th scope="col">${t('import.column')}</th><th scope="col">${t('import.why')}</th></tr></thead>
        <tbody>${job.problems.map((problem) => html`<tr><th scope="row">${problem.row || '—'}</th>
          <td data-label=${t('import.column')}>${problem.column || '—'}</td>
          <td data-label=${t('import.why')}>${pick(problem.zh, problem.en)}</td></tr>`)}</tbody></table>`;
  }

  /** @param {'added'|'changed'|'ended'} which @param {Line[]} lines @param {number} total */
  #lines(which, lines, total) {
    if (lines.length === 0) return nothing;
    return html`<details ?open=${which !== 'added'} class="lines"><summary>${t(`importList.${which}`, {n: plain(total, 0)})}</summary>
      <table class="sheet ${which}"><caption>${t('import.shown', {n: lines.length, total: plain(Math.max(total, lines.length), 0)})}</caption>
        <tbody>${lines.map((line) => html`<tr><th scope="row">${line.label}</th>
          ${which === 'ended' ? nothing : html`<td>${which === 'added' ? this.#values(line) : this.#differences(line)}</td>`}</tr>`)}</tbody></table></details>`;
  }

  /** @param {Line} line */
  #differences(line) {
    return html`<ul class="plain">${Object.entries(line.differences).map(([column, said]) =>
      html`<li>${t('register.difference', {column: columnOf(column), before: said.before || '—', after: said.after || '—'})}</li>`)}</ul>`;
  }

  /** @param {Line} line */
  #values(line) {
    return Object.entries(line.differences).map(([column, said]) => html`<span class="detail">${columnOf(column)}: ${said.after}</span> `);
  }
}

/** @param {string} column */
function columnOf(column) {
  return has(`column.${column}`) ? t(`column.${column}`) : column;
}

customElements.define('import-result', ImportResult);

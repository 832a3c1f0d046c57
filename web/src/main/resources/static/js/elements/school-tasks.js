// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {frame} from '../frame.js';
import {Answer, Piece} from '../piece.js';
import {basis} from '../route.js';
import {t} from '../words.js';
import './page-message.js';
import './task-entry.js';
import './task-form.js';

/** What is to be mended at a school, and what it fails without a task. */
class SchoolTasks extends Piece {
  static properties = {code: {}};

  constructor() {
    super();
    this.code = '';
    /** @type {Answer<import('../types.js').SchoolTasks>} */
    this.answer = new Answer(this, (signal) => get(this.#path(), {profile: basis().profile}, signal));
    this.asked = '';
  }

  #path() {
    return `/schools/${encodeURIComponent(this.code)}/tasks`;
  }

  #again = () => void this.answer.run();

  willUpdate() {
    const account = frame.context?.account?.username;
    const asked = `${this.code} ${account ?? ''} ${basis().profile}`;
    if (asked !== this.asked && account) void this.answer.run({anew: true});
    this.asked = asked;
  }

  render() {
    if (!frame.context?.account) return html`<p class="note">${t('tasks.signIn')}</p>`;
    const {value, problem} = this.answer;
    if (!value) return problem ? html`<page-message .problem=${problem} .again=${this.#again}></page-message>` : nothing;
    return html`${value.items.length === 0
        ? html`<p class="note">${t(value.failing.length ? 'tasks.noneYet' : 'tasks.nothingFails')}</p>`
        : html`<ol class="requests">${value.items.map((item) => html`<li data-id=${item.id}>
          <task-entry .item=${item} @done=${this.#again}></task-entry></li>`)}</ol>`}
      ${value.mayMake && value.failing.length ? html`<details class="make-task"><summary>${t('task.makeOf', {n: value.failing.length})}</summary>
        <task-form .path=${this.#path()} .rules=${value.failing.map(({rule}) => ({rule}))} @done=${this.#again}></task-form></details>` : nothing}`;
  }
}

customElements.define('school-tasks', SchoolTasks);

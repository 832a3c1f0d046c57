// @ts-check
import {html, nothing} from 'lit';
import {send} from '../api.js';
import {faultText} from '../faults.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {basis} from '../route.js';
import {nameOfRule} from '../rules.js';
import {t} from '../words.js';

/** Makes tasks of a rule that is failed: who mends it, how, by when. Says `done` with the answer. */
class TaskForm extends Piece {
  static properties = {path: {}, rules: {attribute: false}, rule: {state: true}, fault: {state: true}, busy: {state: true}};

  constructor() {
    super();
    /** Where it is sent: of a school, or of a region for all its schools. */
    this.path = '';
    /** @type {{rule: string, schools?: number}[]} */
    this.rules = [];
    this.rule = '';
    /** @type {unknown} */
    this.fault = null;
    this.busy = false;
  }

  render() {
    const first = this.rules[0];
    if (!first) return nothing;
    const chosen = this.rules.find(({rule}) => rule === this.rule) ?? first;
    const indicator = frame.rule(chosen.rule)?.indicator;
    return html`<form class="ask" @submit=${(/** @type {SubmitEvent} */ event) => this.#send(event, chosen.rule)}>
      <label>${t('task.rule')}<select name="rule" @change=${(/** @type {Event} */ event) => {
        this.rule = /** @type {HTMLSelectElement} */ (event.target).value;
      }}>${this.rules.map((each) => html`<option value=${each.rule} ?selected=${each.rule === chosen.rule}>${this.#name(each)}</option>`)}</select></label>
      ${indicator ? html`<p class="note task-help">${t('task.help')}${t(`taskHelp.${indicator}`)}</p>` : nothing}
      <label>${t('task.personLabel')}<input name="person" maxlength="64"></label>
      <label>${t('task.measure')}<textarea name="measure" rows="3" maxlength="500"></textarea></label>
      <label>${t('task.deadlineLabel')}<input type="date" name="deadline" required></label>
      <button type="submit" ?disabled=${this.busy}>${chosen.schools === undefined ? t('task.make') : t('task.makeAll', {n: chosen.schools})}</button>
      ${this.fault ? html`<p class="refusal" role="alert">${faultText(this.fault)}</p>` : nothing}
    </form>`;
  }

  /** @param {{rule: string, schools?: number}} each */
  #name(each) {
    const rule = frame.rule(each.rule);
    const name = rule ? nameOfRule(rule) : each.rule;
    return each.schools === undefined ? name : t('task.ofSchools', {name, n: each.schools});
  }

  /** @param {SubmitEvent} event @param {string} rule */
  async #send(event, rule) {
    event.preventDefault();
    const sent = /** @type {HTMLFormElement} */ (event.target);
    const form = new FormData(sent);
    const {profile} = basis();
    this.busy = true;
    this.fault = null;
    try {
      const detail = await send('POST', this.path + (profile ? `?profile=${encodeURIComponent(profile)}` : ''), {
        rule, person: form.get('person'), measure: form.get('measure'), deadline: form.get('deadline'),
      });
      sent.reset();
      this.rule = '';
      this.dispatchEvent(new CustomEvent('done', {bubbles: true, detail}));
    } catch (fault) {
      this.fault = fault;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('task-form', TaskForm);

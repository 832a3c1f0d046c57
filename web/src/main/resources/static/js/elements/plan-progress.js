// @ts-check
import {html, nothing} from 'lit';
import {exact, signed} from '../figures.js';
import {Piece} from '../piece.js';
import {oursMark} from '../rules.js';
import {pick, t} from '../words.js';

/** What the plan asks by the day, what was reached, and how many schools are short of it. */
class PlanProgress extends Piece {
  static properties = {plan: {attribute: false}, at: {}};

  constructor() {
    super();
    /** @type {import('../types.js').PlanProgress|null} */
    this.plan = null;
    this.at = '';
  }

  render() {
    const plan = this.plan;
    if (!plan) return nothing;
    return html`<h3>${t('plan.caption')}</h3>
      <dl class="plan">
        ${this.#figure('planned', t('plan.percent', {percent: exact(plan.planned, 0)}), t('plan.by', {date: this.at}))}
        ${this.#figure('actual', plan.actual === null ? '—' : t('plan.percent', {percent: exact(plan.actual, 2)}),
          t('plan.of', {met: plan.met, all: plan.schools}))}
        ${this.#figure('deviation', plan.deviation === null ? '—' : t('plan.points', {points: signed(plan.deviation)}), '')}
        ${this.#figure('missing', t('count.schools', {n: plan.missingNow}), '')}
        ${plan.next ? this.#figure('next', t('plan.percent', {percent: plan.next.percent}),
          t('plan.until', {date: plan.next.by, n: plan.missingForNext})) : nothing}
      </dl>
      <p class="note">${t('plan.source', {source: pick(plan.source, plan.sourceEn)})} ${oursMark(plan.projectDefault)}</p>
      <details><summary>${t('plan.steps', {n: plan.steps.length})}</summary>
        <ul class="names">${plan.steps.map((step) => html`<li>${t('plan.step', {date: step.by, percent: step.percent})}</li>`)}</ul>
      </details>`;
  }

  /** @param {string} what @param {string} figure @param {string} beside */
  #figure(what, figure, beside) {
    return html`<div data-figure=${what}><dt>${t(`plan.${what}`)}</dt><dd><b>${figure}</b>${beside ? html` <small>${beside}</small>` : nothing}</dd></div>`;
  }
}

customElements.define('plan-progress', PlanProgress);

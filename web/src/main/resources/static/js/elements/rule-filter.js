// @ts-check
import {html, nothing} from 'lit';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {refine} from '../route.js';
import {nameOfRule, targetOf} from '../rules.js';
import {t} from '../words.js';

/** Chooses all targets, one target, or one rule; the choice lies in the address. */
class RuleFilter extends Piece {
  static properties = {rule: {}};

  constructor() {
    super();
    this.rule = '';
  }

  render() {
    const targets = [...frame.targets];
    return html`<label class="field">
      <span>${t('filter.rule')}</span>
      <select name="rule" @change=${(/** @type {Event} */ event) =>
        refine({rule: /** @type {HTMLSelectElement} */ (event.target).value, page: ''})}>
        <option value="" ?selected=${!this.rule}>${t('filter.allRules')}</option>
        ${targets.map(([target, rules]) => html`
          <option value=${target} ?selected=${this.rule === target}>${targetOf(rules[0])}</option>
          ${rules.filter(({id}) => id !== target).map((rule) => html`<option value=${rule.id} ?selected=${this.rule === rule.id}
            >${nameOfRule(rule)}</option>`)}`)}
        ${this.#other()}
      </select>
    </label>`;
  }

  /** A rule that is no headline target is not offered, but named where the address asks for it. */
  #other() {
    const rule = this.rule && !frame.targets.has(this.rule) ? frame.rule(this.rule) : null;
    return rule && !rule.headline ? html`<option value=${rule.id} selected>${nameOfRule(rule)}</option>` : nothing;
  }
}

customElements.define('rule-filter', RuleFilter);

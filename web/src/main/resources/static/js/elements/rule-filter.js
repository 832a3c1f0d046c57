// @ts-check
import {html} from 'lit';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {refine} from '../route.js';
import {pick, t} from '../words.js';

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
          <option value=${target} ?selected=${this.rule === target}>${pick(rules[0].targetTitle, rules[0].targetTitleEn)}</option>
          ${rules.map((rule) => html`<option value=${rule.id} ?selected=${this.rule === rule.id}
            >${pick(rule.targetTitle, rule.targetTitleEn)} · ${t(`tier.${rule.tier ?? 'all'}`)}</option>`)}`)}
      </select>
    </label>`;
  }
}

customElements.define('rule-filter', RuleFilter);

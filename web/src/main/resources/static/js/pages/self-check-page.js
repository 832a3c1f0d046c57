// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {moment, plain, quantity} from '../figures.js';
import {frame} from '../frame.js';
import {live} from '../live.js';
import {Answer, Piece, throttled} from '../piece.js';
import {basis, href} from '../route.js';
import {askedBy, nameOfRule, oursMark} from '../rules.js';
import '../elements/verdict-mark.js';
import {nameOf, pick, say, t} from '../words.js';
import '../elements/page-message.js';
import '../elements/self-check-form.js';
import '../elements/self-check-way.js';
import '../elements/sign-in.js';

/** @typedef {import('../types.js').SelfCheck} SelfCheck */
/** @typedef {import('../types.js').SelfCheckItem} Item */
/** @typedef {Item['rules'][0]} Found */
/** @typedef {Item['declared'][0]} Declared */

const COLUMNS = ['item', 'required', 'measured', 'declared', 'met', 'difference', 'evidence', 'measures', 'person', 'deadline'];
const BY_HAND = ['leader', 'contact'];
const SIGNED = ['filledBy', 'headmaster', 'seal', 'signedOn'];
const REVIEWED = ['township', 'centre', 'supervision'];

/** A school's self-check sheet: fourteen items with what is asked, measured, declared and to be done; for the screen and for A4 across. */
class SelfCheckPage extends Piece {
  static properties = {code: {}, open: {state: true}};

  constructor() {
    super();
    /** @type {string|null} */
    this.code = null;
    /** The item that is being written. */
    this.open = '';
    /** @type {Answer<SelfCheck>} */
    this.sheet = new Answer(this, (signal) => get(`/schools/${encodeURIComponent(this.code ?? '')}/self-check`, basis(), signal));
    this.asked = '';
  }

  /** What was declared is judged a moment later. */
  #judged = throttled(() => void this.sheet.run(), 1000);
  #onVerdict = (/** @type {Event} */ event) => {
    if (/** @type {CustomEvent} */ (event).detail.school === this.code && !this.open) this.#judged();
  };

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('verdict', this.#onVerdict);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    live.removeEventListener('verdict', this.#onVerdict);
  }

  willUpdate() {
    const account = frame.context?.account?.username;
    const asked = JSON.stringify([this.code, account, basis()]);
    if (account && asked !== this.asked) void this.sheet.run({anew: true});
    this.asked = asked;
    const sheet = this.sheet.value;
    document.title = `${sheet ? `${nameOf(sheet.head)} ` : ''}${t('selfCheck.heading')} · 点到 Rollcall`;
  }

  render() {
    if (!frame.context?.account) {
      return html`<div class="message"><h1>${t('requests.signInHeading')}</h1><p>${t('selfCheck.signIn')}</p><sign-in></sign-in></div>`;
    }
    const {value, problem} = this.sheet;
    const again = () => void this.sheet.run();
    if (!value) {
      return problem ? html`<page-message .problem=${problem} .again=${again}></page-message>` : html`<page-message waiting></page-message>`;
    }
    return html`<div class="self-check">
      <link rel="stylesheet" media="print" href="/css/landscape.css">
      <header class="standing"><h1>${t('selfCheck.heading')}</h1>
        <p class="facts screen"><a href=${href(`/schools/${value.head.school}`)}>${t('selfCheck.toSchool')}</a>
          <span>${t(`selfCheck.state.${value.state}`)}</span>
          <span>${value.changed ? t('selfCheck.changed', {account: value.account, at: moment(value.changed)}) : t('selfCheck.notBegun')}</span></p>
        <p class="note screen">${t(value.mayEdit ? 'selfCheck.means' : 'selfCheck.readOnly')}</p></header>
      <self-check-way .sheet=${value} @stepped=${() => {
        this.open = '';
        void this.sheet.run();
      }}></self-check-way>
      ${this.#head(value)}
      <div class="wide" tabindex="0" role="region" aria-label=${t('selfCheck.heading')}>
        <table class="sheet self-check-table">
          <colgroup><col data-column="number">${COLUMNS.map((column) => html`<col data-column=${column}>`)}</colgroup>
          <thead><tr><th scope="col">${t('selfCheck.number')}</th>
            ${COLUMNS.map((column) => html`<th scope="col">${t(`selfCheck.${column}`)}</th>`)}</tr></thead>
          <tbody>${value.items.map((item) => html`${this.#row(value, item)}${this.open === item.item ? this.#form(value, item) : nothing}`)}</tbody>
        </table>
      </div>
      ${this.#foot()}
    </div>`;
  }

  /** @param {SelfCheck} sheet @param {Item} item */
  #row(sheet, item) {
    const cell = (/** @type {string} */ column, /** @type {unknown} */ content) =>
      html`<td data-column=${column} data-label=${t(`selfCheck.${column}`)}>${content}</td>`;
    const {notes} = item;
    return html`<tr data-item=${item.item}>
      <td class="figure" data-column="number">${item.number}</td>
      <th scope="row">${say(item)}
        ${sheet.mayEdit ? html`<button type="button" class="quiet screen" aria-expanded=${this.open === item.item ? 'true' : 'false'}
          @click=${() => this.#toggle(item.item)}>${t(this.open === item.item ? 'selfCheck.close' : 'selfCheck.write')}</button>` : nothing}</th>
      ${cell('required', html`${item.rules.length ? item.rules.map((found) => this.#required(sheet, found)) : html`<p>${say(item.required)}</p>`}`)}
      ${cell('measured', html`${item.rules.map((found) => this.#measured(sheet, found))}
        ${item.measured.map((fact) => html`<p>${say(fact)}</p>`)}`)}
      ${cell('declared', this.#declared(item))}
      ${cell('met', item.outcome === null ? html`<p>${t(item.item === 'USE' ? 'selfCheck.noLine' : 'selfCheck.noRule')}</p>` : html`<verdict-mark verdict=${item.outcome}
        ?disputed=${item.rules.some(({disputed}) => disputed)}></verdict-mark>`)}
      ${cell('difference', notes.difference)}
      ${cell('evidence', notes.evidence || html`<span class="hint">${say(item.evidence)}</span>`)}
      ${cell('measures', notes.measures)}
      ${cell('person', notes.person)}
      ${cell('deadline', notes.deadline)}
    </tr>`;
  }

  /** @param {string} item */
  async #toggle(item) {
    this.open = this.open === item ? '' : item;
    await this.updateComplete;
    /** @type {HTMLElement|null} */ (this.querySelector('self-check-form input, self-check-form textarea, self-check-form select'))?.focus();
  }

  /** @param {SelfCheck} sheet @param {Item} item */
  #form(sheet, item) {
    return html`<tr class="self-check-edit screen"><td colspan=${COLUMNS.length + 1}>
      <self-check-form .item=${item} .school=${sheet.head.school} @saved=${(/** @type {CustomEvent} */ event) => {
        this.sheet.value = event.detail;
        this.open = '';
      }}></self-check-form></td></tr>`;
  }

  /** @param {SelfCheck} sheet @param {Found} found */
  #ruleOf(sheet, found) {
    return frame.profiles.find(({id}) => id === sheet.profile)?.rules.find(({id}) => id === found.rule) ?? null;
  }

  /** @param {SelfCheck} sheet @param {Found} found */
  #required(sheet, found) {
    const rule = this.#ruleOf(sheet, found);
    if (!rule) return html`<p>${found.rule}</p>`;
    const asks = rule.conditions.filter(({code}) => code !== 'schools').map((condition) => say(condition)).join(t('selfCheck.and'));
    return html`<p><b>${nameOfRule(rule)}</b> ${asks || t('verdict.NO_RULE')} ${oursMark(rule.targetDefault)}</p>`;
  }

  /** @param {SelfCheck} sheet @param {Found} found */
  #measured(sheet, found) {
    const value = found.threshold === null ? nothing : html`<b>${t('school.against', {
      value: found.value === null ? t('school.noValue') : quantity(found.value, found.unit),
      threshold: askedBy(this.#ruleOf(sheet, found), found.threshold, found.unit),
    })}</b>`;
    return html`<p>${value} ${say(found.because)}
      <small>${t('selfCheck.basis', {evidence: t(`evidence.${found.evidence}`), n: plain(found.samples, 0), from: found.from, to: found.to})}</small></p>`;
  }

  /** @param {Item} item */
  #declared(item) {
    if (item.declared.length === 0 && item.registered.length === 0 && !item.stated) return '—';
    return html`${item.registered.map((fact) => html`<p>${say(fact)}</p>`)}
      ${item.declared.map((value) => html`<p>${say(value)}: ${value.value === null ? t('selfCheck.notDeclared') : html`<b>${this.#amount(value)}</b>
        <small>${t(value.certified ? 'selfCheck.certified' : 'selfCheck.asOf', {date: value.asOf ?? ''})}</small>`}</p>`)}
      ${item.notes.statement ? html`<p>${item.notes.statement}</p>` : nothing}`;
  }

  /** @param {Declared} value */
  #amount(value) {
    return value.kind === 'YES_NO' ? t(`selfCheck.is.${value.value}`) : value.value;
  }

  /** @param {SelfCheck} sheet */
  #head(sheet) {
    const {head} = sheet;
    const unknown = t('selfCheck.notInRegister');
    const facts = [
      ['selfCheck.school', nameOf(head)], ['selfCheck.code', head.school], ['school.region', pick(head.regionName, head.regionNameEn)],
      ['selfCheck.stage', t(`stage.${head.stage}`)], ['selfCheck.ownership', t(`ownership.${head.ownership}`)], ['selfCheck.tier', t(`tier.${head.tier}`)],
      ['selfCheck.students', plain(head.students, 0)], ['selfCheck.classes', plain(head.classes, 0)],
      ['selfCheck.teachers', `${plain(head.teachers, 0)} (${t('selfCheck.upTo45', {n: head.teachersUpTo45 === null ? t('selfCheck.notDeclared') : plain(head.teachersUpTo45, 0)})})`],
      ['selfCheck.round', sheet.round], ['selfCheck.date', sheet.date], ['selfCheck.profile', `${sheet.profile} ${sheet.profileVersion}`],
    ];
    return html`<dl class="self-check-head">
      ${facts.map(([label, value]) => html`<div><dt>${t(label)}</dt><dd>${value || unknown}</dd></div>`)}
      ${BY_HAND.map((label) => html`<div><dt>${t(`selfCheck.${label}`)}</dt><dd class="by-hand">${t('selfCheck.byHand')}</dd></div>`)}
    </dl>`;
  }

  #foot() {
    return html`<dl class="self-check-foot">
      ${[...SIGNED, ...REVIEWED].map((label) => html`<div data-part=${label}><dt>${t(`selfCheck.${label}`)}</dt><dd class="by-hand">${t('selfCheck.byHand')}</dd></div>`)}
    </dl>`;
  }
}

customElements.define('self-check-page', SelfCheckPage);

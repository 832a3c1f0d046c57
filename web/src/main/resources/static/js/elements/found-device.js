// @ts-check
import {html, nothing} from 'lit';
import {Problem, send} from '../api.js';
import {ago, moment} from '../figures.js';
import {Piece} from '../piece.js';
import {href} from '../route.js';
import {nameOf, t} from '../words.js';

const KINDS = ['terminal', 'pc', 'projector', 'switch', 'link'];

/** A device that was found, and what a technician makes of it. Says `done` when it is decided. */
class FoundDevice extends Piece {
  static properties = {item: {attribute: false}, decided: {type: Boolean}, busy: {state: true}, refused: {state: true}};

  constructor() {
    super();
    /** @type {import('../types.js').FoundItem|null} */
    this.item = null;
    this.decided = false;
    this.busy = false;
    this.refused = '';
  }

  /** @param {'approve'|'ignore'} what @param {object} body */
  async #decide(what, body) {
    this.busy = true;
    this.refused = '';
    try {
      await send('POST', `/discovered/${this.item?.id}/${what}`, body);
      this.dispatchEvent(new Event('done'));
    } catch (fault) {
      this.refused = (fault instanceof Problem && fault.detail) || t('fault.0.text', {host: location.host});
    } finally {
      this.busy = false;
    }
  }

  /** @param {SubmitEvent} event */
  #approve(event) {
    event.preventDefault();
    const said = new FormData(/** @type {HTMLFormElement} */ (event.target));
    void this.#decide('approve', Object.fromEntries(said.entries()));
  }

  render() {
    const item = this.item;
    if (!item) return nothing;
    return html`<article aria-labelledby=${`found-${item.id}`}>
      <h3 id=${`found-${item.id}`}>${item.name || item.address || item.mac}
        ${item.suggestedKind ? html`<small>${t('found.perhaps', {kind: t(`subject.${item.suggestedKind}`)})}</small>` : nothing}</h3>
      <p class="cause-where"><a href=${href(`/schools/${item.school}`)}>${nameOf({name: item.schoolName, nameEn: item.schoolNameEn})}</a></p>
      ${item.description ? html`<p>${item.description}</p>` : nothing}
      <dl class="cause-facts">
        <div><dt>${t('device.address')}</dt><dd><code>${item.address || '—'}</code></dd></div>
        <div><dt>${t('found.mac')}</dt><dd><code>${item.mac || '—'}</code></dd></div>
        <div><dt>${t('found.by')}</dt><dd>${item.foundBy.join(', ')}${item.seenAt ? html` · ${item.seenAt}` : nothing}</dd></div>
        <div><dt>${t('found.last')}</dt><dd title=${moment(item.lastSeen)}>${ago(item.lastSeen)}</dd></div>
      </dl>
      <form class="act" @submit=${this.#approve}>
        <label class="field"><span>${t('found.kind')}</span><select name="kind">${KINDS.map((kind) => html`
          <option value=${kind} ?selected=${kind === item.suggestedKind}>${t(`subject.${kind}`)}</option>`)}</select></label>
        <label class="field"><span>${t('found.name')}</span><input name="name" required maxlength="64"></label>
        <label class="field"><span>${t('found.space')}</span><input name="space" maxlength="64"></label>
        <button ?disabled=${this.busy}>${t('found.approve')}</button>
        ${this.decided ? nothing : html`<button type="button" class="quiet" ?disabled=${this.busy} @click=${() => this.#decide('ignore', {})}>${t('found.ignore')}</button>`}
      </form>
      ${this.refused ? html`<p class="refusal" role="alert">${this.refused}</p>` : nothing}</article>`;
  }
}

customElements.define('found-device', FoundDevice);

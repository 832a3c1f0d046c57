// @ts-check
import {html, nothing} from 'lit';
import {Problem, send} from '../api.js';
import {Piece} from '../piece.js';
import {t} from '../words.js';

/** Has the school's agent look at one subject at once, or test a line. For whoever operates the school. */
class AskNow extends Piece {
  static properties = {code: {}, subject: {}, busy: {state: true}, said: {state: true}, refused: {state: true}};

  constructor() {
    super();
    this.code = '';
    this.subject = '';
    this.busy = false;
    this.said = '';
    this.refused = '';
  }

  /** @param {'test'|'look'} what @param {object} body */
  async #ask(what, body) {
    this.busy = true;
    this.said = '';
    this.refused = '';
    try {
      await send('POST', `/schools/${encodeURIComponent(this.code)}/${what}`, body);
      this.said = t(`ask.${what}.told`);
    } catch (fault) {
      this.refused = (fault instanceof Problem && fault.detail) || t('fault.0.text', {host: location.host});
    } finally {
      this.busy = false;
    }
  }

  render() {
    const [kind, name] = this.subject.split(':');
    const line = kind === 'link' || kind === 'throughput';
    return html`<div class="act">
        ${kind === 'throughput' ? nothing : html`<button type="button" ?disabled=${this.busy}
          @click=${() => this.#ask('look', {subjects: [this.subject]})}>${t('ask.look')}</button>`}
        ${line ? html`<button type="button" ?disabled=${this.busy} @click=${() => this.#ask('test', {line: name})}>${t('ask.test')}</button>` : nothing}
      </div>
      <p class="note" role="status">${this.said || (line ? t('ask.test.unjudged') : nothing)}</p>
      ${this.refused ? html`<p class="refusal" role="alert">${this.refused}</p>` : nothing}`;
  }
}

customElements.define('ask-now', AskNow);

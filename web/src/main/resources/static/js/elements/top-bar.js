// @ts-check
import {html, nothing} from 'lit';
import {signOut} from '../api.js';
import {frame} from '../frame.js';
import {listen} from '../live.js';
import {Piece} from '../piece.js';
import {addresses, href, query, refine} from '../route.js';
import {language, pick, remember, speak, t} from '../words.js';
import './live-mark.js';
import './region-trail.js';
import './sign-in.js';

/** Product, where, judged by what and as of when, how fresh, in which language, as whom. */
class TopBar extends Piece {
  #closing = () => this.querySelectorAll('details[open]').forEach((menu) => menu.removeAttribute('open'));

  connectedCallback() {
    super.connectedCallback();
    addresses.addEventListener('moved', this.#closing);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    addresses.removeEventListener('moved', this.#closing);
  }

  /** @param {string} lang */
  async #choose(lang) {
    remember(lang);
    await speak(lang);
    if (query('lang') === lang) frame.changed();
    else refine({lang}, {replace: true});
  }

  async #leave() {
    await signOut();
    await frame.load();
    listen();
  }

  render() {
    return html`<header class="bar">
      <a class="product" href=${href('/')} aria-label=${t('frame.home')}><b lang="zh-CN">点到</b> <span lang="en">Rollcall</span></a>
      <region-trail></region-trail>
      <div class="bar-end">
        ${this.#judgedBy()}
        <live-mark></live-mark>
        ${this.#languages()}
        ${this.#account()}
      </div>
    </header>`;
  }

  #judgedBy() {
    const profile = frame.profile;
    if (!profile) return nothing;
    return html`<a class="judged-by" href=${href('/targets')} title=${pick(profile.title, profile.titleEn)}>
      ${t('frame.judgedBy', {profile: profile.id, date: frame.asOf})}</a>`;
  }

  #languages() {
    const other = language() === 'en' ? 'zh-CN' : 'en';
    return html`<button class="language" type="button" lang=${other} @click=${() => this.#choose(other)}
      >${other === 'en' ? 'English' : '中文'}</button>`;
  }

  #account() {
    const account = frame.context?.account;
    if (!frame.context || (frame.context.setup && !account)) return nothing; // nobody has an account yet
    return html`<details class="menu account">
      <summary>${account ? account.username : t('account.signIn')}</summary>
      <div class="sheet-menu">${account
        ? html`<p>${t(`role.${account.role}`)}</p><p><a href=${href('/account')}>${t('account.heading')}</a></p><button type="button" @click=${this.#leave}>${t('account.signOut')}</button>`
        : html`<sign-in @signed-in=${this.#closing}></sign-in>`}
      </div>
    </details>`;
  }
}

customElements.define('top-bar', TopBar);

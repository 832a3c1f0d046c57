// @ts-check
import {html, nothing} from 'lit';
import {frame} from './frame.js';
import {Piece} from './piece.js';
import {addresses, place, query} from './route.js';
import {LANGUAGES, language, speak, t} from './words.js';
import './elements/top-bar.js';
import './elements/nav-rail.js';
import './elements/page-message.js';
import './pages/district-page.js';
import './pages/schools-page.js';
import './pages/school-page.js';
import './pages/sheet-page.js';
import './pages/school-sheet-page.js';
import './pages/targets-page.js';
import './pages/problems-page.js';
import './pages/requests-page.js';
import './pages/alerts-page.js';
import './pages/channels-page.js';
import './pages/samples-page.js';
import './pages/tasks-page.js';
import './pages/self-check-page.js';
import './pages/self-checks-page.js';
import './pages/device-page.js';
import './pages/agents-page.js';
import './pages/evidence-page.js';
import './pages/discovered-page.js';
import './pages/account-page.js';
import './pages/admin-page.js';
import './pages/register-page.js';
import './pages/reports-page.js';
import './pages/setup-page.js';
import './pages/wall-page.js';

/** The whole: bar, rail, banner, and the page the address names. */
class RollcallApp extends Piece {
  #moved = () => void this.#follow();

  connectedCallback() {
    super.connectedCallback();
    addresses.addEventListener('moved', this.#moved);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    addresses.removeEventListener('moved', this.#moved);
  }

  async #follow() {
    const asked = query('lang');
    if (asked && asked !== language() && LANGUAGES.includes(asked)) await speak(asked);
    frame.changed();
  }

  render() {
    const {page, code, subject} = place();
    if (page === 'wall') return html`<wall-page .code=${code}></wall-page>`;
    return html`
      <a class="skip" href="#main">${t('frame.skip')}</a>
      ${frame.context?.simulated ? html`<p class="simulated" role="note">${t('frame.simulated')}</p>` : nothing}
      <top-bar></top-bar>
      <div class="body">
        ${frame.context?.setup && page === 'setup' ? nothing : html`<nav-rail></nav-rail>`}
        <main id="main" tabindex="-1">${this.#page(page, code, subject ?? '')}</main>
      </div>`;
  }

  /** @param {string} page @param {string|null} code @param {string} subject */
  #page(page, code, subject) {
    if (frame.context?.setup && (page === 'setup' || frame.problem)) return html`<setup-page></setup-page>`;
    if (frame.context?.account?.mustChange) return html`<account-page></account-page>`;
    if (frame.problem) return html`<page-message .problem=${frame.problem} .again=${() => frame.load()}></page-message>`;
    if (!frame.context) return html`<page-message waiting></page-message>`;
    switch (page) {
      case 'map':
        return html`<district-page .code=${code ?? frame.context.root}></district-page>`;
      case 'sheet':
        return html`<sheet-page .code=${code ?? frame.context.root}></sheet-page>`;
      case 'school-sheet':
        return html`<school-sheet-page .code=${code}></school-sheet-page>`;
      case 'schools':
        return html`<schools-page></schools-page>`;
      case 'school':
        return html`<school-page .code=${code}></school-page>`;
      case 'problems':
        return html`<problems-page></problems-page>`;
      case 'self-check':
        return html`<self-check-page .code=${code}></self-check-page>`;
      case 'self-checks':
        return html`<self-checks-page></self-checks-page>`;
      case 'alerts':
        return html`<alerts-page .code=${code}></alerts-page>`;
      case 'channels':
        return html`<channels-page></channels-page>`;
      case 'samples':
        return html`<samples-page></samples-page>`;
      case 'tasks':
        return html`<tasks-page></tasks-page>`;
      case 'requests':
        return html`<requests-page></requests-page>`;
      case 'device':
        return html`<device-page .code=${code} .subject=${subject}></device-page>`;
      case 'agents':
        return html`<agents-page></agents-page>`;
      case 'evidence':
        return html`<evidence-page></evidence-page>`;
      case 'discovered':
        return html`<discovered-page></discovered-page>`;
      case 'setup':
        return html`<setup-page></setup-page>`;
      case 'account':
        return html`<account-page></account-page>`;
      case 'admin':
        return html`<admin-page></admin-page>`;
      case 'reports':
        return html`<reports-page></reports-page>`;
      case 'register':
        return html`<register-page .kind=${subject} .code=${code}></register-page>`;
      case 'targets':
        return html`<targets-page></targets-page>`;
      default:
        return html`<page-message heading=${t('missing.heading')} text=${t('missing.text')}></page-message>`;
    }
  }
}

customElements.define('rollcall-app', RollcallApp);

// @ts-check
import {html, nothing} from 'lit';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {href} from '../route.js';
import {oursMark} from '../rules.js';
import {pick, say, t} from '../words.js';
import '../elements/page-message.js';
import '../elements/rule-sheet.js';

/** @typedef {import('../types.js').Profile} Profile */
/** @typedef {import('../types.js').Rule} Rule */

/** What schools and regions are judged by: each profile, its rules by level with their articles, and every figure that is ours. */
class TargetsPage extends Piece {
  willUpdate() {
    document.title = `${t('nav.targets')} · 点到 Rollcall`;
  }

  render() {
    if (frame.profiles.length === 0) {
      return html`<page-message heading=${t('empty.profiles.heading')} text=${t('empty.profiles.text')}></page-message>`;
    }
    const shown = frame.profile;
    const others = frame.profiles.filter((profile) => profile !== shown);
    return html`<header class="standing"><h1>${t('nav.targets')}</h1><p class="facts">${t('targets.intro')}</p></header>
      ${shown ? html`<section class="part profile" aria-labelledby="profile-${shown.id}">${this.#head(shown)}${this.#rules(shown)}</section>` : nothing}
      ${others.map((profile) => html`<section class="part profile" aria-labelledby="profile-${profile.id}">${this.#head(profile)}
        <details><summary>${t('targets.rules', {n: profile.rules.length})}</summary>${this.#rules(profile)}</details></section>`)}`;
  }

  /** @param {Profile} profile */
  #head(profile) {
    return html`<h2 id="profile-${profile.id}">${pick(profile.title, profile.titleEn)}</h2>
      <p class="facts">
        <span>${profile.id}</span><span>${t('targets.version', {version: profile.version})}</span>
        ${profile.issued ? html`<span>${t('targets.issued', {date: profile.issued})}</span>` : nothing}
        ${profile.active ? html`<span>${t('targets.active')}</span>` : nothing}
        ${profile.parents.length ? html`<span>${t('targets.parents', {
          parents: profile.parents.map(({id, version}) => `${id} ${version}`).join(t('indicator.join'))})}</span>` : nothing}
        <span>${pick(profile.source, profile.sourceEn)}</span>
        ${profile === frame.profile ? nothing
          : html`<span><a href=${href('/', {profile: profile.active ? '' : profile.id})}>${t('targets.judgeBy')}</a></span>`}
      </p>`;
  }

  /** @param {Profile} profile */
  #rules(profile) {
    const groups = [
      ['headline', profile.rules.filter(({headline}) => headline)],
      ['others', profile.rules.filter(({headline, level}) => !headline && level === 'SCHOOL')],
      ['county', profile.rules.filter(({headline, level}) => !headline && level === 'COUNTY')],
    ];
    return html`${groups.map(([group, rules]) => rules.length === 0 ? nothing : html`
        <h3 class="group" data-group=${group}>${t(`targetGroup.${group}`)}</h3>
        ${/** @type {Rule[]} */ (rules).map((rule) => html`<rule-sheet .rule=${rule} .profile=${profile.id}></rule-sheet>`)}`)}
      ${profile.defaults.length ? html`<h3 class="group">${t('targets.whole')}</h3>
        <dl class="figures">${profile.defaults.map((figure) => html`<div><dt>${say(figure)}</dt>
          <dd>${figure.value}${figure.unit ? ` ${t(`unit.${figure.unit}`)}` : ''} ${oursMark(figure.projectDefault)}</dd></div>`)}</dl>` : nothing}`;
  }
}

customElements.define('targets-page', TargetsPage);

// @ts-check
import {html, nothing} from 'lit';
import {quantity} from '../figures.js';
import {frame} from '../frame.js';
import {Piece} from '../piece.js';
import {pick, say, t} from '../words.js';
import '../elements/page-message.js';

/** What schools are judged by: each profile, its rules with their articles, and every figure that is ours and not the policy's. */
class TargetsPage extends Piece {
  willUpdate() {
    document.title = `${t('nav.targets')} · 点到 Rollcall`;
  }

  render() {
    if (frame.profiles.length === 0) {
      return html`<page-message heading=${t('empty.profiles.heading')} text=${t('empty.profiles.text')}></page-message>`;
    }
    return html`<header class="standing"><h1>${t('nav.targets')}</h1><p class="facts">${t('targets.intro')}</p></header>
      ${frame.profiles.map((profile) => this.#profile(profile))}`;
  }

  /** @param {import('../types.js').Profile} profile */
  #profile(profile) {
    return html`<section class="part" aria-labelledby="profile-${profile.id}">
      <h2 id="profile-${profile.id}">${pick(profile.title, profile.titleEn)}</h2>
      <p class="facts">
        <span>${profile.id}</span><span>${t('targets.version', {version: profile.version})}</span>
        ${profile.issued ? html`<span>${t('targets.issued', {date: profile.issued})}</span>` : nothing}
        ${profile.active ? html`<span>${t('targets.active')}</span>` : nothing}
      </p>
      ${profile.rules.map((rule) => this.#rule(rule))}
      ${profile.defaults?.length ? html`<h3>${t('targets.whole')}</h3>${this.#figures(profile.defaults)}` : nothing}
    </section>`;
  }

  /** @param {import('../types.js').Rule} rule */
  #rule(rule) {
    return html`<article class="rule" id=${rule.id}>
      <div class="target-asks">
        <h3>${pick(rule.targetTitle, rule.targetTitleEn)} <small>${t(`tier.${rule.tier ?? 'all'}`)} · ${rule.id}</small></h3>
        ${rule.quote ? html`<p class="quote" lang="zh-CN">「${rule.quote}」</p>` : nothing}
        ${rule.quoteEn ? html`<p class="quote" lang="en">“${rule.quoteEn}”</p>` : nothing}
        <p class="note">${t('school.article', {source: rule.source, article: pick(rule.article, rule.articleEn)})}</p>
        ${rule.note ? html`<p class="note">${pick(rule.note, rule.noteEn ?? rule.note)}</p>` : nothing}
        ${this.#tightens(rule.origin.tightens)}
      </div>
      <div>
        ${rule.threshold === null ? nothing
          : html`<p class="against">${t('targets.threshold', {threshold: quantity(rule.threshold, rule.unit)})}</p>`}
        <ul class="reasons">${rule.conditions.map((condition) => html`<li>${say(condition)} ${this.#ours(condition.projectDefault)}</li>`)}</ul>
        ${this.#figures(rule.defaults)}
      </div>
    </article>`;
  }

  /** @param {import('../types.js').Tightens|null} tightens */
  #tightens(tightens) {
    if (!tightens) return nothing;
    return html`<p class="note">${t('targets.tightens', {
      profile: tightens.profile,
      article: pick(tightens.article, tightens.articleEn),
      asked: tightens.conditions.map((condition) => say(condition)).join(' · '),
      reason: pick(tightens.reason, tightens.reasonEn)})}</p>`;
  }

  /** @param {import('../types.js').Figure[]} figures */
  #figures(figures) {
    if (figures.length === 0) return nothing;
    return html`<dl class="figures">${figures.map((figure) => html`<div>
      <dt>${say(figure)}</dt>
      <dd>${figure.value}${figure.unit ? ` ${t(`unit.${figure.unit}`)}` : ''} ${this.#ours(figure.projectDefault)}</dd>
    </div>`)}</dl>`;
  }

  /** @param {boolean} ours */
  #ours(ours) {
    return ours ? html`<span class="ours" title=${t('targets.oursMeans')}>${t('targets.ours')}</span>` : nothing;
  }
}

customElements.define('targets-page', TargetsPage);

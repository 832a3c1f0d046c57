// @ts-check
import {html, nothing} from 'lit';
import {get} from '../api.js';
import {ago, moment, percent, plain} from '../figures.js';
import {Answer, Piece} from '../piece.js';
import {pick, t} from '../words.js';
import {reasonOf} from './link-list.js';

/** @typedef {import('../types.js').Partner} Partner */

/** The ways to partner schools: whether they answer, latency and packet loss, and the way the traffic takes. */
class PartnerList extends Piece {
  static properties = {school: {}, seen: {}};

  constructor() {
    super();
    this.school = '';
    /** @type {string|null} when the school was last heard: what is shown is asked for anew with it */
    this.seen = null;
    /** @type {Answer<{partners: Partner[]}>} */
    this.lines = new Answer(this, (signal) => get(`/schools/${encodeURIComponent(this.school)}/partners`, {}, signal));
    this.asked = '';
  }

  willUpdate() {
    // Once a minute is as often as agents look; the school itself is heard every few seconds.
    const asked = JSON.stringify([this.school, this.seen?.slice(0, 16)]);
    if (asked !== this.asked && this.school) void this.lines.run();
    this.asked = asked;
  }

  render() {
    const lines = this.lines.value;
    if (!lines) return this.lines.problem ? html`<page-message .problem=${this.lines.problem}></page-message>` : nothing;
    if (lines.partners.length === 0) return html`<p class="note">${t('empty.partners')}</p>`;
    return html`<table class="sheet partners">
      <thead><tr>
        <th scope="col">${t('partner.school')}</th><th scope="col">${t('line.state')}</th>
        <th scope="col">${t('partner.since')}</th><th scope="col" class="number">${t('partner.latency')}</th>
        <th scope="col" class="number">${t('partner.loss')}</th><th scope="col" class="number">${t('partner.lossOfDay')}</th>
        <th scope="col">${t('partner.path')}</th><th scope="col">${t('line.seen')}</th>
      </tr></thead>
      <tbody>${lines.partners.map((partner) => this.#row(partner))}</tbody>
    </table>
    <p class="note">${t('partner.note')}</p>`;
  }

  /** @param {Partner} partner */
  #row(partner) {
    const state = partner.up === null ? 'unknown' : partner.up ? 'up' : 'down';
    const name = partner.schoolName === null ? partner.name : pick(partner.schoolName, partner.schoolNameEn ?? partner.schoolName);
    return html`<tr>
      <th scope="row">${partner.school === null ? name : html`<a href="/schools/${partner.school}">${name}</a>`}</th>
      <td data-label=${t('line.state')}><span class="device" data-up=${state}>${t(`device.${state}`)}</span>
        ${partner.reason ? html`<small>${reasonOf(partner.reason)}</small>` : nothing}</td>
      <td data-label=${t('partner.since')}>${partner.since === null ? '—' : moment(partner.since)}</td>
      <td class="number" data-label=${t('partner.latency')}>${this.#latency(partner)}</td>
      <td class="number" data-label=${t('partner.loss')}>${partner.lossShare === null ? '—' : percent(partner.lossShare)}</td>
      <td class="number" data-label=${t('partner.lossOfDay')}>${partner.lossShareOfDay === null ? '—' : percent(partner.lossShareOfDay)}</td>
      <td data-label=${t('partner.path')}>${this.#path(partner.path)}</td>
      <td data-label=${t('line.seen')} title=${moment(partner.seen)}>${ago(partner.seen)}</td>
    </tr>`;
  }

  /** @param {Partner} partner */
  #latency({rttMillis, connectMillis}) {
    if (rttMillis !== null) return t('partner.millis', {millis: plain(rttMillis)});
    return connectMillis === null ? '—' : t('line.connected', {millis: plain(connectMillis)});
  }

  /** @param {Partner['path']} path */
  #path(path) {
    if (path === null) return '—';
    const words = [
      path.viaDistrict === null ? null : t(path.viaDistrict ? 'partner.viaDistrict' : 'partner.notViaDistrict'),
      path.vpn === null ? null : t(path.vpn ? 'partner.vpn' : 'partner.noVpn'),
      path.reason === null ? null : reasonOf(path.reason),
    ].filter((word) => word !== null);
    return words.length === 0 ? '—' : words.join(t('partner.and'));
  }
}

customElements.define('partner-list', PartnerList);

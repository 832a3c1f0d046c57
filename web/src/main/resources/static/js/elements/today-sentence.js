// @ts-check
import {html} from 'lit';
import {ago, clock, moment, rate} from '../figures.js';
import {Piece} from '../piece.js';
import {t} from '../words.js';

/** What is known of the school right now, as one sentence. */
class TodaySentence extends Piece {
  static properties = {school: {attribute: false}};

  constructor() {
    super();
    /** @type {import('../types.js').School|null} */
    this.school = null;
  }

  render() {
    const school = this.school;
    if (!school) return html``;
    return html`<p class="today" data-state=${school.state}><b>${t(`state.${school.state}`)}</b> ${this.#said(school)}</p>`;
  }

  /** @param {import('../types.js').School} school */
  #said(school) {
    if (school.state === 'none') return t('today.none', {code: school.code});
    if (school.state === 'silent') return t('today.silent', {time: moment(school.lastSeen), ago: ago(school.lastSeen)});
    const parts = school.links.map((link) =>
      link.up === null
        ? t('today.lineUnknown', {name: link.name})
        : link.up
          ? t('today.lineUp', {name: link.name, into: rate(link.inBitsPerSecond), out: rate(link.outBitsPerSecond)})
          : t('today.lineDown', {name: link.name}));
    const equipped = school.classes.filter(({terminals}) => terminals.length > 0);
    const answering = equipped.filter(({terminals}) => terminals.some(({up}) => up));
    if (equipped.length > 0) parts.push(t('today.classes', {on: answering.length, all: equipped.length}));
    const seats = school.rooms.flatMap((room) => room.seats);
    if (seats.length > 0) parts.push(t('today.seats', {on: seats.filter(({up}) => up).length, all: seats.length}));
    return t('today.at', {time: clock(school.lastSeen ?? Date.now()), said: parts.join(t('today.join'))});
  }
}

customElements.define('today-sentence', TodaySentence);

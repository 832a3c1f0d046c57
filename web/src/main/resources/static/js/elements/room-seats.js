// @ts-check
import {html} from 'lit';
import {moment} from '../figures.js';
import {Piece} from '../piece.js';
import {t} from '../words.js';
import {reasonOf} from './link-list.js';

const SIGNS = {up: '●', standby: '◐', down: '○', fault: '!', unknown: '?'};

/** Each computer room as its seats. */
class RoomSeats extends Piece {
  static properties = {rooms: {attribute: false}, state: {}};

  constructor() {
    super();
    /** @type {import('../types.js').Room[]} */
    this.rooms = [];
    this.state = 'live';
  }

  #silent() {
    return this.state === 'silent' || this.state === 'none';
  }

  /** @param {import('../types.js').Seat} seat @returns {'up'|'standby'|'down'|'fault'|'unknown'} */
  #stateOf(seat) {
    if (this.#silent() || seat.state === null) return 'unknown';
    if (seat.state === 'ON') return 'up';
    return seat.state === 'STANDBY' ? 'standby' : seat.state === 'FAULT' ? 'fault' : 'down';
  }

  render() {
    return html`${this.rooms.map((room) => {
      const {registered: all, usable, on} = room;
      return html`<section class="room">
        <h3>${room.name} <small>${this.#silent() ? t('room.unknown', {all}) : t('room.on', {all, usable, on})}</small></h3>
        <ul class="seats">${room.seats.map((seat) => {
          const state = this.#stateOf(seat);
          const words = `${seat.name}: ${t(`class.${state}`)}${seat.reason ? ` (${reasonOf(seat.reason)})` : ''}, ${moment(seat.seen)}`;
          return html`<li class="seat" data-up=${state} title=${words}><span aria-hidden="true">${SIGNS[state]}</span><span class="unseen">${words}</span></li>`;
        })}</ul>
      </section>`;
    })}
    <p class="note">${t('room.note')}</p>`;
  }
}

customElements.define('room-seats', RoomSeats);

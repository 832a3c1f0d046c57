// @ts-check
import {html} from 'lit';
import {moment} from '../figures.js';
import {Piece} from '../piece.js';
import {t} from '../words.js';
import {reasonOf} from './link-list.js';

const SIGNS = {up: '●', down: '○', unknown: '?'};

/** Each computer room as its seats. */
class RoomSeats extends Piece {
  static properties = {rooms: {attribute: false}, state: {}};

  constructor() {
    super();
    /** @type {import('../types.js').Room[]} */
    this.rooms = [];
    this.state = 'live';
  }

  /** @param {import('../types.js').Reading} seat @returns {'up'|'down'|'unknown'} */
  #stateOf(seat) {
    if (this.state === 'silent' || this.state === 'none' || seat.up === null) return 'unknown';
    return seat.up ? 'up' : 'down';
  }

  render() {
    return html`${this.rooms.map((room) => {
      const on = room.seats.filter((seat) => this.#stateOf(seat) === 'up').length;
      return html`<section class="room">
        <h3>${room.name} <small>${t('room.on', {on, all: room.seats.length})}</small></h3>
        <ul class="seats">${room.seats.map((seat) => {
          const state = this.#stateOf(seat);
          const words = `${seat.name}: ${t(`class.${state}`)}${seat.reason ? ` (${reasonOf(seat.reason)})` : ''}, ${moment(seat.seen)}`;
          return html`<li class="seat" data-up=${state} title=${words}><span aria-hidden="true">${SIGNS[state]}</span><span class="unseen">${words}</span></li>`;
        })}</ul>
      </section>`;
    })}`;
  }
}

customElements.define('room-seats', RoomSeats);

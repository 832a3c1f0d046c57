// @ts-check
/** Puts names beside pins where there is room, the important ones first, none over another or over a pin. */

const HEIGHT = 18;
const GAP = 3;
const MOST = 160;

/**
 * @typedef {{x: number, y: number, size: number, width: number}} Pin a pin's centre and size, and the width of its name
 * @typedef {'right'|'left'|'above'|'below'} Side
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

/**
 * @param {Pin[]} pins in order of importance
 * @param {{width: number, height: number}} view names must lie in it whole
 * @returns {(Side|null)[]} for each pin the side its name goes to; null where there is no room
 */
export function placeNames(pins, view) {
  const taken = new Boxes();
  for (const pin of pins) taken.add(around(pin.x, pin.y, pin.size, pin.size));
  let placed = 0;
  return pins.map((pin) => {
    if (placed >= MOST) return null;
    for (const [side, box] of candidates(pin)) {
      const inside = box.left >= 2 && box.top >= 2 && box.right <= view.width - 2 && box.bottom <= view.height - 2;
      if (!inside || taken.hits(box)) continue;
      taken.add(box);
      placed++;
      return side;
    }
    return null;
  });
}

/** @param {Pin} pin @returns {[Side, Box][]} */
function candidates(pin) {
  const beside = pin.size / 2 + GAP + pin.width / 2;
  const over = pin.size / 2 + HEIGHT / 2 + 1;
  return [
    ['right', around(pin.x + beside, pin.y, pin.width, HEIGHT)],
    ['left', around(pin.x - beside, pin.y, pin.width, HEIGHT)],
    ['below', around(pin.x, pin.y + over, pin.width, HEIGHT)],
    ['above', around(pin.x, pin.y - over, pin.width, HEIGHT)],
  ];
}

/** @param {number} x @param {number} y @param {number} width @param {number} height @returns {Box} */
function around(x, y, width, height) {
  return {left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2};
}

/** Boxes by the cells of a grid they touch, so that a crowded map is searched near the box alone. */
class Boxes {
  static CELL = 64;
  /** @type {Map<string, Box[]>} */
  #cells = new Map();

  /** @param {Box} box */
  add(box) {
    for (const cell of this.#touched(box)) {
      const there = this.#cells.get(cell);
      if (there) there.push(box);
      else this.#cells.set(cell, [box]);
    }
  }

  /** @param {Box} box */
  hits(box) {
    for (const cell of this.#touched(box)) {
      for (const other of this.#cells.get(cell) ?? []) {
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) return true;
      }
    }
    return false;
  }

  /** @param {Box} box @returns {Generator<string>} */
  *#touched(box) {
    const cell = Boxes.CELL;
    for (let x = Math.floor(box.left / cell); x <= Math.floor(box.right / cell); x++) {
      for (let y = Math.floor(box.top / cell); y <= Math.floor(box.bottom / cell); y++) yield `${x}:${y}`;
    }
  }
}

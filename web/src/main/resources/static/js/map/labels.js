// @ts-check
/** Puts names beside pins where there is room, the important ones first, none over another or over a pin. */

const HEIGHT = 18;
const GAP = 3;
const MOST = 160;

/**
 * @typedef {{x: number, y: number, size: number, width: number}} Pin a pin's centre and size, and the width of its name
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

/** The sides a name may go to, best first; the order of `beside`'s boxes. */
export const SIDES = ['right', 'left', 'below', 'above'];

/**
 * @param {Box[][]} names for each name, in order of importance, the places it may go to, best first
 * @param {Box[]} taken what no name may cover
 * @param {{width: number, height: number}} view names must lie in it whole
 * @returns {number[]} for each name the index of its place; -1 where there is no room
 */
export function placeNames(names, taken, view) {
  const full = new Boxes();
  for (const box of taken) full.add(box);
  let placed = 0;
  return names.map((places) => {
    if (placed >= MOST) return -1;
    const index = places.findIndex((box) => within(box, view) && !full.hits(box));
    if (index >= 0) {
      full.add(places[index]);
      placed++;
    }
    return index;
  });
}

/** @param {Pin} pin @returns {Box[]} where its name may stand, in the order of SIDES */
export function beside(pin) {
  const aside = pin.size / 2 + GAP + pin.width / 2;
  const over = pin.size / 2 + HEIGHT / 2 + 1;
  return [
    around(pin.x + aside, pin.y, pin.width, HEIGHT),
    around(pin.x - aside, pin.y, pin.width, HEIGHT),
    around(pin.x, pin.y + over, pin.width, HEIGHT),
    around(pin.x, pin.y - over, pin.width, HEIGHT),
  ];
}

/** @param {number} x @param {number} y @param {number} width @param {number} height @returns {Box} */
export function around(x, y, width, height) {
  return {left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2};
}

/** @param {Box} box @param {{width: number, height: number}} view */
function within(box, view) {
  return box.left >= 2 && box.top >= 2 && box.right <= view.width - 2 && box.bottom <= view.height - 2;
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

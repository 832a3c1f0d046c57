// @ts-check
/** Marks that would cover each other stand as one. */

/**
 * @template T
 * @typedef {{x: number, y: number, of: T}} Spot where a mark stands on the screen
 */

/**
 * Gathers spots by a grid whose cells are as wide as a mark needs, each cell with its neighbours' spots within reach.
 *
 * @template T
 * @param {Spot<T>[]} spots
 * @param {number} reach pixels within which two marks cover each other
 * @returns {Spot<T>[][]} every spot once; those alone first come as groups of one
 */
export function gather(spots, reach) {
  /** @type {Map<string, Spot<T>[]>} */
  const cells = new Map();
  const cellOf = (/** @type {number} */ value) => Math.floor(value / reach);
  for (const spot of spots) {
    const key = `${cellOf(spot.x)}:${cellOf(spot.y)}`;
    const there = cells.get(key);
    if (there) there.push(spot);
    else cells.set(key, [spot]);
  }
  const taken = new Set();
  const groups = [];
  for (const spot of spots) {
    if (taken.has(spot)) continue;
    const group = [];
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const other of cells.get(`${cellOf(spot.x) + dx}:${cellOf(spot.y) + dy}`) ?? []) {
          if (taken.has(other) || Math.hypot(other.x - spot.x, other.y - spot.y) >= reach) continue;
          taken.add(other);
          group.push(other);
        }
      }
    }
    groups.push(group);
  }
  return groups;
}

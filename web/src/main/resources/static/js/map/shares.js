// @ts-check
/** How far an area has come, as the map fills it: few steps, each with its bounds; hatched where too little is known. */

/** @typedef {{met: number, notMet: number, insufficient: number, notApplicable: number}} AreaCounts */
/** @typedef {{basically: number, fully: number}} Thresholds of the profile, 0 to 1 */

/** Under half no county is near a target; above it the profile's own thresholds are the bounds. Project default. */
const HALF = 0.5;

/** Schools that the rules speak of. @param {AreaCounts} counts */
export function inScope(counts) {
  return counts.met + counts.notMet + counts.insufficient;
}

/** The lower bounds of the steps, the least first. @param {Thresholds} thresholds */
export function bounds(thresholds) {
  return [...new Set([0, HALF, thresholds.basically, thresholds.fully])].sort((one, other) => one - other);
}

/**
 * The step an area falls in.
 *
 * @param {AreaCounts} counts
 * @param {Thresholds} thresholds
 * @returns {string} index of the step from 0; `unknown` when of more than half of the schools too little is known, `none`
 *   when the rules speak of no school
 */
export function stepOf(counts, thresholds) {
  const all = inScope(counts);
  if (all === 0) return 'none';
  if (counts.insufficient * 2 > all) return 'unknown';
  const share = counts.met / all;
  return String(bounds(thresholds).filter((bound) => share >= bound).length - 1);
}

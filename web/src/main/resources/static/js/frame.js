// @ts-check
/** What every page shares: the context, the regions, the profile. Says `change` when any of it changed. */
import {get} from './api.js';
import {query} from './route.js';

class Frame extends EventTarget {
  /** @type {import('./types.js').Context|null} */
  context = null;
  /** @type {import('./types.js').Region[]} */
  regions = [];
  /** @type {import('./types.js').Profile[]} */
  profiles = [];
  /** @type {unknown} */
  problem = null;
  /** @type {string|null} time of the newest observation */
  newest = null;
  /** @type {string|null} region of the school that is shown */
  here = null;
  /** Schools with days that wait to be judged. */
  judging = 0;
  /** Requests of schools that wait for an answer. */
  waiting = 0;
  /** @type {'connecting'|'live'|'broken'|'off'} */
  line = 'connecting';

  async load() {
    try {
      this.context = await get('/context');
      this.newest = this.context?.newest ?? null;
      this.judging = this.context?.judging ?? 0;
      if (this.context?.account?.mustChange) {
        this.problem = null;
        this.changed();
        return;
      }
      [this.regions, this.profiles] = await Promise.all([get('/regions'), get('/profiles')]);
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** The profile the address asks for, else the active one. */
  get profile() {
    const asked = query('profile');
    const named = (/** @type {string|null|undefined} */ id) => this.profiles.find((profile) => profile.id === id);
    return named(asked) ?? named(this.context?.profile) ?? this.profiles[0] ?? null;
  }

  /** @param {string|null} code */
  region(code) {
    return this.regions.find((region) => region.code === code) ?? null;
  }

  /** @param {string} id */
  rule(id) {
    return this.profile?.rules.find((rule) => rule.id === id) ?? null;
  }

  /** The day whose verdicts are shown. */
  get asOf() {
    return query('at') || (this.context?.asOf ?? '');
  }

  /** The headline targets of the profile, each with its rules, in the profile's order. */
  get targets() {
    /** @type {Map<string, import('./types.js').Rule[]>} */
    const found = new Map();
    for (const rule of this.profile?.rules ?? []) {
      if (rule.headline) found.set(rule.target, [...(found.get(rule.target) ?? []), rule]);
    }
    return found;
  }

  /**
   * The rules a filter stands for.
   *
   * @param {string} filter a rule, a target, or empty for all
   * @returns {string[]} empty for all
   */
  rulesOf(filter) {
    if (!filter) return [];
    const rules = this.targets.get(filter);
    return rules ? rules.map((rule) => rule.id) : [filter];
  }
}

export const frame = new Frame();

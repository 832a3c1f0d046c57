// @ts-check
/** Which page the address names, and how to get to another without losing the language. */

/** @typedef {{page: 'map'|'sheet'|'school-sheet'|'schools'|'school'|'targets'|'problems'|'requests'|'tasks'|'samples'|'alerts'|'channels'|'wall'|'self-check'|'device'|'agents'|'evidence'|'self-checks'|'discovered'|'setup'|'account'|'admin'|'register'|'reports'|'missing', code: string|null, subject?: string}} Place */

/** Says `moved` whenever the address changes. */
export const addresses = new EventTarget();

/** @returns {Place} */
export function place(path = location.pathname) {
  const [first, second, third, fourth, fifth] = path.split('/').filter(Boolean).map(decodeURIComponent);
  if (first === 'sheet' && second === 'schools' && third && fourth === undefined) return {page: 'school-sheet', code: third};
  if (first === 'schools' && second && third === 'devices' && fourth && fifth === undefined) {
    return {page: 'device', code: second, subject: fourth};
  }
  if (first === 'schools' && second && third === 'self-check' && fourth === undefined) return {page: 'self-check', code: second};
  if (first === 'register' && (second === 'schools' || second === 'regions') && third && fourth === undefined) {
    return {page: 'register', code: third, subject: second};
  }
  if (third !== undefined) return {page: 'missing', code: null};
  if (first === undefined) return {page: 'map', code: null};
  if (first === 'regions' && second) return {page: 'map', code: second};
  if (first === 'sheet') return {page: 'sheet', code: second ?? null};
  if (first === 'alerts') return {page: 'alerts', code: second ?? null};
  if (first === 'wall') return {page: 'wall', code: second ?? null};
  if (first === 'schools') return second ? {page: 'school', code: second} : {page: 'schools', code: null};
  if ((first === 'problems' || first === 'requests' || first === 'reports' || first === 'agents' || first === 'evidence' || first === 'self-checks' || first === 'discovered') && !second) return {page: first, code: null};
  if ((first === 'targets' || first === 'tasks' || first === 'samples' || first === 'channels' || first === 'setup' || first === 'account' || first === 'admin') && !second) return {page: first, code: null};
  return {page: 'missing', code: null};
}

/** @param {string} name */
export function query(name) {
  return new URLSearchParams(location.search).get(name) ?? '';
}

/** What verdicts are asked for: by which profile, of which day; empty for the active one and the newest. */
export function basis() {
  return {profile: query('profile'), at: query('at')};
}

/**
 * An address that keeps the page's language, profile and day, where the address carries them.
 *
 * @param {string} path
 * @param {Record<string, string|undefined>} [params]
 */
export function href(path, params = {}) {
  const next = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value) next.set(key, value);
  for (const kept of ['profile', 'at', 'lang']) {
    const value = query(kept);
    if (value && !(kept in params)) next.set(kept, value);
  }
  return next.size ? `${path}?${next}` : path;
}

/** @param {string} address */
export function go(address) {
  history.pushState(null, '', address);
  addresses.dispatchEvent(new Event('moved'));
}

/**
 * Changes parts of the query and nothing else. Typing replaces the entry, choosing adds one, so that "back" undoes choices.
 *
 * @param {Record<string, string>} changes empty removes
 * @param {{replace?: boolean}} [how]
 */
export function refine(changes, how = {}) {
  const params = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value) params.set(key, value);
    else params.delete(key);
  }
  const address = params.size ? `${location.pathname}?${params}` : location.pathname;
  if (address === location.pathname + location.search) return;
  if (how.replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  addresses.dispatchEvent(new Event('moved'));
}

/** Follows links of the pages without loading the document again. */
export function followLinks() {
  window.addEventListener('popstate', () => addresses.dispatchEvent(new Event('moved')));
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute('download')) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || place(to.pathname).page === 'missing') return;
    if (to.hash && to.pathname === location.pathname && to.search === location.search) return;
    event.preventDefault();
    go(to.pathname + to.search + to.hash);
    window.scrollTo(0, 0);
  });
}

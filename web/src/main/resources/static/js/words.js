// @ts-check
/** The language of the page: which one, its messages, and the names and sentences that come in both. */

export const LANGUAGES = ['zh-CN', 'en'];
const REMEMBERED = 'rollcall.language';

/** @type {Record<string, string>} */
let messages = {};
let current = 'zh-CN';

/** @returns {string} the language asked for: by the address, else as remembered, else the browser's, else Chinese */
export function wanted() {
  const asked = new URLSearchParams(location.search).get('lang');
  if (asked && LANGUAGES.includes(asked)) return asked;
  const kept = remembered();
  if (kept && LANGUAGES.includes(kept)) return kept;
  for (const tag of navigator.languages ?? [navigator.language]) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'zh-CN';
}

/** @param {string} lang one of LANGUAGES; its messages are in force when the promise is kept */
export async function speak(lang) {
  const answer = await fetch(`/i18n/${lang}.json`);
  if (!answer.ok) throw new Error(`/i18n/${lang}.json: ${answer.status}`);
  messages = await answer.json();
  current = lang;
  document.documentElement.lang = lang;
}

/** @param {string} lang */
export function remember(lang) {
  try {
    localStorage.setItem(REMEMBERED, lang);
  } catch {
    // Storage is forbidden: the address alone carries the language then.
  }
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

export function language() {
  return current;
}

/**
 * The message of a key with its {places} filled. With n = 1 the key's `.one` form is taken where there is one.
 *
 * @param {string} key
 * @param {Record<string, string|number>} [fill]
 */
export function t(key, fill = {}) {
  const form = fill.n === 1 ? (messages[`${key}.one`] ?? messages[key]) : messages[key];
  if (form === undefined) return key;
  return form.replace(/\{(\w+)\}/g, (place, name) => (name in fill ? String(fill[name]) : place));
}

/** @param {string} key */
export function has(key) {
  return key in messages;
}

/** @param {import('./types.js').Named} thing */
export function nameOf(thing) {
  return current === 'en' ? thing.nameEn || thing.name : thing.name;
}

/** @param {{zh: string, en: string}} sentence */
export function say(sentence) {
  return current === 'en' ? sentence.en : sentence.zh;
}

/** @param {string} zh @param {string|undefined} en */
export function pick(zh, en) {
  return current === 'en' ? en || zh : zh;
}

// @ts-check
/** The one way to the server. */
import {language} from './words.js';

/** An answer that is no success, with the server's own words. */
export class Problem extends Error {
  /** @param {number} status 0 when the server could not be reached @param {any} body */
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? `HTTP ${status}`);
    this.status = status;
    this.body = body;
  }

  /** @returns {string} what the server says, in the page's language; empty when it said nothing */
  get detail() {
    const zh = this.body?.detailZh;
    return (language() === 'en' ? this.body?.detail : (zh ?? this.body?.detail)) ?? '';
  }
}

/**
 * @template T
 * @param {string} path below /api/v1
 * @param {Record<string, string|number|undefined|null>} [query] empty values are left out
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export async function get(path, query = {}, signal) {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value));
  }
  const tail = params.size ? `?${params}` : '';
  return answerOf(() => fetch(`/api/v1${path}${tail}`, {signal, headers: {accept: 'application/json, application/geo+json'}}));
}

/**
 * Asks by itself, so that nobody stays signed in by it.
 *
 * @param {string} path below /api/v1
 * @param {Record<string, string>} headers
 * @returns {Promise<any>}
 */
export function getWith(path, headers) {
  return answerOf(() => fetch(`/api/v1${path}`, {headers: {accept: 'application/json', 'x-rollcall-by-itself': '1', ...headers}}));
}

/** @param {string} username @param {string} password @returns {Promise<import('./types.js').Account>} */
export function signIn(username, password) {
  return answerOf(() =>
    fetch('/api/v1/session', {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify({username, password}),
    }));
}

/**
 * Asks for a change.
 *
 * @param {'POST'|'PATCH'|'DELETE'} method
 * @param {string} path below /api/v1
 * @param {object} [body]
 * @returns {Promise<any>} null when there is nothing to answer
 */
export function send(method, path, body) {
  return answerOf(() => fetch(`/api/v1${path}`, body === undefined
    ? {method}
    : {method, headers: {'content-type': 'application/json'}, body: JSON.stringify(body)}));
}

/**
 * Hands in a file as it is.
 *
 * @param {string} path below /api/v1
 * @param {Record<string, string>} query empty values are left out
 * @param {Blob} file
 * @returns {Promise<any>}
 */
export function upload(path, query, file) {
  const params = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  return answerOf(() => fetch(`/api/v1${path}?${params}`, {method: 'POST', headers: {'content-type': 'application/octet-stream'}, body: file}));
}

export function signOut() {
  return answerOf(() => fetch('/api/v1/session', {method: 'DELETE'}));
}

/** @param {() => Promise<Response>} call @returns {Promise<any>} */
async function answerOf(call) {
  /** @type {Response} */
  let answer;
  try {
    answer = await call();
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault;
    throw new Problem(0, null);
  }
  if (answer.status === 204) return null;
  if (answer.ok) return answer.json();
  let body = null;
  try {
    body = await answer.json();
  } catch {
    // A proxy's own error page: the status alone speaks.
  }
  throw new Problem(answer.status, body);
}

/**
 * Fetches a file and hands it to the person, under the name the server gives it.
 *
 * @param {string} path below /api/v1
 * @param {Record<string, string|undefined|null>} query empty values are left out
 */
export async function download(path, query) {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value) params.set(key, value);
  }
  let response;
  try {
    response = await fetch(`/api/v1${path}${params.size ? `?${params}` : ''}`);
  } catch {
    throw new Problem(0, null);
  }
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => null));
  const name = /filename="?([^";]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name ?? 'rollcall';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// @ts-check
/** What all elements of the pages are built on. */
import {LitElement} from 'lit';
import {frame} from './frame.js';

/**
 * An element that renders into the document itself (one set of style sheets, labels and ids that reach across elements)
 * and draws itself again when the language or the shared state changes.
 */
export class Piece extends LitElement {
  #again = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    frame.addEventListener('change', this.#again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    frame.removeEventListener('change', this.#again);
  }
}

/**
 * One answer an element waits for. Only the newest question counts; an answer once had stays while it is asked again.
 *
 * @template T
 */
export class Answer {
  /** @type {T|null} */
  value = null;
  /** @type {unknown} */
  problem = null;
  busy = false;
  /** @type {AbortController|null} */
  #asking = null;

  /** @param {LitElement} host @param {(signal: AbortSignal) => Promise<T>} ask */
  constructor(host, ask) {
    this.host = host;
    this.ask = ask;
    host.addController({hostDisconnected: () => this.#asking?.abort()});
  }

  /** @param {{anew?: boolean}} [how] anew forgets the value first: another thing is asked for */
  async run(how = {}) {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    if (how.anew) this.value = null;
    this.busy = true;
    this.host.requestUpdate();
    try {
      const value = await this.ask(asking.signal);
      if (asking.signal.aborted) return;
      this.value = value;
      this.problem = null;
    } catch (problem) {
      if (asking.signal.aborted) return;
      this.problem = problem;
    }
    this.busy = false;
    this.host.requestUpdate();
  }
}

/**
 * At most one call in the given time; the last of a burst is never lost.
 *
 * @param {() => void} call
 * @param {number} millis
 */
export function throttled(call, millis) {
  /** @type {number|undefined} */
  let waiting;
  let last = 0;
  const run = () => {
    waiting = undefined;
    last = Date.now();
    call();
  };
  return () => {
    if (waiting === undefined) waiting = setTimeout(run, Math.max(0, last + millis - Date.now()));
  };
}

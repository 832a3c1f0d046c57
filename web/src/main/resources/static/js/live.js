// @ts-check
/** The stream of events. Says `pulse` and `verdict` with the event's data as `detail`. */
import {frame} from './frame.js';

export const live = new EventTarget();

/** @type {EventSource|null} */
let source = null;
/** @type {number|undefined} */
let retry;

/** Opens the stream, and opens it again whenever the server refuses it for good; the browser itself mends a broken line. */
export function listen() {
  source?.close();
  clearTimeout(retry);
  if (!frame.context?.account && !frame.context?.publicView) {
    stand('off'); // the server has a stream for nobody
    return;
  }
  source = new EventSource('/api/v1/events');
  source.addEventListener('open', () => stand('live'));
  source.addEventListener('error', () => {
    stand('broken');
    if (source?.readyState === EventSource.CLOSED) retry = setTimeout(listen, 5000 + Math.random() * 5000);
  });
  source.addEventListener('pulse', (event) => {
    const pulse = JSON.parse(/** @type {MessageEvent} */ (event).data);
    if (pulse.newest) frame.newest = pulse.newest;
    frame.judging = pulse.judging;
    stand('live');
    live.dispatchEvent(new CustomEvent('pulse', {detail: pulse}));
  });
  source.addEventListener('verdict', (event) => {
    live.dispatchEvent(new CustomEvent('verdict', {detail: JSON.parse(/** @type {MessageEvent} */ (event).data)}));
  });
}

/** @param {'live'|'broken'|'off'} line */
function stand(line) {
  frame.line = line;
  live.dispatchEvent(new Event('stand'));
}

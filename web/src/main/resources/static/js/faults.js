// @ts-check
/** What went wrong, in the page's language. */
import {Problem} from './api.js';
import {t} from './words.js';

/** @param {unknown} fault @returns {string} */
export function faultText(fault) {
  if (fault instanceof Problem) return fault.detail || t('fault.0.text', {host: location.host});
  return fault instanceof Error ? fault.message : String(fault);
}

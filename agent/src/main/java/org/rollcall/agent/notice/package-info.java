/**
 * Log lines that would otherwise repeat: a fault that lasts is said once in a while, with the
 * number of times it was held back. In: a fault happening again; out: at most one line an interval.
 * Any thread.
 */
@NullMarked
package org.rollcall.agent.notice;

import org.jspecify.annotations.NullMarked;

/**
 * Debian's PostgreSQL as a process of its own, for tests: a port comes out, and what was started
 * ends with whoever started it. Any thread.
 */
@NullMarked
package org.rollcall.parts.postgres;

import org.jspecify.annotations.NullMarked;

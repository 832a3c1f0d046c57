/**
 * Looks a server over: settings and the machine come in; findings go out, each with what is wrong
 * and what to do about it. The caller's thread.
 */
@NullMarked
package org.rollcall.web.doctor;

import org.jspecify.annotations.NullMarked;

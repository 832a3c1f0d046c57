/**
 * How an agent comes to belong to a school. In: a one-time code and a new key; out: the identity
 * that the server answered, and its file. Blocks the calling thread.
 */
@NullMarked
package org.rollcall.agent.enrolment;

import org.jspecify.annotations.NullMarked;

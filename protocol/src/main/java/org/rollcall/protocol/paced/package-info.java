/**
 * The paced line test: UDP datagrams at a fixed rate a little above the target, counted where they
 * arrive (after the idea of RFC 9097 and TR-471, at a fixed rate). In: a {@link
 * org.rollcall.protocol.paced.Grant} and its token; out: a {@link
 * org.rollcall.protocol.paced.PacedOutcome}. {@link org.rollcall.protocol.paced.PacedServer} has
 * one thread for all tests, {@link org.rollcall.protocol.paced.PacedClient} runs on its caller's.
 * The datagrams are described in docs/wire-protocol.md.
 */
@NullMarked
package org.rollcall.protocol.paced;

import org.jspecify.annotations.NullMarked;

/**
 * What crosses the wire, for both ends: topics, limits, the check every report passes, its
 * numbering, chain and seal, and the keys, tokens and codes that say who speaks. Pure functions and
 * values; any thread. The wire itself is described in docs/wire-protocol.md.
 */
@NullMarked
package org.rollcall.protocol;

import org.jspecify.annotations.NullMarked;

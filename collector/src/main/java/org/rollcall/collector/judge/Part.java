package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one part of a target.
 *
 * @param value what was found, in the target's unit; null when nothing could be
 * @param samples what {@code value} rests on
 * @param disputed declared and measured disagree
 */
record Part(
    State state, @Nullable BigDecimal value, int samples, boolean disputed, List<Reason> because) {

  /** Ordered from worst to best, so that the best of several lines is the greatest. */
  enum State {
    FAILS,
    UNKNOWN,
    HOLDS
  }

  static Part of(State state, Reason... because) {
    return new Part(state, null, 0, false, List.of(because));
  }
}

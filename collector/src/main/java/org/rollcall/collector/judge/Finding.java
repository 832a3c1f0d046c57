package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict.State;

/**
 * What came of one part of a target.
 *
 * @param value what was found, in the target's unit; null when nothing could be
 * @param samples what {@code value} rests on
 * @param measured whether it rests on a measurement, and not on what was declared alone
 * @param disputed declared and measured disagree
 */
record Finding(
    State state,
    @Nullable BigDecimal value,
    int samples,
    boolean measured,
    boolean disputed,
    List<Reason> because) {

  Finding {
    because = List.copyOf(because);
  }

  /** Something declared, or nothing known. */
  static Finding declared(State state, Reason... because) {
    return new Finding(state, null, 0, false, false, List.of(because));
  }

  static Finding measured(
      State state, @Nullable BigDecimal value, int samples, List<Reason> because) {
    return new Finding(state, value, samples, true, false, because);
  }

  /** The same with more to say. */
  Finding also(List<Reason> reasons) {
    List<Reason> all = new ArrayList<>(because);
    all.addAll(reasons);
    return new Finding(state, value, samples, measured, disputed, all);
  }

  /** The same, disputed, with the reason why. */
  Finding disputedBecause(Reason reason) {
    return new Finding(state, value, samples, measured, true, also(List.of(reason)).because);
  }
}

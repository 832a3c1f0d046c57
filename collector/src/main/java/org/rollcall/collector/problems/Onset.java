package org.rollcall.collector.problems;

import java.time.Instant;
import org.rollcall.collector.problems.Cause.Known;
import org.rollcall.protocol.v1.Observation;

/** When something began, and how that is known. */
record Onset(Instant since, Known known) {

  /** Who tells since when what an observation shows has been so. */
  @FunctionalInterface
  interface Source {
    Onset of(String school, Observation newest, Trouble trouble);
  }

  static Onset atLeast(Observation seen) {
    return new Onset(Instant.ofEpochMilli(seen.getTimeMillis()), Known.AT_LEAST);
  }
}

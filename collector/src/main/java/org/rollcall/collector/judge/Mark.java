package org.rollcall.collector.judge;

import java.time.LocalDate;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;

/** A verdict's mark on one date, as a roll-call sheet shows it. */
public record Mark(
    String school,
    String profile,
    String rule,
    LocalDate date,
    Outcome outcome,
    Evidence evidence,
    boolean disputed) {

  static Mark of(Verdict verdict) {
    return new Mark(
        verdict.school(),
        verdict.profile(),
        verdict.rule(),
        verdict.to(),
        verdict.outcome(),
        verdict.evidence(),
        verdict.disputed());
  }

  /** Whether it says the same, whatever its date. */
  boolean saysSame(Mark other) {
    return outcome == other.outcome && evidence == other.evidence && disputed == other.disputed;
  }
}

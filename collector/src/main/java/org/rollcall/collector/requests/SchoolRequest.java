package org.rollcall.collector.requests;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;

/**
 * One thing a school asks about one verdict.
 *
 * @param id grows with every request
 * @param text why, in the school's words
 * @param account who asked
 * @param changed when its state last changed
 * @param judged the verdict as it was when it was asked
 * @param files how many pieces of evidence lie beside it
 */
public record SchoolRequest(
    long id,
    Kind kind,
    String school,
    State state,
    String text,
    String account,
    Instant at,
    Instant changed,
    Judged judged,
    int files) {
  /** Characters of what is asked. Project default. */
  public static final int LONGEST = 2_000;

  /** What is asked for. */
  public enum Kind {
    /** 申请复核: look again. */
    RECHECK,
    /** 异议: the verdict is wrong. Apart from DISPUTED (存疑), which the judge finds itself. */
    OBJECTION
  }

  /** How far it is. */
  public enum State {
    OPEN,
    /** Of an objection: somebody looks into it. */
    UNDER_REVIEW,
    /** Of a re-check: done, with what was found. */
    DONE,
    /** Of a re-check: not done, with the reason. */
    DECLINED,
    /** Of an objection: the school is right. */
    UPHELD,
    /** Of an objection: the verdict stands, with the reason. */
    REJECTED,
    /** Of an objection: the school takes it back. */
    WITHDRAWN;

    private static final Set<State> WAITING = EnumSet.of(OPEN, UNDER_REVIEW);

    /** Whether somebody must still answer. */
    public boolean isWaiting() {
      return WAITING.contains(this);
    }

    /** Whether a request of this kind may come here from there. */
    boolean follows(Kind kind, State from) {
      if (!from.isWaiting()) {
        return false;
      }
      return switch (this) {
        case OPEN -> false;
        case UNDER_REVIEW -> kind == Kind.OBJECTION && from == OPEN;
        case DONE, DECLINED -> kind == Kind.RECHECK;
        case UPHELD, REJECTED, WITHDRAWN -> kind == Kind.OBJECTION;
      };
    }
  }

  /**
   * A verdict as it was, with the versions it rests on.
   *
   * @param date of which day
   * @param disputed whether declared and measured disagreed
   * @param from first day of its window, inclusive
   * @param to last day of its window, inclusive
   */
  public record Judged(
      String profile,
      String rule,
      LocalDate date,
      Outcome outcome,
      Evidence evidence,
      boolean disputed,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit,
      int samples,
      LocalDate from,
      LocalDate to,
      String profileVersion,
      String calendarVersion) {

    /** The verdict of that day. */
    public static Judged of(Verdict verdict, LocalDate date) {
      return new Judged(
          verdict.profile(),
          verdict.rule(),
          date,
          verdict.outcome(),
          verdict.evidence(),
          verdict.disputed(),
          verdict.value(),
          verdict.threshold(),
          verdict.unit(),
          verdict.samples(),
          verdict.from(),
          verdict.to(),
          verdict.profileVersion(),
          verdict.calendarVersion());
    }
  }

  /**
   * What became of it, one step.
   *
   * @param text may be empty
   */
  public record Step(State state, String account, Instant at, String text) {}
}

package org.rollcall.collector.milestones;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One date of one region.
 *
 * @param id of its entry, or {@code plan-PERCENT} for a step of the plan
 * @param lead the unit that leads; null where none is named
 * @param planned per cent of the schools that are to have met their targets by then; null where
 *     nothing is counted
 * @param reached per cent that have met them now; null where nothing is counted or known
 * @param done that somebody said it is done, or the share reached it; null while it is not
 */
public record Milestone(
    String id,
    String title,
    String titleEn,
    String source,
    String sourceEn,
    String region,
    LocalDate due,
    @Nullable String lead,
    List<String> assist,
    @Nullable Integer planned,
    @Nullable Double reached,
    @Nullable Done done) {
  /** From so many days before on it is soon. Project default. */
  public static final int SOON_DAYS = 60;

  /**
   * That it is done.
   *
   * @param day on which it was
   * @param account who said so; empty: the share was reached by the verdicts
   */
  public record Done(LocalDate day, String account, String note) {}

  /** How it stands. */
  public enum Standing {
    OVERDUE,
    /** Within {@link #SOON_DAYS} days. */
    SOON,
    AHEAD,
    DONE,
    /** Done after it was due. */
    DONE_LATE
  }

  public Milestone {
    assist = List.copyOf(assist);
  }

  public long daysLeft(LocalDate today) {
    return ChronoUnit.DAYS.between(today, due);
  }

  public Standing standing(LocalDate today) {
    Done its = done;
    if (its != null) {
      return its.day().isAfter(due) ? Standing.DONE_LATE : Standing.DONE;
    }
    long left = daysLeft(today);
    if (left < 0) {
      return Standing.OVERDUE;
    }
    return left <= SOON_DAYS ? Standing.SOON : Standing.AHEAD;
  }
}

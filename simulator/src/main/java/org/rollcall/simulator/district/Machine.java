package org.rollcall.simulator.district;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * When one terminal or computer is switched on, as a pure function of time: on school days, from a
 * few minutes before the first lesson until after the last; the computers of a room when it is
 * used.
 */
public final class Machine {
  /** How many school days ago a machine in repair was taken away. */
  private static final int TAKEN_AWAY_SCHOOL_DAYS = 12;

  private final long seed;
  private final ClassPlan.Fate fate;
  private final Term term;
  private final Predicate<LocalDate> used;

  /**
   * @param used on which school days it is switched on at all
   */
  Machine(long seed, ClassPlan.Fate fate, Term term, Predicate<LocalDate> used) {
    this.seed = seed;
    this.fate = fate;
    this.term = term;
    this.used = used;
  }

  /**
   * Since when the machine has been on at that instant; empty when it is off.
   *
   * @param today the day the demo is run on, from which "twelve school days ago" counts
   */
  public Optional<Instant> onSince(Instant at, LocalDate today) {
    ZonedDateTime local = at.atZone(Term.ZONE);
    LocalDate day = local.toLocalDate();
    if (!term.isSchoolDay(day) || isGone(day, today) || !used.test(day)) {
      return Optional.empty();
    }
    long date = day.toEpochDay();
    LocalTime on = LocalTime.of(7, 20).plusSeconds(Dice.below(seed, date * 4 + 1, 25 * 60));
    LocalTime off = LocalTime.of(16, 55).plusSeconds(Dice.below(seed, date * 4 + 2, 55 * 60));
    LocalTime time = local.toLocalTime();
    return time.isBefore(on) || !time.isBefore(off)
        ? Optional.empty()
        : Optional.of(day.atTime(on).atZone(Term.ZONE).toInstant());
  }

  private boolean isGone(LocalDate day, LocalDate today) {
    return switch (fate) {
      case WORKS -> false;
      case NEVER_SEEN, ABSENT -> true;
      case IN_REPAIR -> term.schoolDaysSince(day, today) < TAKEN_AWAY_SCHOOL_DAYS;
    };
  }
}

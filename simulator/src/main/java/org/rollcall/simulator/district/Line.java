package org.rollcall.simulator.district;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The traffic of one school's uplink as a pure function of time: constant within a minute, heavy in
 * lessons, light in breaks, next to nothing at night and on free days. The octet counters are its
 * integral, so that a rate computed from two live polls equals what the history says.
 */
public final class Line {
  private static final long MINUTE = 60_000;
  private static final int MINUTES_A_DAY = 24 * 60;

  /** Asia/Shanghai has kept UTC+8 without summer time since 1991. */
  private static final long ZONE_MINUTES = 8 * 60;

  private final long seed;
  private final Traits traits;
  private final Term term;
  private long summedDay = Long.MIN_VALUE;
  private double summedIn;
  private double summedOut;

  public Line(SchoolPlan school, Term term) {
    this.seed = Dice.mix(school.seed(), 71);
    this.traits = school.scenario().traits();
    this.term = term;
  }

  /** Mean rate toward the school in the minute that holds the instant. */
  public double inBitsPerSecond(long millis) {
    return rate(localMinute(millis), 1);
  }

  /** Mean rate from the school in the minute that holds the instant. */
  public double outBitsPerSecond(long millis) {
    return rate(localMinute(millis), 2);
  }

  /** Mean rates over a span that begins on a whole minute: [in, out] in bit/s. */
  public double[] meanBitsPerSecond(long fromMillis, int minutes) {
    long first = localMinute(fromMillis);
    double in = 0;
    double out = 0;
    for (int i = 0; i < minutes; i++) {
      in += rate(first + i, 1);
      out += rate(first + i, 2);
    }
    return new double[] {in / minutes, out / minutes};
  }

  /**
   * Octets carried since the given start: [in, out]. Whole days are summed once and remembered, so
   * calls should share one {@code sinceMillis}; it is rounded down to a day.
   */
  public synchronized long[] octets(long sinceMillis, long nowMillis) {
    long startDay = Math.floorDiv(localMinute(sinceMillis), MINUTES_A_DAY);
    long now = localMinute(nowMillis);
    long today = Math.floorDiv(now, MINUTES_A_DAY);
    if (summedDay < startDay || summedDay > today) {
      summedDay = startDay;
      summedIn = 0;
      summedOut = 0;
    }
    for (; summedDay < today; summedDay++) {
      summedIn += sum(summedDay * MINUTES_A_DAY, MINUTES_A_DAY, 1);
      summedOut += sum(summedDay * MINUTES_A_DAY, MINUTES_A_DAY, 2);
    }
    long midnight = today * MINUTES_A_DAY;
    double part = Math.floorMod(nowMillis, MINUTE) / (double) MINUTE;
    double in = summedIn + sum(midnight, now - midnight, 1) + part * rate(now, 1);
    double out = summedOut + sum(midnight, now - midnight, 2) + part * rate(now, 2);
    return new long[] {(long) (in * 60 / 8), (long) (out * 60 / 8)};
  }

  /** What a throughput test started at that instant measures, in bit/s. */
  public double testBitsPerSecond(long millis) {
    double best = Math.min(traits.deliveredMbps(), traits.portMbps() * 0.96) * 1e6;
    return best * Dice.between(seed, millis / MINUTE * 4 + 3, 0.955, 1.01);
  }

  /** Share of the line in use at that instant, 0 to 1. */
  public double utilisation(long millis) {
    return Math.min(1, inBitsPerSecond(millis) / (traits.deliveredMbps() * 1e6));
  }

  private double sum(long firstMinute, long minutes, int direction) {
    double sum = 0;
    for (int i = 0; i < minutes; i++) {
      sum += rate(firstMinute + i, direction);
    }
    return sum;
  }

  private double rate(long localMinute, int direction) {
    int minuteOfDay = Math.floorMod(localMinute, MINUTES_A_DAY);
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(localMinute, MINUTES_A_DAY));
    double busy = traits.busyInLessons() * shape(term.isSchoolDay(day), minuteOfDay);
    double slow = Dice.between(seed, localMinute / 20 * 8 + direction, 0.7, 1.3);
    double fast = Dice.between(seed, localMinute * 8 + 4 + direction, 0.85, 1.15);
    double capacity = Math.min(traits.deliveredMbps(), traits.portMbps()) * 1e6;
    double in = capacity * Math.min(0.97, busy * slow * fast);
    return direction == 1 ? in : in * 0.22;
  }

  private static double shape(boolean schoolDay, int minuteOfDay) {
    if (!schoolDay) {
      return 0.02;
    }
    if (Term.isLesson(minuteOfDay)) {
      return 1;
    }
    int hour = minuteOfDay / 60;
    if (hour < 6 || hour >= 22) {
      return 0.015;
    }
    return hour >= 7 && hour < 18 ? 0.45 : 0.12;
  }

  private static long localMinute(long millis) {
    return Math.floorDiv(millis, MINUTE) + ZONE_MINUTES;
  }

  /** The local midnight that begins the day of the instant, as epoch milliseconds. */
  public static long midnight(Instant now) {
    ZoneOffset offset = Term.ZONE.getRules().getOffset(now);
    return now.atOffset(offset).toLocalDate().atStartOfDay(Term.ZONE).toInstant().toEpochMilli();
  }
}

package org.rollcall.simulator.district;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * The demo district's school time: one long term around today, so that a demo has lessons whenever
 * it is run. Monday to Friday are school days.
 *
 * @param first first day of term
 * @param last last day of term
 */
public record Term(LocalDate first, LocalDate last) {
  /** Where the schools' clocks stand. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** Lesson periods, in order. */
  public static final List<Period> PERIODS =
      List.of(
          new Period(LocalTime.of(8, 0), LocalTime.of(8, 40)),
          new Period(LocalTime.of(8, 50), LocalTime.of(9, 30)),
          new Period(LocalTime.of(9, 50), LocalTime.of(10, 30)),
          new Period(LocalTime.of(10, 40), LocalTime.of(11, 20)),
          new Period(LocalTime.of(14, 0), LocalTime.of(14, 40)),
          new Period(LocalTime.of(14, 50), LocalTime.of(15, 30)),
          new Period(LocalTime.of(15, 45), LocalTime.of(16, 25)));

  /** A lesson: from, inclusive, to, exclusive. */
  public record Period(LocalTime from, LocalTime to) {}

  /** A term that began four months ago and lasts three more. */
  public static Term around(LocalDate today) {
    return new Term(today.minusDays(120), today.plusDays(90));
  }

  public boolean isSchoolDay(LocalDate day) {
    return !day.isBefore(first)
        && !day.isAfter(last)
        && day.getDayOfWeek() != DayOfWeek.SATURDAY
        && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  /** How many school days lie in (day, today]. */
  public int schoolDaysSince(LocalDate day, LocalDate today) {
    int count = 0;
    for (LocalDate d = day.plusDays(1); !d.isAfter(today); d = d.plusDays(1)) {
      count += isSchoolDay(d) ? 1 : 0;
    }
    return count;
  }

  /** Whether a minute of a school day lies in a lesson. */
  public static boolean isLesson(int minuteOfDay) {
    for (Period period : PERIODS) {
      int from = period.from().toSecondOfDay() / 60;
      int to = period.to().toSecondOfDay() / 60;
      if (minuteOfDay >= from && minuteOfDay < to) {
        return true;
      }
    }
    return false;
  }
}

package org.rollcall.simulator.district;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * The demo district's school time, as in {@code config/calendars/demo.yaml}: lessons from Monday to
 * Friday all year, so that a demo has school days whenever it is run.
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
          new Period(LocalTime.of(10, 0), LocalTime.of(10, 40)),
          new Period(LocalTime.of(10, 50), LocalTime.of(11, 30)),
          new Period(LocalTime.of(14, 30), LocalTime.of(15, 10)),
          new Period(LocalTime.of(15, 20), LocalTime.of(16, 0)),
          new Period(LocalTime.of(16, 10), LocalTime.of(16, 50)));

  /** A lesson: from, inclusive, to, exclusive. */
  public record Period(LocalTime from, LocalTime to) {}

  /** The one term of the demo's calendar. */
  public static Term allYear() {
    return new Term(LocalDate.of(2020, 1, 1), LocalDate.of(2039, 12, 31));
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

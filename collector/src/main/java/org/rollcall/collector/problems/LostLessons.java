package org.rollcall.collector.problems;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendar.Lesson;
import org.rollcall.collector.day.MaintenanceWindow;

/**
 * Minutes of lessons since something began, without those in maintenance windows.
 *
 * @param today of the day so far
 * @param week since Monday
 */
record LostLessons(int today, int week) {
  private static final long MINUTE = 60_000;

  /**
   * @param windows of the school
   */
  static LostLessons of(
      SchoolCalendar calendar, Instant since, Instant now, List<MaintenanceWindow> windows) {
    LocalDate today = calendar.dateOf(now);
    LocalDate monday = monday(today);
    LocalDate first = calendar.dateOf(since);
    long before = 0;
    for (LocalDate day = first.isAfter(monday) ? first : monday;
        day.isBefore(today);
        day = day.plusDays(1)) {
      before += minutes(calendar.lessons(day), since, now, windows);
    }
    long so = minutes(calendar.lessons(today), since, now, windows);
    return new LostLessons((int) so, (int) (before + so));
  }

  /** The Monday of a day's week. */
  static LocalDate monday(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static long minutes(
      List<Lesson> lessons, Instant since, Instant now, List<MaintenanceWindow> windows) {
    long sum = 0;
    for (Lesson lesson : lessons) {
      long from = Math.max(lesson.from().toEpochMilli(), since.toEpochMilli());
      long to = Math.min(lesson.to().toEpochMilli(), now.toEpochMilli());
      if (to > from) {
        sum += to - from - planned(from, to, windows);
      }
    }
    return sum / MINUTE;
  }

  /** Milliseconds of a span that lie in a window; windows may overlap. */
  private static long planned(long from, long to, List<MaintenanceWindow> windows) {
    long planned = 0;
    long done = from;
    for (MaintenanceWindow window : windows) {
      long begins = Math.max(done, window.from().toEpochMilli());
      long ends = Math.min(to, window.to().toEpochMilli());
      if (ends > begins) {
        planned += ends - begins;
        done = ends;
      }
    }
    return planned;
  }
}

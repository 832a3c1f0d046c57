package org.rollcall.collector.alerts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.alerts.AlertRule.When;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendar.Lesson;

/** When people may be told of something, by a school's own calendar. Pure. */
final class SchoolTime {
  /** Of school days. Project defaults. */
  private static final LocalTime OPENS = LocalTime.of(8, 0);

  private static final LocalTime CLOSES = LocalTime.of(18, 0);

  /** Longer than any holiday. */
  private static final int MOST_DAYS = 120;

  private SchoolTime() {}

  /**
   * The first time from {@code from} on at which people may be told.
   *
   * @return null if there is none in the next {@value #MOST_DAYS} days, as where no calendar says
   *     when lessons are
   */
  static @Nullable Instant next(AlertRule rule, SchoolCalendar calendar, Instant from) {
    if (rule.tell() == When.ALWAYS) {
      return from;
    }
    LocalDate day = calendar.dateOf(from);
    for (int i = 0; i < MOST_DAYS; i++) {
      Span span = span(rule, calendar, day.plusDays(i));
      if (span != null && span.to().isAfter(from)) {
        return span.from().isAfter(from) ? span.from() : from;
      }
    }
    return null;
  }

  /** Whether people may be told now. */
  static boolean isNow(AlertRule rule, SchoolCalendar calendar, Instant now) {
    return now.equals(next(rule, calendar, now));
  }

  private record Span(Instant from, Instant to) {}

  private static @Nullable Span span(AlertRule rule, SchoolCalendar calendar, LocalDate day) {
    List<Lesson> lessons = calendar.lessons(day);
    if (lessons.isEmpty()) {
      return null;
    }
    if (rule.tell() == When.SCHOOL_DAYS) {
      return new Span(
          day.atTime(OPENS).atZone(calendar.zone()).toInstant(),
          day.atTime(CLOSES).atZone(calendar.zone()).toInstant());
    }
    return new Span(
        lessons.get(0).from().minus(rule.before()), lessons.get(lessons.size() - 1).to());
  }
}

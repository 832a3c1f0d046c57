package org.rollcall.collector.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Default;

/**
 * A calendar as it stands in {@code config/calendars/*.yaml}. What its parts mean together is
 * checked by {@link CalendarCheck}; a day that nobody published yet carries {@code assumed: true}.
 *
 * @param id short and stable; verdicts name it together with {@code version}
 * @param version changes whenever anything in the file changes
 * @param zone the zone of all its dates and times, e.g. Asia/Shanghai
 * @param schoolYears in order, not overlapping
 * @param lessonDays the weekdays on which there are lessons
 * @param periods the lessons of a day
 */
public record CalendarFile(
    String id,
    String version,
    String title,
    String titleEn,
    String zone,
    List<SchoolYear> schoolYears,
    List<DayOfWeek> lessonDays,
    List<Period> periods) {

  public CalendarFile {
    schoolYears = List.copyOf(schoolYears);
    lessonDays = List.copyOf(lessonDays);
    periods = List.copyOf(periods);
  }

  /**
   * One school year. Lessons are given in its terms, except on its holidays, and also on its
   * make-up days.
   *
   * @param from first day, inclusive
   * @param to last day, inclusive
   */
  public record SchoolYear(
      String name,
      LocalDate from,
      LocalDate to,
      List<Span> terms,
      List<Span> holidays,
      List<MakeUpDay> makeUpDays) {

    public SchoolYear {
      terms = List.copyOf(terms);
      holidays = List.copyOf(holidays);
      makeUpDays = List.copyOf(makeUpDays);
    }
  }

  /**
   * A term or a holiday.
   *
   * @param from first day, inclusive
   * @param to last day, inclusive
   * @param assumed whether the days are ours and not yet published
   * @param source who published them, or why they are assumed
   */
  public record Span(
      String name,
      LocalDate from,
      LocalDate to,
      @Default("false") boolean assumed,
      @Nullable String source) {

    boolean holds(LocalDate date) {
      return !date.isBefore(from) && !date.isAfter(to);
    }
  }

  /**
   * A day off that is worked instead (调休补班).
   *
   * @param follows the weekday whose lessons are given on it
   * @param assumed whether the day, or the weekday it follows, is ours and not published
   */
  public record MakeUpDay(
      LocalDate date,
      DayOfWeek follows,
      @Default("false") boolean assumed,
      @Nullable String source) {}

  /**
   * A lesson.
   *
   * @param from first minute, inclusive
   * @param to end, exclusive
   * @param days the weekdays it is given on; none means every lesson day
   */
  public record Period(String name, LocalTime from, LocalTime to, List<DayOfWeek> days) {

    public Period {
      days = List.copyOf(days);
    }

    boolean isOn(DayOfWeek day) {
      return days.isEmpty() || days.contains(day);
    }
  }
}

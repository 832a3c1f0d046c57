package org.rollcall.collector.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Default;

/**
 * A calendar as it stands in {@code config/calendars/*.yaml}. What its parts mean together is
 * checked by {@link CalendarCheck}; a day that nobody published yet carries {@code assumed: true}.
 * What a file leaves out it takes from its base: zone, school years, lesson days and timetable as a
 * whole, holidays and make-up days one by one (its own say first).
 *
 * @param id short and stable; verdicts name it together with {@code version}
 * @param version changes whenever anything in the file changes
 * @param zone the zone of all its dates and times, e.g. Asia/Shanghai
 * @param effective the first day it is in force; before it the file with the same id and the
 *     greatest earlier {@code effective} is, so that old verdicts keep their calendar. Null: always
 * @param base name of the file in the same folder that it rests on; on each day the version of that
 *     file's id which is then in force
 * @param regions codes it is for: 2 digits or 6 for a province, 4 or 6 for a city, 6 for a county,
 *     9 for a township, {@code all} for every school. In a folder it must be there; an empty list
 *     is for nobody, but can be a base or be named alone
 * @param holidayYears public holidays and make-up days, a calendar year each
 * @param schoolYears in order, not overlapping
 * @param lessonDays the weekdays on which there are lessons
 * @param periods the lessons of a day, where one timetable is always in force
 * @param timetables otherwise, the timetables by the day they come into force (winter, summer)
 * @param overrides what some schools do differently
 */
public record CalendarFile(
    String id,
    String version,
    String title,
    String titleEn,
    @Nullable String zone,
    @Nullable LocalDate effective,
    @Nullable String base,
    @Nullable List<String> regions,
    List<HolidayYear> holidayYears,
    List<SchoolYear> schoolYears,
    List<DayOfWeek> lessonDays,
    List<Period> periods,
    List<Timetable> timetables,
    List<SchoolOverride> overrides) {

  public CalendarFile {
    regions = regions == null ? null : List.copyOf(regions);
    holidayYears = List.copyOf(holidayYears);
    schoolYears = List.copyOf(schoolYears);
    lessonDays = List.copyOf(lessonDays);
    periods = List.copyOf(periods);
    timetables = List.copyOf(timetables);
    overrides = List.copyOf(overrides);
  }

  /** Id and version in one, as verdicts name it: {@code guangdong 2026-1}. */
  String name() {
    return id + " " + version;
  }

  /** Its timetables, {@code periods} as one that is always in force; empty if it has none. */
  public List<Timetable> ownTimetables() {
    return timetables(periods, timetables);
  }

  /** All its days off, those of calendar years first. */
  List<Span> daysOff() {
    List<Span> all = new ArrayList<>();
    holidayYears.forEach(year -> all.addAll(year.holidays()));
    schoolYears.forEach(year -> all.addAll(year.holidays()));
    return all;
  }

  /** All its make-up days; a school year's say before a calendar year's. */
  List<MakeUpDay> makeUpDays() {
    List<MakeUpDay> all = new ArrayList<>();
    schoolYears.forEach(year -> all.addAll(year.makeUpDays()));
    holidayYears.forEach(year -> all.addAll(year.makeUpDays()));
    return all;
  }

  private static List<Timetable> timetables(List<Period> periods, List<Timetable> timetables) {
    return periods.isEmpty() ? timetables : List.of(new Timetable("", null, periods));
  }

  /**
   * The public holidays of one calendar year, as one notice gives them.
   *
   * @param source the notice, or why the days are assumed
   * @param assumed whether nobody published any of them yet
   */
  public record HolidayYear(
      int year,
      @Nullable String source,
      @Default("false") boolean assumed,
      List<Span> holidays,
      List<MakeUpDay> makeUpDays) {

    public HolidayYear {
      holidays = List.copyOf(holidays);
      makeUpDays = List.copyOf(makeUpDays);
    }
  }

  /**
   * One school year. Lessons are given in its terms, except on holidays, and also on make-up days.
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

    boolean holds(LocalDate date) {
      return !date.isBefore(from) && !date.isAfter(to);
    }
  }

  /**
   * A term or days off.
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

  /**
   * The lessons of a day from some day on.
   *
   * @param from first day in force; null for always, until the next one
   */
  public record Timetable(String name, @Nullable LocalDate from, List<Period> periods) {

    public Timetable {
      periods = List.copyOf(periods);
    }
  }

  /**
   * What some schools do differently from their region.
   *
   * @param schools their codes
   * @param reason a few words, for people
   * @param terms replace the terms of every school year they lie in
   * @param daysOff further days without lessons: a sports day, a typhoon
   * @param makeUpDays further days with lessons
   * @param lessonDays replace the region's, if any are given
   * @param periods replace the region's timetable, if any are given
   * @param timetables the same with days; before the first of them the region's is in force
   */
  public record SchoolOverride(
      List<String> schools,
      String reason,
      List<Span> terms,
      List<Span> daysOff,
      List<MakeUpDay> makeUpDays,
      List<DayOfWeek> lessonDays,
      List<Period> periods,
      List<Timetable> timetables) {

    public SchoolOverride {
      schools = List.copyOf(schools);
      terms = List.copyOf(terms);
      daysOff = List.copyOf(daysOff);
      makeUpDays = List.copyOf(makeUpDays);
      lessonDays = List.copyOf(lessonDays);
      periods = List.copyOf(periods);
      timetables = List.copyOf(timetables);
    }

    /** Its own timetables, {@code periods} as one that is always in force. */
    public List<Timetable> ownTimetables() {
      return CalendarFile.timetables(periods, timetables);
    }

    boolean changesNothing() {
      return terms.isEmpty()
          && daysOff.isEmpty()
          && makeUpDays.isEmpty()
          && lessonDays.isEmpty()
          && ownTimetables().isEmpty();
    }
  }
}

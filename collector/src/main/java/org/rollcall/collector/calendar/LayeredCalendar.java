package org.rollcall.collector.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.CalendarFile.MakeUpDay;
import org.rollcall.collector.calendar.CalendarFile.Period;
import org.rollcall.collector.calendar.CalendarFile.SchoolOverride;
import org.rollcall.collector.calendar.CalendarFile.SchoolYear;
import org.rollcall.collector.calendar.CalendarFile.Span;
import org.rollcall.collector.calendar.CalendarFile.Timetable;

/**
 * A calendar file at one version together with the files it rests on, each at one version: tells
 * the lessons of any date. Immutable.
 */
final class LayeredCalendar {
  /** More days off in one go are refused by the checks. */
  static final int LONGEST_OFF = 400;

  private final List<CalendarFile> files;
  private final List<SchoolYear> schoolYears;
  private final List<DayOfWeek> lessonDays;
  private final List<Week> weeks;
  private final Days days = new Days();
  private final Map<String, Own> schools = new HashMap<>();

  /** What one school does differently. */
  record Own(SchoolOverride said, Days days, List<Week> weeks) {}

  /** A timetable, each weekday's lessons in order. */
  private record Week(LocalDate from, Map<DayOfWeek, List<Period>> lessons) {

    static List<Week> of(List<Timetable> timetables) {
      return timetables.stream().map(Week::of).toList();
    }

    private static Week of(Timetable timetable) {
      Map<DayOfWeek, List<Period>> lessons = new EnumMap<>(DayOfWeek.class);
      for (DayOfWeek day : DayOfWeek.values()) {
        lessons.put(
            day,
            timetable.periods().stream()
                .filter(period -> period.isOn(day))
                .sorted(Comparator.comparing(Period::from).thenComparing(Period::name))
                .toList());
      }
      return new Week(Objects.requireNonNullElse(timetable.from(), LocalDate.MIN), lessons);
    }

    /** The one with the latest first day that is not after the date; null if none has begun. */
    static @Nullable Week inForce(List<Week> weeks, LocalDate date) {
      Week found = null;
      for (Week week : weeks) {
        if (!week.from.isAfter(date) && (found == null || week.from.isAfter(found.from))) {
          found = week;
        }
      }
      return found;
    }
  }

  /** Dates off and dates made up for; of several opinions on one date the first holds. */
  static final class Days {
    private final Set<LocalDate> off = new HashSet<>();
    private final Map<LocalDate, DayOfWeek> follows = new HashMap<>();

    void add(List<Span> spans, List<MakeUpDay> makeUps) {
      Set<LocalDate> settled = new HashSet<>(off);
      settled.addAll(follows.keySet());
      for (MakeUpDay day : makeUps) {
        if (!settled.contains(day.date())) {
          follows.putIfAbsent(day.date(), day.follows());
        }
      }
      for (Span span : spans) {
        LocalDate last = span.from().plusDays(LONGEST_OFF);
        LocalDate end = span.to().isAfter(last) ? last : span.to();
        for (LocalDate day = span.from(); !day.isAfter(end); day = day.plusDays(1)) {
          if (!settled.contains(day) && !follows.containsKey(day)) {
            off.add(day);
          }
        }
      }
    }

    private boolean speaksOf(LocalDate date) {
      return off.contains(date) || follows.containsKey(date);
    }
  }

  /**
   * @param files the calendar itself, then its base, then its base's base; not empty
   */
  LayeredCalendar(List<CalendarFile> files) {
    this.files = List.copyOf(files);
    this.schoolYears = first(CalendarFile::schoolYears);
    this.lessonDays = first(CalendarFile::lessonDays);
    this.weeks = Week.of(first(CalendarFile::ownTimetables));
    files.forEach(file -> days.add(file.daysOff(), file.makeUpDays()));
    for (SchoolOverride override : files.get(0).overrides()) {
      Own own = new Own(override, new Days(), Week.of(override.ownTimetables()));
      own.days.add(override.daysOff(), override.makeUpDays());
      override.schools().forEach(school -> schools.put(school, own));
    }
  }

  private <T> List<T> first(Function<CalendarFile, List<T>> part) {
    return files.stream().map(part).filter(list -> !list.isEmpty()).findFirst().orElse(List.of());
  }

  /** The file itself, then what it rests on. */
  List<CalendarFile> files() {
    return files;
  }

  CalendarFile file() {
    return files.get(0);
  }

  @Nullable String zone() {
    for (CalendarFile file : files) {
      if (file.zone() != null) {
        return file.zone();
      }
    }
    return null;
  }

  List<SchoolYear> schoolYears() {
    return schoolYears;
  }

  List<DayOfWeek> lessonDays() {
    return lessonDays;
  }

  boolean hasTimetable() {
    return !weeks.isEmpty();
  }

  /** Whether the date lies in one of the school years. */
  boolean covers(LocalDate date) {
    return year(date) != null;
  }

  private @Nullable SchoolYear year(LocalDate date) {
    for (SchoolYear year : schoolYears) {
      if (year.holds(date)) {
        return year;
      }
    }
    return null;
  }

  /** What that school does differently; null if nothing. */
  @Nullable Own of(String school) {
    return schools.get(school);
  }

  /** The lessons of a date in order; empty where there are none. */
  List<Period> lessons(LocalDate date, @Nullable Own own) {
    SchoolYear year = year(date);
    if (year == null || terms(year, own).stream().noneMatch(term -> term.holds(date))) {
      return List.of();
    }
    Days said = own != null && own.days.speaksOf(date) ? own.days : days;
    DayOfWeek follows = said.follows.get(date);
    DayOfWeek day = follows == null ? date.getDayOfWeek() : follows;
    List<DayOfWeek> taught =
        own == null || own.said.lessonDays().isEmpty() ? lessonDays : own.said.lessonDays();
    if (said.off.contains(date) || !taught.contains(day)) {
      return List.of();
    }
    Week week = own == null ? null : Week.inForce(own.weeks, date);
    if (week == null) {
      week = Week.inForce(weeks, date);
    }
    return week == null ? List.of() : week.lessons.getOrDefault(day, List.of());
  }

  private static List<Span> terms(SchoolYear year, @Nullable Own own) {
    if (own == null) {
      return year.terms();
    }
    List<Span> terms = own.said.terms().stream().filter(term -> year.holds(term.from())).toList();
    return terms.isEmpty() ? year.terms() : terms;
  }
}

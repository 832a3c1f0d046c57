package org.rollcall.collector.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.rollcall.collector.calendar.CalendarFile.MakeUpDay;
import org.rollcall.collector.calendar.CalendarFile.Period;
import org.rollcall.collector.calendar.CalendarFile.SchoolYear;
import org.rollcall.collector.calendar.CalendarFile.Span;
import org.rollcall.config.Problem;

/** Finds everything in a calendar file that cannot be meant, each with its place. */
final class CalendarCheck {
  private final CalendarFile file;
  private final List<Problem> problems = new ArrayList<>();

  private CalendarCheck(CalendarFile file) {
    this.file = file;
  }

  static List<Problem> problems(CalendarFile file) {
    CalendarCheck check = new CalendarCheck(file);
    check.head();
    check.years();
    check.periods();
    return check.problems;
  }

  private void head() {
    if (!file.id().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      problem("id", file.id(), "is no name", "use up to 64 of A-Z, a-z, 0-9, '.', '_' and '-'");
    }
    if (file.version().isBlank()) {
      problem("version", file.version(), "is empty", "verdicts name it; e.g. \"2026-1\"");
    }
    if (!ZoneId.getAvailableZoneIds().contains(file.zone())) {
      problem("zone", file.zone(), "is no time zone", "e.g. Asia/Shanghai");
    }
    if (file.schoolYears().isEmpty()) {
      problem("schoolYears", "[]", "is empty", "give at least one school year");
    }
    if (file.lessonDays().isEmpty()) {
      problem(
          "lessonDays", "[]", "is empty", "e.g. [monday, tuesday, wednesday, thursday, friday]");
    }
    if (new HashSet<>(file.lessonDays()).size() < file.lessonDays().size()) {
      problem("lessonDays", file.lessonDays(), "names a day twice", "name each day once");
    }
  }

  private void years() {
    for (int i = 0; i < file.schoolYears().size(); i++) {
      SchoolYear year = file.schoolYears().get(i);
      String at = "schoolYears[" + i + "]";
      if (year.to().isBefore(year.from())) {
        problem(at + ".to", year.to(), "is before from " + year.from(), "swap them");
      }
      if (i > 0 && !year.from().isAfter(file.schoolYears().get(i - 1).to())) {
        problem(
            at + ".from",
            year.from(),
            "lies in the school year before, which ends " + file.schoolYears().get(i - 1).to(),
            "list school years in order; they must not overlap");
      }
      if (year.terms().isEmpty()) {
        problem(at + ".terms", "[]", "is empty", "a school year has at least one term");
      }
      spans(year, year.terms(), at + ".terms", "term");
      spans(year, year.holidays(), at + ".holidays", "holiday");
      makeUpDays(year, at + ".makeUpDays");
    }
  }

  private void spans(SchoolYear year, List<Span> spans, String at, String what) {
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      String here = at + "[" + i + "]";
      if (span.to().isBefore(span.from())) {
        problem(here + ".to", span.to(), "is before from " + span.from(), "swap them");
      }
      if (span.from().isBefore(year.from()) || span.to().isAfter(year.to())) {
        problem(
            here,
            span.name() + " " + span.from() + " to " + span.to(),
            "lies outside the school year " + year.from() + " to " + year.to(),
            "move it to the school year it belongs to");
      }
      for (int j = 0; j < i; j++) {
        Span other = spans.get(j);
        if (!span.from().isAfter(other.to()) && !other.from().isAfter(span.to())) {
          problem(
              here,
              span.name() + " " + span.from() + " to " + span.to(),
              "overlaps the " + what + " " + other.name() + " (" + at + "[" + j + "])",
              "no day may lie in two " + what + "s");
        }
      }
    }
  }

  private void makeUpDays(SchoolYear year, String at) {
    Set<LocalDate> seen = new HashSet<>();
    for (int i = 0; i < year.makeUpDays().size(); i++) {
      MakeUpDay day = year.makeUpDays().get(i);
      String here = at + "[" + i + "]";
      if (!seen.add(day.date())) {
        problem(here + ".date", day.date(), "is a make-up day already", "list it once");
      }
      if (file.lessonDays().contains(day.date().getDayOfWeek())) {
        problem(
            here + ".date",
            day.date(),
            "is a " + name(day.date().getDayOfWeek()) + ", which has lessons anyway",
            "a make-up day is a day that would be free");
      }
      if (!file.lessonDays().contains(day.follows())) {
        problem(here + ".follows", name(day.follows()), "has no lessons", "name one of lessonDays");
      }
      if (year.terms().stream().noneMatch(t -> t.holds(day.date()))) {
        problem(here + ".date", day.date(), "lies in no term", "remove it, or extend the term");
      }
      for (Span holiday : year.holidays()) {
        if (holiday.holds(day.date())) {
          problem(
              here + ".date", day.date(), "lies in the holiday " + holiday.name(), "it is either");
        }
      }
    }
  }

  private void periods() {
    if (file.periods().isEmpty()) {
      problem("periods", "[]", "is empty", "give the lessons of a day");
    }
    Map<DayOfWeek, Integer> lessons = new HashMap<>();
    for (int i = 0; i < file.periods().size(); i++) {
      Period period = file.periods().get(i);
      String here = "periods[" + i + "]";
      if (!period.to().isAfter(period.from())) {
        problem(
            here + ".to",
            period.to(),
            "the lesson ends before it begins at " + period.from(),
            "a lesson lies within one day");
      }
      wholeMinutes(here + ".from", period.from());
      wholeMinutes(here + ".to", period.to());
      for (DayOfWeek day : period.days()) {
        if (!file.lessonDays().contains(day)) {
          problem(here + ".days", name(day), "has no lessons", "name only lessonDays");
        }
      }
      for (DayOfWeek day : file.lessonDays()) {
        if (period.isOn(day)) {
          lessons.merge(day, 1, Integer::sum);
        }
      }
      for (int j = 0; j < i; j++) {
        overlap(here, period, file.periods().get(j), j);
      }
    }
    for (DayOfWeek day : new TreeSet<>(file.lessonDays())) {
      if (!file.periods().isEmpty() && !lessons.containsKey(day)) {
        problem("lessonDays", name(day), "has no lesson", "give it a period, or take it out");
      }
    }
  }

  private void overlap(String here, Period period, Period other, int index) {
    boolean sameDay =
        file.lessonDays().stream().anyMatch(day -> period.isOn(day) && other.isOn(day));
    if (sameDay && period.from().isBefore(other.to()) && other.from().isBefore(period.to())) {
      problem(
          here,
          period.name() + " " + period.from() + "-" + period.to(),
          "overlaps the lesson " + other.name() + " (periods[" + index + "])",
          "one lesson at a time");
    }
  }

  private void wholeMinutes(String at, LocalTime time) {
    if (time.getSecond() != 0 || time.getNano() != 0) {
      problem(at, time, "is no whole minute", "write HH:mm");
    }
  }

  private static String name(DayOfWeek day) {
    return day.name().toLowerCase(Locale.ROOT);
  }

  private void problem(String path, Object value, String reason, String hint) {
    problems.add(new Problem(path, value.toString(), reason, hint));
  }
}

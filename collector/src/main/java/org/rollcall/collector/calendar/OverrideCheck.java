package org.rollcall.collector.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rollcall.collector.calendar.CalendarFile.MakeUpDay;
import org.rollcall.collector.calendar.CalendarFile.SchoolOverride;
import org.rollcall.collector.calendar.CalendarFile.SchoolYear;
import org.rollcall.collector.calendar.CalendarFile.Span;

/** Finds what one override cannot mean: for nobody, of nothing, or against itself. */
final class OverrideCheck {
  private final CalendarCheck check;
  private final CalendarFile file;
  private final LayeredCalendar layers;
  private final int index;
  private final SchoolOverride override;
  private final String at;
  private final List<DayOfWeek> lessonDays;

  OverrideCheck(CalendarCheck check, CalendarFile file, LayeredCalendar layers, int index) {
    this.check = check;
    this.file = file;
    this.layers = layers;
    this.index = index;
    this.override = file.overrides().get(index);
    this.at = "overrides[" + index + "]";
    this.lessonDays = override.lessonDays().isEmpty() ? layers.lessonDays() : override.lessonDays();
  }

  void check() {
    schools();
    if (override.changesNothing()) {
      check.problem(at, "(empty)", "it changes nothing", "say what is different, or remove it");
    }
    if (!override.periods().isEmpty() && !override.timetables().isEmpty()) {
      check.problem(
          at + ".timetables", "(several)", "periods are given as well", "give one of them");
    }
    terms();
    daysOff();
    makeUpDays();
    check.timetables(at + ".", override.periods(), override.timetables(), lessonDays);
  }

  private void schools() {
    if (override.schools().isEmpty()) {
      check.problem(at + ".schools", "[]", "it is for no school", "name schools by their codes");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < override.schools().size(); i++) {
      String school = override.schools().get(i);
      String here = at + ".schools[" + i + "]";
      if (!seen.add(school)) {
        check.problem(here, school, "is named twice", "name each school once");
      }
      for (int j = 0; j < index; j++) {
        if (file.overrides().get(j).schools().contains(school)) {
          check.problem(
              here,
              school,
              "has an override already (overrides[" + j + "])",
              "say all that is different about a school in one place");
        }
      }
    }
  }

  private void terms() {
    check.spans(override.terms(), at + ".terms", "term");
    for (int i = 0; i < override.terms().size(); i++) {
      Span term = override.terms().get(i);
      boolean inYear =
          layers.schoolYears().stream().anyMatch(y -> y.holds(term.from()) && y.holds(term.to()));
      if (!inYear) {
        check.problem(
            at + ".terms[" + i + "]",
            CalendarCheck.told(term),
            "lies in no school year",
            "move it, or add the school year");
      }
    }
  }

  private void daysOff() {
    check.spans(override.daysOff(), at + ".daysOff", "day off");
    for (int i = 0; i < override.daysOff().size(); i++) {
      Span span = override.daysOff().get(i);
      if (!span.to().isBefore(span.from()) && !takesLessons(span)) {
        check.problem(
            at + ".daysOff[" + i + "]",
            CalendarCheck.told(span),
            "there are no lessons then anyway",
            "remove it, or correct the days");
      }
    }
  }

  /** Whether without its days off and make-up days the school would have a lesson in the span. */
  private boolean takesLessons(Span span) {
    LayeredCalendar.Own others =
        new LayeredCalendar.Own(override, new LayeredCalendar.Days(), List.of());
    LocalDate last = span.from().plusYears(1);
    for (LocalDate day = span.from();
        !day.isAfter(span.to()) && !day.isAfter(last);
        day = day.plusDays(1)) {
      if (!layers.lessons(day, others).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void makeUpDays() {
    check.twice(override.makeUpDays(), at + ".makeUpDays");
    check.eitherOffOrMadeUp(at + ".makeUpDays", override.makeUpDays(), override.daysOff());
    for (int i = 0; i < override.makeUpDays().size(); i++) {
      MakeUpDay day = override.makeUpDays().get(i);
      String here = at + ".makeUpDays[" + i + "]";
      if (!lessonDays.contains(day.follows())) {
        check.problem(
            here + ".follows",
            CalendarCheck.name(day.follows()),
            "has no lessons",
            "name one of the school's lesson days");
      }
      if (layers.schoolYears().stream().noneMatch(year -> inTerm(year, day.date()))) {
        check.problem(here + ".date", day.date(), "lies in no term", "remove it, or correct it");
      }
    }
  }

  private boolean inTerm(SchoolYear year, LocalDate date) {
    List<Span> own = override.terms().stream().filter(t -> year.holds(t.from())).toList();
    return year.holds(date)
        && (own.isEmpty() ? year.terms() : own).stream().anyMatch(t -> t.holds(date));
  }
}

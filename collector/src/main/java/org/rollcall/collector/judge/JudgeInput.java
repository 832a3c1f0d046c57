package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;

/**
 * All that a school's verdicts of one date rest on.
 *
 * @param days its school days from {@link #firstDay} to {@code date}, oldest first; a day of which
 *     nothing is kept is absent, and days outside that span are ignored
 */
public record JudgeInput(
    School school,
    List<SchoolClass> classes,
    List<Device> devices,
    List<SchoolDay> days,
    SchoolCalendar calendar,
    Profile profile,
    LocalDate date) {

  public JudgeInput {
    classes = List.copyOf(classes);
    devices = List.copyOf(devices);
    days = List.copyOf(days);
  }

  /** The earliest day a verdict of that date may rest on. */
  public static LocalDate firstDay(SchoolCalendar calendar, Profile profile, LocalDate date) {
    LocalDate window = windowBegins(profile, date);
    List<LocalDate> alive =
        calendar.lastSchoolDays(date, profile.parameters().aliveSchoolDays().whole());
    return alive.isEmpty() || window.isBefore(alive.get(0)) ? window : alive.get(0);
  }

  private static LocalDate windowBegins(Profile profile, LocalDate date) {
    return date.minusDays(profile.parameters().windowDays().whole() - 1L);
  }

  /** First day of the window that ends with the date. */
  LocalDate windowBegins() {
    return windowBegins(profile, date);
  }

  /** The days from then to the date. */
  List<SchoolDay> daysFrom(LocalDate first) {
    List<SchoolDay> kept = new ArrayList<>(days.size());
    for (SchoolDay day : days) {
      if (!day.date().isBefore(first) && !day.date().isAfter(date)) {
        kept.add(day);
      }
    }
    return kept;
  }
}

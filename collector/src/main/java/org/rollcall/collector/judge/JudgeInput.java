package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.School;

/**
 * All that a school's verdicts of one date rest on.
 *
 * @param inventory its classes and devices
 * @param days its school days from {@link #firstDay} to {@code date}, oldest first; a day of which
 *     nothing is kept is absent, and days outside that span are ignored
 */
public record JudgeInput(
    School school,
    Inventory inventory,
    List<SchoolDay> days,
    SchoolCalendar calendar,
    Profile profile,
    LocalDate date) {

  public JudgeInput {
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

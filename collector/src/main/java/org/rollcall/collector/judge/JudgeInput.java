package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.School;

/**
 * All that a school's verdicts of one date rest on.
 *
 * @param main the school's main site; days from {@link #firstDay} to {@code date}, and days outside
 *     that span are ignored
 * @param campuses its further sites, by code; empty for most schools
 * @param declared the newest value of each indicator that it had declared by the date
 */
public record JudgeInput(
    Site main,
    List<Site> campuses,
    Map<DeclaredIndicator, DeclaredValue> declared,
    SchoolCalendar calendar,
    Profile profile,
    LocalDate date) {

  /** So many school days a class's power-on time is compared with its school's. */
  static final int USE_SCHOOL_DAYS = 20;

  public JudgeInput {
    campuses = List.copyOf(campuses);
    declared = Map.copyOf(declared);
  }

  /** A school of one site that declares nothing. */
  public JudgeInput(
      School school,
      Inventory inventory,
      List<SchoolDay> days,
      SchoolCalendar calendar,
      Profile profile,
      LocalDate date) {
    this(new Site(school, inventory, days), List.of(), Map.of(), calendar, profile, date);
  }

  public School school() {
    return main.school();
  }

  public Inventory inventory() {
    return main.inventory();
  }

  /** The earliest day a verdict of that date may rest on. */
  public static LocalDate firstDay(SchoolCalendar calendar, Profile profile, LocalDate date) {
    LocalDate window = windowBegins(profile, date);
    int most = Math.max(USE_SCHOOL_DAYS, profile.parameters().aliveSchoolDays().whole());
    List<LocalDate> looked = calendar.lastSchoolDays(date, most);
    return looked.isEmpty() || window.isBefore(looked.get(0)) ? window : looked.get(0);
  }

  private static LocalDate windowBegins(Profile profile, LocalDate date) {
    return date.minusDays(profile.parameters().windowDays().whole() - 1L);
  }

  /** First day of the window that ends with the date. */
  LocalDate windowBegins() {
    return windowBegins(profile, date);
  }

  /** The main site and the campuses. */
  List<Site> sites() {
    List<Site> sites = new ArrayList<>(1 + campuses.size());
    sites.add(main);
    sites.addAll(campuses);
    return sites;
  }

  /** The main site's days from then to the date. */
  List<SchoolDay> daysFrom(LocalDate first) {
    return main.days(first, date);
  }
}

package org.rollcall.collector.calendar;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.config.SettingsException;

/** The calendars of all schools, all in one zone. Immutable; any thread. */
public final class SchoolCalendars {
  private final SchoolCalendar everywhere;

  private SchoolCalendars(SchoolCalendar everywhere) {
    this.everywhere = everywhere;
  }

  /**
   * Reads a calendar file.
   *
   * @throws SettingsException naming everything that is wrong with it
   */
  public static SchoolCalendars read(Path path) throws SettingsException {
    return everywhere(SchoolCalendar.read(path));
  }

  /** One calendar for every school. */
  public static SchoolCalendars everywhere(SchoolCalendar calendar) {
    return new SchoolCalendars(calendar);
  }

  public ZoneId zone() {
    return everywhere.zone();
  }

  /** The day on which an instant falls. */
  public LocalDate dateOf(Instant instant) {
    return LocalDate.ofInstant(instant, zone());
  }

  /** Names every file and version that any school's calendar rests on. */
  public String version() {
    return everywhere.version();
  }

  /** The calendar of a school of that register. */
  public SchoolCalendar of(School school, Register register) {
    return everywhere;
  }
}

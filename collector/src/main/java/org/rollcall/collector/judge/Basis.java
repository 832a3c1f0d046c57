package org.rollcall.collector.judge;

import java.util.List;
import java.util.stream.Collectors;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

/** What schools are judged by: every profile in force, and the calendars. */
public record Basis(List<Profile> profiles, SchoolCalendars calendars) {

  public Basis {
    profiles = List.copyOf(profiles);
  }

  /** What one school of that register is judged by. */
  SchoolBasis of(School school, Register register) {
    return new SchoolBasis(profiles, calendars.of(school, register));
  }

  /** Versions of all its parts: roll-ups and verdicts are made again when it differs. */
  String versions() {
    return calendars.version()
        + "; "
        + profiles.stream().map(Profile::versions).collect(Collectors.joining("; "));
  }
}

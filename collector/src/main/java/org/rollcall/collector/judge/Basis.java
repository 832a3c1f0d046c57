package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.profile.Profile;

/** What schools are judged by: every profile in force, and the calendar. */
public record Basis(List<Profile> profiles, SchoolCalendar calendar) {

  public Basis {
    profiles = List.copyOf(profiles);
  }

  /** The earliest day a verdict of that date may rest on. */
  LocalDate firstDay(LocalDate date) {
    return profiles.stream()
        .map(profile -> JudgeInput.firstDay(calendar, profile, date))
        .min(LocalDate::compareTo)
        .orElse(date);
  }

  /** Versions of all its parts: roll-ups and verdicts are made again when it differs. */
  String versions() {
    return calendar.version()
        + "; "
        + profiles.stream().map(p -> p.id() + " " + p.version()).collect(Collectors.joining("; "));
  }
}

package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.List;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.profile.Profile;

/** What one school is judged by: every profile in force, and its own calendar. */
record SchoolBasis(List<Profile> profiles, SchoolCalendar calendar) {

  /** The earliest day a verdict of that date may rest on. */
  LocalDate firstDay(LocalDate date) {
    return profiles.stream()
        .map(profile -> JudgeInput.firstDay(calendar, profile, date))
        .min(LocalDate::compareTo)
        .orElse(date);
  }
}

package org.rollcall.collector.day;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.config.SettingsException;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** Writes observations down for tests, by date and local time. */
public final class Days {
  public static final SchoolCalendar CALENDAR = calendar("guangdong-2026.yaml");

  private final List<Observation> observations = new ArrayList<>();

  private static SchoolCalendar calendar(String name) {
    try {
      return SchoolCalendar.read(
          Path.of(System.getProperty("rollcall.root"), "config", "calendars", name));
    } catch (SettingsException e) {
      throw new IllegalStateException(e);
    }
  }

  public static long millis(LocalDate date, String time) {
    return date.atTime(LocalTime.parse(time)).atZone(CALENDAR.zone()).toInstant().toEpochMilli();
  }

  /**
   * @param measures name, value, name, value …
   */
  public Days see(String subject, long millis, Object... measures) {
    Observation.Builder observation =
        Observation.newBuilder().setSubject(subject).setTimeMillis(millis);
    for (int i = 0; i < measures.length; i += 2) {
      observation.putMeasures((String) measures[i], ((Number) measures[i + 1]).doubleValue());
    }
    observations.add(observation.build());
    return this;
  }

  public Days see(String subject, LocalDate date, String time, Object... measures) {
    return see(subject, millis(date, time), measures);
  }

  /** Sees it every so many minutes from the first time on, so many times. */
  public Days every(
      int minutes, int times, String subject, LocalDate date, String time, Object... measures) {
    for (int i = 0; i < times; i++) {
      see(subject, millis(date, time) + (long) i * minutes * 60_000, measures);
    }
    return this;
  }

  public SchoolReport report(String school) {
    Report report = Report.newBuilder().setAgent("a-1").addAllObservations(observations).build();
    return new SchoolReport(school, report);
  }

  /** What a school would have shown on the days from the first to the last. */
  public List<SchoolDay> rolled(String school, LocalDate from, LocalDate to) {
    MemoryStore store = new MemoryStore();
    store.write(List.of(report(school)));
    return new DayRoller(store, DayRoller.Maintenance.NONE)
        .roll(school, from.datesUntil(to.plusDays(1)).toList(), CALENDAR);
  }
}

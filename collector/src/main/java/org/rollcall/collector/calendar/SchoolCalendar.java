package org.rollcall.collector.calendar;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.rollcall.collector.calendar.CalendarFile.Period;
import org.rollcall.config.SettingsException;

/**
 * Which days are school days of one school, and when their lessons are. A school day is a day in a
 * term that is no day off and is either one of the weekly lesson days or a make-up day; on a
 * make-up day the lessons of the weekday it follows are given. Days outside every school year are
 * no school days, and {@link #covers} tells them apart. Every date is worked out beforehand:
 * questions cost an index. Immutable; any thread.
 */
public final class SchoolCalendar {
  private final String version;
  private final ZoneId zone;
  private final int first;
  private final List<List<Period>> lessons;
  private final BitSet covered;
  private final BitSet schoolDays = new BitSet();

  /**
   * @param first the first day, as days since 1970
   * @param lessons of each day from then on
   * @param covered which of them lie in a school year
   */
  private SchoolCalendar(
      String version, ZoneId zone, int first, List<List<Period>> lessons, BitSet covered) {
    this.version = version;
    this.zone = zone;
    this.first = first;
    this.lessons = lessons;
    this.covered = covered;
    for (int i = 0; i < lessons.size(); i++) {
      schoolDays.set(i, !lessons.get(i).isEmpty());
    }
  }

  /** Collects the days of a span one by one. */
  static final class Builder {
    private final ZoneId zone;
    private final LocalDate from;
    private final List<List<Period>> lessons = new ArrayList<>();
    private final BitSet covered = new BitSet();
    private final Set<String> versions = new LinkedHashSet<>();

    Builder(ZoneId zone, LocalDate from) {
      this.zone = zone;
      this.from = from;
    }

    void silent() {
      lessons.add(List.of());
    }

    void day(List<Period> given, List<CalendarFile> by) {
      covered.set(lessons.size());
      lessons.add(given);
      by.forEach(file -> versions.add(file.name()));
    }

    SchoolCalendar build() {
      return new SchoolCalendar(
          versions.isEmpty() ? "none" : String.join(", ", versions),
          zone,
          (int) from.toEpochDay(),
          lessons,
          covered);
    }
  }

  /**
   * Reads a calendar file and what it rests on; what single schools do differently is not in it.
   *
   * @throws SettingsException naming everything that is wrong with it
   */
  public static SchoolCalendar read(Path yaml) throws SettingsException {
    return SchoolCalendars.readFile(yaml).everywhere();
  }

  /**
   * Makes a calendar of what a file says that rests on no other.
   *
   * @param name what messages call the file
   * @throws SettingsException naming everything that contradicts itself
   */
  public static SchoolCalendar of(String name, CalendarFile file) throws SettingsException {
    return SchoolCalendars.of(name, file).everywhere();
  }

  /**
   * Id and version of every file it rests on, as verdicts name it: {@code guangdong 2026-2,
   * china-holidays 2026-1}. {@code none} where nothing is for the school.
   */
  public String version() {
    return version;
  }

  public ZoneId zone() {
    return zone;
  }

  /** The day on which an instant falls. */
  public LocalDate dateOf(Instant instant) {
    return LocalDate.ofInstant(instant, zone);
  }

  private int index(LocalDate date) {
    long day = date.toEpochDay() - first;
    return day < 0 || day >= lessons.size() ? -1 : (int) day;
  }

  /** Whether the date lies in one of the school years, so that the calendar can speak of it. */
  public boolean covers(LocalDate date) {
    int index = index(date);
    return index >= 0 && covered.get(index);
  }

  public boolean isSchoolDay(LocalDate date) {
    int index = index(date);
    return index >= 0 && schoolDays.get(index);
  }

  /** The lessons of a date in order; empty when it is no school day. */
  public List<Lesson> lessons(LocalDate date) {
    int index = index(date);
    if (index < 0) {
      return List.of();
    }
    List<Lesson> given = new ArrayList<>(lessons.get(index).size());
    for (Period period : lessons.get(index)) {
      given.add(
          new Lesson(
              period.name(),
              date.atTime(period.from()).atZone(zone).toInstant(),
              date.atTime(period.to()).atZone(zone).toInstant()));
    }
    return given;
  }

  /** Minutes of lessons on a date; 0 when it is no school day. */
  public int lessonMinutes(LocalDate date) {
    long seconds = 0;
    for (Lesson lesson : lessons(date)) {
      seconds += lesson.to().getEpochSecond() - lesson.from().getEpochSecond();
    }
    return (int) (seconds / 60);
  }

  /**
   * The newest school days up to and including a date, oldest first; fewer than n when the calendar
   * holds no more.
   */
  public List<LocalDate> lastSchoolDays(LocalDate date, int n) {
    List<LocalDate> days = new ArrayList<>(n);
    int at = (int) Math.min(date.toEpochDay() - first, lessons.size());
    while (days.size() < n && at >= 0) {
      at = schoolDays.previousSetBit(at);
      if (at >= 0) {
        days.add(LocalDate.ofEpochDay(first + (long) at));
        at--;
      }
    }
    Collections.reverse(days);
    return days;
  }

  /** The school days of a span, both ends inclusive, oldest first. */
  public List<LocalDate> schoolDays(LocalDate from, LocalDate to) {
    List<LocalDate> days = new ArrayList<>();
    int end = (int) Math.min(to.toEpochDay() - first, lessons.size());
    int at = schoolDays.nextSetBit((int) Math.max(from.toEpochDay() - first, 0));
    while (at >= 0 && at <= end) {
      days.add(LocalDate.ofEpochDay(first + (long) at));
      at = schoolDays.nextSetBit(at + 1);
    }
    return days;
  }

  /**
   * A lesson on a certain day.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public record Lesson(String name, Instant from, Instant to) {}
}

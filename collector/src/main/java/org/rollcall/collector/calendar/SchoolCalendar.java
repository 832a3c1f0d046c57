package org.rollcall.collector.calendar;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.CalendarFile.Period;
import org.rollcall.collector.calendar.CalendarFile.SchoolYear;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

/**
 * Which days are school days and when their lessons are, in the calendar's own zone. A school day
 * is a day in a term that is no holiday and is either one of the weekly lesson days or a make-up
 * day; on a make-up day the lessons of the weekday it follows are given. Days outside every school
 * year are no school days, and {@link #covers} tells them apart.
 */
public final class SchoolCalendar {
  private final CalendarFile file;
  private final ZoneId zone;
  private final Map<DayOfWeek, List<Period>> timetable = new EnumMap<>(DayOfWeek.class);
  private final Map<LocalDate, DayOfWeek> makeUpDays = new HashMap<>();

  private SchoolCalendar(CalendarFile file) {
    this.file = file;
    this.zone = ZoneId.of(file.zone());
    for (DayOfWeek day : file.lessonDays()) {
      timetable.put(
          day,
          file.periods().stream()
              .filter(p -> p.isOn(day))
              .sorted(Comparator.comparing(Period::from))
              .toList());
    }
    for (SchoolYear year : file.schoolYears()) {
      year.makeUpDays().forEach(day -> makeUpDays.put(day.date(), day.follows()));
    }
  }

  /**
   * Reads a calendar file.
   *
   * @throws SettingsException naming everything that is wrong with it
   */
  public static SchoolCalendar read(Path yaml) throws SettingsException {
    return of(yaml.toString(), SettingsReader.read(yaml, CalendarFile.class));
  }

  /**
   * Makes a calendar of what a file says.
   *
   * @param name what messages call the file
   * @throws SettingsException naming everything that contradicts itself
   */
  public static SchoolCalendar of(String name, CalendarFile file) throws SettingsException {
    List<Problem> problems = CalendarCheck.problems(file);
    if (!problems.isEmpty()) {
      throw new SettingsException(name, problems);
    }
    return new SchoolCalendar(file);
  }

  public String id() {
    return file.id();
  }

  /** Id and version in one, as verdicts name it: {@code guangdong 2026-1}. */
  public String version() {
    return file.id() + " " + file.version();
  }

  public CalendarFile file() {
    return file;
  }

  public ZoneId zone() {
    return zone;
  }

  /** The day on which an instant falls. */
  public LocalDate dateOf(Instant instant) {
    return LocalDate.ofInstant(instant, zone);
  }

  /** Whether the date lies in one of the school years, so that the calendar can speak of it. */
  public boolean covers(LocalDate date) {
    return yearOf(date).isPresent();
  }

  public boolean isSchoolDay(LocalDate date) {
    return timetableOf(date) != null;
  }

  /** The lessons of a date in order; empty when it is no school day. */
  public List<Lesson> lessons(LocalDate date) {
    List<Period> periods = timetableOf(date);
    if (periods == null) {
      return List.of();
    }
    List<Lesson> lessons = new ArrayList<>(periods.size());
    for (Period period : periods) {
      lessons.add(
          new Lesson(
              period.name(),
              date.atTime(period.from()).atZone(zone).toInstant(),
              date.atTime(period.to()).atZone(zone).toInstant()));
    }
    return lessons;
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
    if (file.schoolYears().isEmpty()) {
      return days;
    }
    LocalDate first = file.schoolYears().get(0).from();
    LocalDate last = file.schoolYears().get(file.schoolYears().size() - 1).to();
    LocalDate day = date.isAfter(last) ? last : date;
    for (; days.size() < n && !day.isBefore(first); day = day.minusDays(1)) {
      if (isSchoolDay(day)) {
        days.add(0, day);
      }
    }
    return days;
  }

  /** The school days of a span, both ends inclusive, oldest first. */
  public List<LocalDate> schoolDays(LocalDate from, LocalDate to) {
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      if (isSchoolDay(day)) {
        days.add(day);
      }
    }
    return days;
  }

  private Optional<SchoolYear> yearOf(LocalDate date) {
    for (SchoolYear year : file.schoolYears()) {
      if (!date.isBefore(year.from()) && !date.isAfter(year.to())) {
        return Optional.of(year);
      }
    }
    return Optional.empty();
  }

  private @Nullable List<Period> timetableOf(LocalDate date) {
    DayOfWeek follows = makeUpDays.get(date);
    List<Period> periods = timetable.get(follows == null ? date.getDayOfWeek() : follows);
    if (periods == null) {
      return null;
    }
    Optional<SchoolYear> year = yearOf(date);
    boolean taught =
        year.isPresent()
            && year.get().terms().stream().anyMatch(t -> t.holds(date))
            && year.get().holidays().stream().noneMatch(h -> h.holds(date));
    return taught ? periods : null;
  }

  /**
   * A lesson on a certain day.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public record Lesson(String name, Instant from, Instant to) {}
}

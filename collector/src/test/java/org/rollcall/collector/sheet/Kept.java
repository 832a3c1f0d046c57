package org.rollcall.collector.sheet;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.Days;
import org.rollcall.collector.day.LessonStates;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;

/** A day of a school as it is kept, made minute by minute. */
final class Kept {
  static final SchoolCalendar CALENDAR = Days.CALENDAR;

  /** A Monday of seven lessons: 280 minutes. */
  static final LocalDate MONDAY = LocalDate.of(2026, 11, 16);

  static final int MINUTES = 280;

  /** Long after every date of these tests. */
  static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

  private final LocalDate date;
  private final int minutes;
  private final int planned;
  private final List<SubjectDay> subjects = new ArrayList<>();

  private Kept(LocalDate date, int planned) {
    this.date = date;
    this.minutes = CALENDAR.lessonMinutes(date);
    this.planned = planned;
  }

  /** A day without maintenance. */
  static Kept on(LocalDate date) {
    return new Kept(date, 0);
  }

  /**
   * @param planned so many of its last lesson minutes were maintenance
   */
  static Kept on(LocalDate date, int planned) {
    return new Kept(date, planned);
  }

  private LessonStates states(int up, int down) {
    BitSet ups = new BitSet();
    ups.set(0, up);
    BitSet downs = new BitSet();
    downs.set(up, up + down);
    BitSet plans = new BitSet();
    plans.set(minutes - planned, minutes);
    return LessonStates.of(minutes, ups, downs, plans);
  }

  /** A line, first up, then down, then unknown, then as the maintenance is. */
  Kept line(String name, int up, int down) {
    return line(name, states(up, down));
  }

  Kept line(String name, LessonStates states) {
    return add("link:" + name, 10, 10, states.availability(), states);
  }

  /** A machine that was looked at so often and answered so often. */
  Kept machine(String subject, int samples, int answered, int up, int down) {
    return add(subject, samples, answered, states(up, down).availability(), null);
  }

  private Kept add(
      String subject, int samples, int up, Availability lessons, @Nullable LessonStates states) {
    subjects.add(
        new SubjectDay(
            subject, samples, up, 0, 0, 0, 0, lessons, null, states, null, null, null, null, null,
            List.of()));
    return this;
  }

  SchoolDay day() {
    subjects.sort(Comparator.comparing(SubjectDay::subject));
    return new SchoolDay(
        "S", date, "v", true, states(0, 0), subjects.isEmpty() ? 0 : minutes, 0, 0, subjects);
  }

  /** The date as it is called when all is over. */
  CalledDay called() {
    return calledAt(LATER);
  }

  CalledDay calledAt(Instant now) {
    return CalledDay.of(CALENDAR, List.of(date), List.of(day()), now).get(0);
  }

  /** A date of which nothing was kept. */
  static CalledDay nothing(LocalDate date) {
    return CalledDay.of(CALENDAR, List.of(date), List.of(), LATER).get(0);
  }
}

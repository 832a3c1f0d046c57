package org.rollcall.simulator.faults;

import java.time.Instant;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendar.Lesson;
import org.rollcall.collector.day.LessonStates;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.simulator.faults.Journal.Entry;

/**
 * Looks into the school days that verdicts are made of, minute by minute: a minute all of whose
 * looks were lost is unknown, and a minute that is up or down has a look that says so.
 */
final class DayCheck {
  private static final long MINUTE = 60_000;

  /** How long a look speaks for what follows it (docs/judging.md). */
  private static final long HOLD_MILLIS = 5 * MINUTE;

  private final SchoolDays days;
  private final SchoolCalendar calendar;
  private final LocalDate first;

  /**
   * @param first the first day that is looked at: a server that was killed rolls up anew what
   *     verdicts of today may rest on (docs/decisions/0007), and nothing older
   */
  DayCheck(SchoolDays days, SchoolCalendar calendar, LocalDate first) {
    this.days = days;
    this.calendar = calendar;
    this.first = first;
  }

  /**
   * What it found.
   *
   * @param unknown lesson minutes whose looks were all lost, and which are unknown
   * @param fault the first minute that is not as it should be, or an empty text
   */
  record Finding(int unknown, String fault) {}

  /** Looks at every day that an agent speaks of, from the first on. */
  Finding of(RunningAgent agent, NavigableSet<Long> stored) {
    TreeSet<Long> lost = new TreeSet<>();
    TreeSet<LocalDate> dates = new TreeSet<>();
    for (Entry entry : agent.owed()) {
      LocalDate date = calendar.dateOf(Instant.ofEpochMilli(entry.time()));
      if (!date.isBefore(first)) {
        dates.add(date);
      }
      if (!stored.contains(entry.time())) {
        lost.add(entry.time());
      }
    }
    int unknown = 0;
    for (LocalDate date : dates) {
      for (SchoolDay day : days.load(agent.school(), date, date)) {
        Finding finding = of(day, stored, lost);
        if (!finding.fault().isEmpty()) {
          return new Finding(0, agent.school() + " on " + day.date() + " " + finding.fault());
        }
        unknown += finding.unknown();
      }
    }
    return new Finding(unknown, "");
  }

  private Finding of(SchoolDay day, NavigableSet<Long> stored, NavigableSet<Long> lost) {
    int minute = 0;
    int unknown = 0;
    SchoolDay.SubjectDay line = day.find(Plan.LINE);
    LessonStates states = line == null ? null : line.states();
    for (Lesson lesson : calendar.lessons(day.date())) {
      long to = lesson.to().toEpochMilli();
      for (long begin = lesson.from().toEpochMilli(); begin < to; begin += MINUTE) {
        boolean allLost = isAnyIn(lost, begin) && !isAnyIn(stored, begin);
        String fault = states == null ? "" : fault(states, minute, begin, stored, allLost);
        if (!fault.isEmpty() || (allLost && !day.states().isUnknown(minute))) {
          return new Finding(
              0, "minute %d (%s): %s".formatted(minute, Instant.ofEpochMilli(begin), fault));
        }
        unknown += allLost ? 1 : 0;
        minute++;
      }
    }
    return new Finding(unknown, "");
  }

  private static boolean isAnyIn(NavigableSet<Long> times, long begin) {
    Long first = times.ceiling(begin);
    return first != null && first < begin + MINUTE;
  }

  private static String fault(
      LessonStates states, int minute, long begin, NavigableSet<Long> stored, boolean allLost) {
    boolean isKnown = states.isUp(minute) || states.isDown(minute);
    if (allLost) {
      return isKnown ? "all its looks were lost, and it counts as " + states : "";
    }
    @Nullable Long newest = stored.lower(begin + MINUTE);
    if (!isKnown) {
      return newest != null && newest >= begin ? "it was looked at, and is unknown" : "";
    }
    if (newest == null || newest < begin + MINUTE - HOLD_MILLIS) {
      return "nobody looked, and it is known";
    }
    return Plan.isUp(newest) == states.isUp(minute) ? "" : "it is not what the look before says";
  }
}

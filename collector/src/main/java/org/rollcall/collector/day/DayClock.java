package org.rollcall.collector.day;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rollcall.collector.calendar.SchoolCalendar;

/** The minutes of one day: its lessons, those under maintenance, and the day as a whole. */
final class DayClock {
  private static final long MINUTE = 60_000;

  private final LessonClock lessons;
  private final List<MaintenanceWindow> windows;
  private final BitSet planned = new BitSet();

  /** Stretches whose observations were lost: end by beginning, apart from each other. */
  private final TreeMap<Long, Long> lost = new TreeMap<>();

  private final long begins;
  private final long ends;

  /**
   * @param windows of the school; those that do not touch the day do no harm
   */
  DayClock(LocalDate date, SchoolCalendar calendar, List<MaintenanceWindow> windows) {
    this.lessons = new LessonClock(calendar.lessons(date));
    this.begins = date.atStartOfDay(calendar.zone()).toInstant().toEpochMilli();
    this.ends = date.plusDays(1).atStartOfDay(calendar.zone()).toInstant().toEpochMilli();
    this.windows =
        windows.stream()
            .filter(w -> w.from().toEpochMilli() < ends && w.to().toEpochMilli() > begins)
            .toList();
    for (MaintenanceWindow window : this.windows) {
      int from = lessons.endedBy(window.from().toEpochMilli());
      planned.set(from, Math.max(from, lessons.endedBy(window.to().toEpochMilli())));
    }
  }

  LessonClock lessons() {
    return lessons;
  }

  /** Lesson minutes under maintenance; not to be changed. */
  BitSet planned() {
    return planned;
  }

  /**
   * Notes a stretch whose observations were lost; both ends inclusive. Before any look is added.
   */
  void lose(long fromMillis, long untilMillis) {
    long from = fromMillis;
    long until = untilMillis;
    Map.Entry<Long, Long> before = lost.floorEntry(until);
    while (before != null && before.getValue() >= from) {
      from = Math.min(from, before.getKey());
      until = Math.max(until, before.getValue());
      lost.remove(before.getKey());
      before = lost.floorEntry(until);
    }
    lost.put(from, until);
  }

  /**
   * How long a look speaks for what follows it: until the next one, but not for longer than a hold,
   * and not into what was lost. In a stretch of which something was lost it speaks for its own
   * minute alone, because what came after it may have been among the lost.
   *
   * @param hold the longest it may speak, in ms
   */
  long speaksUntil(long look, long next, long hold) {
    long until = Math.min(next, look + hold);
    Map.Entry<Long, Long> before = lost.floorEntry(look);
    boolean inside = before != null && before.getValue() >= look;
    Long begins = inside ? Long.valueOf(look) : lost.higherKey(look);
    if (begins == null || begins >= until) {
      return until;
    }
    long ownMinute = look / MINUTE * MINUTE + MINUTE;
    return Math.min(until, Math.max(begins, ownMinute));
  }

  /** Whether a moment lies in a lesson and in no maintenance. */
  boolean inJudgedLesson(long millis) {
    if (!lessons.inLesson(millis)) {
      return false;
    }
    for (MaintenanceWindow window : windows) {
      if (millis >= window.from().toEpochMilli() && millis < window.to().toEpochMilli()) {
        return false;
      }
    }
    return true;
  }

  /** How many minutes of the day have ended by then. */
  int dayMinutesBy(long millis) {
    return (int) ((Math.max(begins, Math.min(ends, millis)) - begins) / MINUTE);
  }
}

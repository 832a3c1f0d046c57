package org.rollcall.collector.day;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import org.rollcall.collector.calendar.SchoolCalendar;

/** The minutes of one day: its lessons, those under maintenance, and the day as a whole. */
final class DayClock {
  private static final long MINUTE = 60_000;

  private final LessonClock lessons;
  private final List<MaintenanceWindow> windows;
  private final BitSet planned = new BitSet();
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

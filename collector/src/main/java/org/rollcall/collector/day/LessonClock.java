package org.rollcall.collector.day;

import java.util.List;
import org.rollcall.collector.calendar.SchoolCalendar.Lesson;

/** Numbers the lesson minutes of one day, from 0, so that a span of time is a range of numbers. */
final class LessonClock {
  private static final long MINUTE = 60_000;

  private final long[] from;
  private final long[] to;
  private final int minutes;

  LessonClock(List<Lesson> lessons) {
    from = new long[lessons.size()];
    to = new long[lessons.size()];
    int sum = 0;
    for (int i = 0; i < from.length; i++) {
      from[i] = lessons.get(i).from().toEpochMilli();
      to[i] = lessons.get(i).to().toEpochMilli();
      sum += (int) ((to[i] - from[i]) / MINUTE);
    }
    minutes = sum;
  }

  /** Lesson minutes of the day. */
  int minutes() {
    return minutes;
  }

  boolean inLesson(long millis) {
    for (int i = 0; i < from.length && millis >= from[i]; i++) {
      if (millis < to[i]) {
        return true;
      }
    }
    return false;
  }

  /** How many lesson minutes have ended by then; the number of the minute that ends next. */
  int endedBy(long millis) {
    int ended = 0;
    for (int i = 0; i < from.length && millis > from[i]; i++) {
      ended += (int) ((Math.min(millis, to[i]) - from[i]) / MINUTE);
    }
    return ended;
  }
}

package org.rollcall.collector.day;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Observation;

/** Adds up one school's observations of one day, each subject's oldest first. One thread. */
final class DayTally {
  /** More subjects a day than this are left out: several times what a large campus has. */
  static final int MOST_SUBJECTS = 10_000;

  private final String school;
  private final LocalDate date;
  private final SchoolCalendar calendar;
  private final LessonClock clock;
  private final Map<String, SubjectTally> subjects = new TreeMap<>();
  private final BitSet seen = new BitSet();
  private final BitSet gaps = new BitSet();
  private int leftOut;

  DayTally(String school, LocalDate date, SchoolCalendar calendar) {
    this.school = school;
    this.date = date;
    this.calendar = calendar;
    this.clock = new LessonClock(calendar.lessons(date));
  }

  void add(Observation observation) {
    String subject = observation.getSubject();
    SubjectTally tally = subjects.get(subject);
    if (tally == null) {
      tally = open(subject);
    }
    if (tally == null) {
      leftOut++;
    } else {
      tally.add(observation);
    }
  }

  private @Nullable SubjectTally open(String subject) {
    if (subjects.size() == MOST_SUBJECTS) {
      return null;
    }
    SubjectTally tally = new SubjectTally(subject, Subject.kind(subject), clock, seen);
    subjects.put(subject, tally);
    return tally;
  }

  /** Notes a stretch whose observations an agent lost; it may reach beyond the day. */
  void gap(long fromMillis, long untilMillis) {
    int begin = clock.endedBy(fromMillis);
    gaps.set(begin, Math.max(begin, clock.endedBy(untilMillis)));
  }

  SchoolDay close() {
    List<SubjectDay> days = new ArrayList<>(subjects.size());
    int left = leftOut;
    for (SubjectTally tally : subjects.values()) {
      days.add(tally.close());
      left += tally.leftOut();
    }
    return new SchoolDay(
        school,
        date,
        calendar.version(),
        calendar.isSchoolDay(date),
        clock.minutes(),
        seen.cardinality(),
        gaps.cardinality(),
        left,
        days);
  }
}

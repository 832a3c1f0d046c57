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

/**
 * Adds up one school's observations of one day, each subject's oldest first. One thread.
 *
 * <p>Whoever does not answer while the school's lines are down, or while the agent itself is cut
 * off from the campus, is not known to be down (docs/decisions/0009).
 */
final class DayTally {
  /** More subjects a day than this are left out: several times what a large campus has. */
  static final int MOST_SUBJECTS = 10_000;

  private final String school;
  private final LocalDate date;
  private final SchoolCalendar calendar;
  private final DayClock clock;
  private final Map<String, SubjectTally> subjects = new TreeMap<>();
  private final BitSet gaps = new BitSet();
  private int leftOut;

  DayTally(
      String school, LocalDate date, SchoolCalendar calendar, List<MaintenanceWindow> windows) {
    this.school = school;
    this.date = date;
    this.calendar = calendar;
    this.clock = new DayClock(date, calendar, windows);
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
    SubjectTally tally = new SubjectTally(subject, Subject.kind(subject), clock);
    subjects.put(subject, tally);
    return tally;
  }

  /**
   * Notes a stretch whose observations an agent lost; it may reach beyond the day. All of them come
   * before the first observation.
   */
  void gap(long fromMillis, long untilMillis) {
    clock.lose(fromMillis, untilMillis);
    int begin = clock.lessons().endedBy(fromMillis);
    gaps.set(begin, Math.max(begin, clock.lessons().endedBy(untilMillis)));
  }

  SchoolDay close() {
    subjects.values().forEach(SubjectTally::finish);
    BitSet anyUp = minutes(null, true);
    BitSet anyDown = minutes(null, false);
    BitSet noLine = down("link");
    BitSet cutOff = down("switch");
    cutOff.andNot(anyUp);
    cutOff.or(noLine);
    BitSet nothing = new BitSet();
    List<SubjectDay> days = new ArrayList<>(subjects.size());
    BitSet seen = new BitSet();
    int left = leftOut;
    for (SubjectTally tally : subjects.values()) {
      BitSet excused =
          switch (tally.kind()) {
            case "link", "reach", "path", "throughput", "agent" -> nothing;
            case "switch" -> noLine;
            default -> cutOff;
          };
      days.add(tally.close(excused));
      seen.or(tally.seenMinutes());
      left += tally.leftOut();
    }
    anyDown.andNot(anyUp);
    return new SchoolDay(
        school,
        date,
        calendar.version(),
        calendar.isSchoolDay(date),
        LessonStates.of(clock.lessons().minutes(), anyUp, anyDown, clock.planned()),
        seen.cardinality(),
        gaps.cardinality(),
        left,
        days);
  }

  /** Lesson minutes in which all that was seen of a kind was down. */
  private BitSet down(String kind) {
    BitSet down = minutes(kind, false);
    down.andNot(minutes(kind, true));
    return down;
  }

  /** Lesson minutes in which any subject of a kind (null: of any) was up, or down. */
  private BitSet minutes(@Nullable String kind, boolean up) {
    BitSet minutes = new BitSet();
    for (SubjectTally tally : subjects.values()) {
      if (kind == null || tally.kind().equals(kind)) {
        minutes.or(up ? tally.upMinutes() : tally.downMinutes());
      }
    }
    return minutes;
  }
}

package org.rollcall.collector.day;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay.LineTest;
import org.rollcall.collector.day.SchoolDay.PathDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.protocol.v1.Observation;

/**
 * Adds up one subject's samples of one day, oldest first. A lesson minute has the state of the
 * newest sample before its end that is not older than {@link #HOLD_MILLIS} and not parted from it
 * by a loss; without one it is unknown. One thread.
 */
final class SubjectTally {
  /** How long a sample speaks for what follows it: five polls of an agent at its default pace. */
  static final long HOLD_MILLIS = 5 * 60_000L;

  /** More line tests a day than this are left out; an agent runs at most one an hour. */
  static final int MOST_TESTS = 200;

  private static final int UNKNOWN = -1;
  private static final int DOWN = 0;
  private static final int UP = 1;

  private final String subject;
  private final String kind;
  private final DayClock clock;
  private final BitSet upMinutes = new BitSet();
  private final BitSet downMinutes = new BitSet();
  private final BitSet seenMinutes = new BitSet();

  private int samples;
  private int up;
  private long first;
  private long last;
  private int lastState = UNKNOWN;
  private int lessonSamples;
  private int lessonUp;
  private final @Nullable OnTally on;
  private int leftOut;
  private @Nullable Long uptimeSeconds;
  private final @Nullable LinkTally link;
  private final @Nullable ServiceTally service;
  private int paths;
  private int viaDistrict;
  private int vpn;
  private final List<LineTest> tests = new ArrayList<>();

  SubjectTally(String subject, String kind, DayClock clock) {
    this.subject = subject;
    this.kind = kind;
    this.clock = clock;
    this.link = kind.equals("link") ? new LinkTally() : null;
    this.service = kind.equals("service") ? new ServiceTally() : null;
    this.on = OnTally.isMachine(kind) ? new OnTally(clock) : null;
  }

  void add(Observation observation) {
    long time = observation.getTimeMillis();
    hold(time);
    if (samples == 0) {
      first = time;
    }
    samples++;
    last = time;
    double told = observation.getMeasuresOrDefault("up", Double.NaN);
    lastState = Double.isNaN(told) ? UNKNOWN : told >= 0.5 ? UP : DOWN;
    if (lastState == UP) {
      up++;
    }
    if (lastState != UNKNOWN && clock.inJudgedLesson(time)) {
      lessonSamples++;
      lessonUp += lastState;
    }
    double uptime = observation.getMeasuresOrDefault("uptimeSeconds", Double.NaN);
    if (uptime >= 0) {
      uptimeSeconds = (long) uptime;
    }
    if (on != null) {
      on.add(observation);
    } else if (link != null) {
      link.add(observation);
    } else if (service != null) {
      service.add(observation);
    } else if (kind.equals("path")) {
      path(observation);
    } else if (kind.equals("throughput")) {
      test(observation);
    }
  }

  /** Lets the last sample speak for what came after it, at most until {@code next}. */
  private void hold(long next) {
    if (samples == 0) {
      return;
    }
    long until = clock.speaksUntil(last, next, HOLD_MILLIS);
    int begin = clock.lessons().endedBy(last);
    int end = clock.lessons().endedBy(until);
    seenMinutes.set(begin, end);
    if (on != null) {
      on.hold(last, until);
    }
    if (lastState == UP) {
      upMinutes.set(begin, end);
    } else if (lastState == DOWN) {
      downMinutes.set(begin, end);
    }
  }

  private void path(Observation observation) {
    double via = observation.getMeasuresOrDefault("viaDistrict", Double.NaN);
    double tunnel = observation.getMeasuresOrDefault("vpn", Double.NaN);
    if (via >= 0 || tunnel >= 0) {
      paths++;
      viaDistrict += via >= 0.5 ? 1 : 0;
      vpn += tunnel >= 0.5 ? 1 : 0;
    }
  }

  private void test(Observation observation) {
    double download = observation.getMeasuresOrDefault("downloadBitsPerSecond", Double.NaN);
    double seconds = observation.getMeasuresOrDefault("transferSeconds", Double.NaN);
    if (!(download >= 0) || !Double.isFinite(download) || !(seconds >= 0)) {
      return;
    }
    if (observation.getMeasuresOrDefault("asked", 0) > 0) {
      return; // or one could ask until the verdict is the one he wants
    }
    if (tests.size() == MOST_TESTS) {
      leftOut++;
      return;
    }
    tests.add(
        new LineTest(
            observation.getTimeMillis(),
            (long) download,
            seconds,
            finite(observation, "utilisation"),
            finite(observation, "clockSkewSeconds")));
  }

  private static @Nullable Double finite(Observation observation, String measure) {
    double value = observation.getMeasuresOrDefault(measure, Double.NaN);
    return Double.isFinite(value) ? value : null;
  }

  /** Lets the last sample speak to its end; after this the minutes are whole. */
  void finish() {
    hold(Long.MAX_VALUE);
  }

  String kind() {
    return kind;
  }

  int leftOut() {
    return leftOut + (service == null ? 0 : service.leftOut());
  }

  /** Lesson minutes up as they were seen; not to be changed. */
  BitSet upMinutes() {
    return upMinutes;
  }

  /** Lesson minutes down as they were seen; not to be changed. */
  BitSet downMinutes() {
    return downMinutes;
  }

  /** Lesson minutes it was seen in at all; not to be changed. */
  BitSet seenMinutes() {
    return seenMinutes;
  }

  /**
   * @param excused lesson minutes in which its silence proves nothing
   */
  SubjectDay close(BitSet excused) {
    BitSet down = downMinutes;
    if (down.intersects(excused)) {
      down = (BitSet) downMinutes.clone();
      down.andNot(excused);
    }
    LessonStates states =
        LessonStates.of(clock.lessons().minutes(), upMinutes, down, clock.planned());
    return new SubjectDay(
        subject,
        samples,
        up,
        first,
        last,
        lessonSamples,
        lessonUp,
        states.availability(),
        uptimeSeconds,
        kind.equals("pc") || kind.equals("link") ? states : null,
        on == null ? null : on.minutes(),
        on == null ? null : on.fault(),
        link == null ? null : link.close(),
        service == null ? null : service.close(),
        kind.equals("path") ? new PathDay(paths, viaDistrict, vpn) : null,
        tests);
  }

  /** Response times and certificates of one service. */
  private static final class ServiceTally {
    private static final int MOST = 10_000;

    private int[] millis = new int[64];
    private int count;
    private int leftOut;
    private @Nullable Integer certificateDays;

    void add(Observation observation) {
      double response = observation.getMeasuresOrDefault("responseMillis", Double.NaN);
      if (response >= 0 && response < Integer.MAX_VALUE) {
        if (count == MOST) {
          leftOut++;
        } else {
          millis = count == millis.length ? Arrays.copyOf(millis, 2 * count) : millis;
          millis[count++] = (int) Math.round(response);
        }
      }
      double days = observation.getMeasuresOrDefault("certificateDays", Double.NaN);
      if (Double.isFinite(days) && Math.abs(days) < 1e6) {
        int whole = (int) Math.floor(days);
        certificateDays = certificateDays == null ? whole : Math.min(certificateDays, whole);
      }
    }

    int leftOut() {
      return leftOut;
    }

    SchoolDay.ServiceDay close() {
      int[] sorted = Arrays.copyOf(millis, count);
      Arrays.sort(sorted);
      return new SchoolDay.ServiceDay(
          count == 0 ? null : sorted[(count - 1) / 2],
          count == 0 ? null : sorted[(count * 95 + 99) / 100 - 1],
          certificateDays);
    }
  }
}

package org.rollcall.collector.day;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay.LineTest;
import org.rollcall.collector.day.SchoolDay.LinkDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.protocol.v1.Observation;

/**
 * Adds up one subject's samples of one day, oldest first. A lesson minute has the state of the
 * newest sample before its end that is not older than {@link #HOLD_MILLIS}; without one it is
 * unknown. One thread.
 */
final class SubjectTally {
  /** How long a sample speaks for what follows it: five polls of an agent at its default pace. */
  static final long HOLD_MILLIS = 5 * 60_000L;

  /** A rate over less than this is no rate over a whole poll interval. */
  static final double WHOLE_INTERVAL_SECONDS = 50;

  /** More line tests a day than this are left out; an agent runs at most one an hour. */
  static final int MOST_TESTS = 200;

  private final String subject;
  private final boolean isLink;
  private final boolean isTest;
  private final LessonClock clock;
  private final BitSet seen;

  private int samples;
  private int up;
  private long first;
  private long last;
  private int lastState = UNKNOWN;
  private int lessonSamples;
  private int lessonUp;
  private int minutesUp;
  private int minutesDown;
  private int leftOut;
  private @Nullable Long uptimeSeconds;
  private long minSpeed = Long.MAX_VALUE;
  private long maxSpeed;
  private int rates;
  private final long[] fastest;
  private final List<LineTest> tests = new ArrayList<>();

  private static final int UNKNOWN = -1;
  private static final int DOWN = 0;
  private static final int UP = 1;

  /**
   * @param seen the school's lesson minutes of which anything is known; this adds its own
   */
  SubjectTally(String subject, String kind, LessonClock clock, BitSet seen) {
    this.subject = subject;
    this.isLink = kind.equals("link");
    this.isTest = kind.equals("throughput");
    this.clock = clock;
    this.seen = seen;
    this.fastest = new long[isLink ? LinkDay.KEPT : 0];
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
    if (lastState != UNKNOWN && clock.inLesson(time)) {
      lessonSamples++;
      lessonUp += lastState;
    }
    double uptime = observation.getMeasuresOrDefault("uptimeSeconds", Double.NaN);
    if (uptime >= 0) {
      uptimeSeconds = (long) uptime;
    }
    if (isLink) {
      link(observation);
    }
    if (isTest) {
      test(observation);
    }
  }

  /** Lets the last sample speak for what came after it, at most until {@code next}. */
  private void hold(long next) {
    if (samples == 0) {
      return;
    }
    int begin = clock.endedBy(last);
    int end = clock.endedBy(Math.min(next, last + HOLD_MILLIS));
    seen.set(begin, end);
    if (lastState == UP) {
      minutesUp += end - begin;
    } else if (lastState == DOWN) {
      minutesDown += end - begin;
    }
  }

  private void link(Observation observation) {
    double speed = observation.getMeasuresOrDefault("speedBitsPerSecond", Double.NaN);
    if (speed > 0 && Double.isFinite(speed)) {
      // A port that tells 0 tells nothing: ifHighSpeed is 0 for tunnels and for ports that are off.
      minSpeed = Math.min(minSpeed, (long) speed);
      maxSpeed = Math.max(maxSpeed, (long) speed);
    }
    double rate = observation.getMeasuresOrDefault("inBitsPerSecond", Double.NaN);
    double interval = observation.getMeasuresOrDefault("intervalSeconds", Double.NaN);
    if (rate >= 0 && Double.isFinite(rate) && interval >= WHOLE_INTERVAL_SECONDS) {
      rate((long) rate);
    }
  }

  private void rate(long bits) {
    int kept = Math.min(rates, fastest.length);
    rates++;
    int place = kept;
    while (place > 0 && fastest[place - 1] < bits) {
      place--;
    }
    if (place == fastest.length) {
      return;
    }
    int moved = Math.min(kept, fastest.length - 1) - place;
    System.arraycopy(fastest, place, fastest, place + 1, moved);
    fastest[place] = bits;
  }

  private void test(Observation observation) {
    double download = observation.getMeasuresOrDefault("downloadBitsPerSecond", Double.NaN);
    double seconds = observation.getMeasuresOrDefault("transferSeconds", Double.NaN);
    if (!(download >= 0) || !Double.isFinite(download) || !(seconds >= 0)) {
      return;
    }
    if (tests.size() == MOST_TESTS) {
      leftOut++;
      return;
    }
    double used = observation.getMeasuresOrDefault("utilisation", Double.NaN);
    tests.add(
        new LineTest(
            observation.getTimeMillis(),
            (long) download,
            seconds,
            Double.isFinite(used) ? used : null));
  }

  int leftOut() {
    return leftOut;
  }

  SubjectDay close() {
    hold(Long.MAX_VALUE);
    LinkDay link =
        isLink
            ? new LinkDay(
                maxSpeed == 0 ? null : minSpeed,
                maxSpeed == 0 ? null : maxSpeed,
                rates,
                Arrays.stream(fastest, 0, Math.min(rates, fastest.length)).boxed().toList())
            : null;
    return new SubjectDay(
        subject,
        samples,
        up,
        first,
        last,
        lessonSamples,
        lessonUp,
        minutesUp,
        minutesDown,
        uptimeSeconds,
        link,
        tests);
  }
}

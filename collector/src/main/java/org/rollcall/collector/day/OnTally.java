package org.rollcall.collector.day;

import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay.FaultDay;
import org.rollcall.collector.day.SchoolDay.OnMinutes;
import org.rollcall.protocol.v1.Observation;

/**
 * When one machine was switched on during a day, and what it said is broken. Its own word counts
 * before all: {@code power} (PJLink: 1 on, 3 warming), then {@code state} (1 on), then {@code up}.
 * One thread.
 */
final class OnTally {
  /** Numbers of the measure {@code state}, see docs/wire-protocol.md. */
  private static final int STATE_ON = 1;

  private static final int STATE_FAULT = 4;
  private static final int POWER_ON = 1;
  private static final int POWER_WARMING = 3;

  private final DayClock clock;
  private boolean isOn;
  private boolean wasOn;
  private boolean isFaulty;
  private int lessons;
  private int day;
  private int times;
  private int first = -1;
  private int last = -1;
  private int faults;
  private int bits;

  OnTally(DayClock clock) {
    this.clock = clock;
  }

  /** Kinds that somebody switches on and off. */
  static boolean isMachine(String kind) {
    return kind.equals("terminal") || kind.equals("pc") || kind.equals("projector");
  }

  void add(Observation observation) {
    int state = number(observation, "state");
    int power = number(observation, "power");
    int up = number(observation, "up");
    if (power >= 0) {
      isOn = power == POWER_ON || power == POWER_WARMING;
    } else {
      isOn = state >= 0 ? state == STATE_ON : up > 0;
    }
    if (isOn && !wasOn) {
      times++;
      int minute = clock.dayMinutesBy(observation.getTimeMillis());
      first = first < 0 ? minute : first;
      last = Math.max(last, minute);
    }
    if (power >= 0 || state >= 0 || up >= 0) {
      wasOn = isOn; // a look that told nothing is no switching off
    }
    if (state >= 0) {
      faults += state == STATE_FAULT && !isFaulty ? 1 : 0;
      isFaulty = state == STATE_FAULT;
    }
    bits |= Math.max(0, number(observation, "faultBits"));
  }

  /** A whole number that is no foreign nonsense; -1 where none is told. */
  private static int number(Observation observation, String measure) {
    double value = observation.getMeasuresOrDefault(measure, -1);
    return value >= 0 && value <= 0xFFFF ? (int) Math.round(value) : -1;
  }

  /** Lets the last look speak for a stretch of the day. */
  void hold(long fromMillis, long untilMillis) {
    if (isOn) {
      lessons += clock.lessons().endedBy(untilMillis) - clock.lessons().endedBy(fromMillis);
      int until = clock.dayMinutesBy(untilMillis);
      day += until - clock.dayMinutesBy(fromMillis);
      last = Math.max(last, until);
    }
  }

  OnMinutes minutes() {
    return new OnMinutes(lessons, day, times, first, last);
  }

  @Nullable FaultDay fault() {
    return faults == 0 && bits == 0 ? null : new FaultDay(faults, bits);
  }
}

package org.rollcall.collector.day;

import java.util.Arrays;
import org.rollcall.collector.day.SchoolDay.LinkDay;
import org.rollcall.protocol.v1.Observation;

/** Adds up what only a line shows: its port's speed and its rates. One thread. */
final class LinkTally {
  /** A rate over less than this is no rate over a whole poll interval. */
  static final double WHOLE_INTERVAL_SECONDS = 50;

  private long minSpeed = Long.MAX_VALUE;
  private long maxSpeed;
  private int rates;
  private final long[] fastest = new long[LinkDay.KEPT];

  void add(Observation observation) {
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

  LinkDay close() {
    return new LinkDay(
        maxSpeed == 0 ? null : minSpeed,
        maxSpeed == 0 ? null : maxSpeed,
        rates,
        Arrays.stream(fastest, 0, Math.min(rates, fastest.length)).boxed().toList());
  }
}

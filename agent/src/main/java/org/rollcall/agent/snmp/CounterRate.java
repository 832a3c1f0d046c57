package org.rollcall.agent.snmp;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Turns an interface's octet counters, seen now and then, into rates. Pure: no I/O, no clock of its
 * own.
 *
 * <p>Time comes from the device (sysUpTime), because counters and sysUpTime are read by the same
 * hand in the same moment; the agent's clock only confirms it. Whatever does not add up gives a
 * reason and no rate, and every sample, good or bad, is what the next one is compared with, so that
 * one bad sample costs at most two intervals. Nothing is interpolated.
 *
 * <p>Rules: RFC 2863 section 3.1.6 (counter widths), IF-MIB ifCounterDiscontinuityTime, SNMPv2-MIB
 * sysUpTime (1/100 s, wraps after 497.1 days).
 */
final class CounterRate {

  /** There is nothing to compare with yet. */
  static final String FIRST_SAMPLE = "first-sample";

  /** The device started again between the samples. */
  static final String REBOOTED = "rebooted";

  /** The device's uptime and the agent's clock tell different times. */
  static final String UPTIME_DISAGREES = "uptime-disagrees";

  /** The device says that its counters jumped. */
  static final String DISCONTINUITY = "discontinuity";

  /** The counters of the two samples are not the same objects. */
  static final String COUNTER_CHANGED = "counter-changed";

  static final String COUNTER_BACKWARDS = "counter-backwards";

  /** A 32-bit counter could have wrapped more than once. */
  static final String WRAP_AMBIGUOUS = "wrap-ambiguous";

  /** A 32-bit counter of a link whose speed, and with it the time a wrap takes, is not known. */
  static final String SPEED_UNKNOWN = "speed-unknown";

  /** More than the link can carry. */
  static final String RATE_ABOVE_SPEED = "rate-above-speed";

  /** Two samples so close that their difference says nothing. */
  static final String INTERVAL_TOO_SHORT = "interval-too-short";

  static final long TICKS_PER_WRAP = 1L << 32;

  private static final double COUNTER32_BITS = TICKS_PER_WRAP * 8.0;
  private static final long SHORTEST_TICKS = 50;

  /** What an answer may be late by: it is timed at its arrival, after a resend at worst. */
  private static final long LATENESS_TICKS = 500;

  private static final double CLOCK_DRIFT = 0.05;
  private static final double ABOVE_SPEED = 1.1;

  /** Bound for a link that tells no speed: faster than anything a school is given. */
  private static final double FASTEST_BITS_PER_SECOND = 1e12;

  /**
   * One answer of a device.
   *
   * @param at when it arrived, in the agent's clock
   * @param object which counters these are: the interface's index
   * @param uptimeTicks sysUpTime, 1/100 s
   * @param discontinuityTicks ifCounterDiscontinuityTime; 0 where the device has none
   * @param counterBits 32 or 64
   * @param inOctets received, unsigned
   * @param outOctets sent, unsigned
   * @param speedBitsPerSecond of the link; 0: not known
   */
  record Sample(
      Instant at,
      long object,
      long uptimeTicks,
      long discontinuityTicks,
      int counterBits,
      long inOctets,
      long outOctets,
      long speedBitsPerSecond) {

    Sample {
      if (counterBits != 32 && counterBits != 64) {
        throw new IllegalArgumentException("BUG: a counter of " + counterBits + " bits");
      }
    }
  }

  /** A rate, or why there is none. */
  sealed interface Outcome {}

  record Rate(double inBitsPerSecond, double outBitsPerSecond, double intervalSeconds)
      implements Outcome {}

  record Gap(String reason) implements Outcome {}

  private @Nullable Sample previous;

  /** What the time between the sample before and this one says. */
  Outcome next(Sample sample) {
    Sample before = previous;
    previous = sample;
    return before == null ? new Gap(FIRST_SAMPLE) : between(before, sample);
  }

  private static Outcome between(Sample before, Sample now) {
    long wall = (now.at.toEpochMilli() - before.at.toEpochMilli()) / 10;
    long ticks = (now.uptimeTicks - before.uptimeTicks) & (TICKS_PER_WRAP - 1);
    String fault = faultOfTime(before.uptimeTicks, now.uptimeTicks, wall);
    if (fault == null) {
      fault = faultOfCounters(before, now, ticks);
    }
    if (fault != null) {
      return new Gap(fault);
    }
    double seconds = ticks / 100.0;
    double in = octets(before.inOctets, now.inOctets, now.counterBits) * 8 / seconds;
    double out = octets(before.outOctets, now.outOctets, now.counterBits) * 8 / seconds;
    if (Math.max(in, out) > limit(speed(before, now))) {
      return new Gap(RATE_ABOVE_SPEED);
    }
    return new Rate(in, out, seconds);
  }

  /**
   * Why the time between two values of sysUpTime cannot be told; null when it is their difference
   * modulo 2^32.
   *
   * @param wallTicks the same time in the agent's clock
   */
  static @Nullable String faultOfTime(long before, long now, long wallTicks) {
    long ticks = (now - before) & (TICKS_PER_WRAP - 1);
    if (Math.abs(ticks - wallTicks) <= tolerance(wallTicks)) {
      return ticks < SHORTEST_TICKS ? INTERVAL_TOO_SHORT : null;
    }
    boolean startedSince = now < before || now < wallTicks - tolerance(wallTicks);
    return startedSince ? REBOOTED : UPTIME_DISAGREES;
  }

  private static long tolerance(long wallTicks) {
    return Math.max(LATENESS_TICKS, (long) (Math.abs(wallTicks) * CLOCK_DRIFT));
  }

  private static @Nullable String faultOfCounters(Sample before, Sample now, long ticks) {
    if (before.discontinuityTicks != now.discontinuityTicks) {
      return DISCONTINUITY;
    }
    if (before.counterBits != now.counterBits || before.object != now.object) {
      return COUNTER_CHANGED;
    }
    if (now.counterBits == 64) {
      // A 64-bit counter does not wrap in a device's life: less than before is a reset, never 2^64
      // to add.
      boolean backwards =
          Long.compareUnsigned(now.inOctets, before.inOctets) < 0
              || Long.compareUnsigned(now.outOctets, before.outOctets) < 0;
      return backwards ? COUNTER_BACKWARDS : null;
    }
    long speed = speed(before, now);
    if (speed <= 0) {
      return SPEED_UNKNOWN;
    }
    return ticks / 100.0 > COUNTER32_BITS / speed ? WRAP_AMBIGUOUS : null;
  }

  private static double octets(long before, long now, int bits) {
    long difference = now - before;
    if (bits == 32) {
      return difference & (TICKS_PER_WRAP - 1);
    }
    return difference >= 0 ? difference : difference + 0x1p64;
  }

  /** The faster of the two: a link may have negotiated anew in between. */
  private static long speed(Sample before, Sample now) {
    return Math.max(before.speedBitsPerSecond, now.speedBitsPerSecond);
  }

  private static double limit(long speedBitsPerSecond) {
    return speedBitsPerSecond > 0 ? speedBitsPerSecond * ABOVE_SPEED : FASTEST_BITS_PER_SECOND;
  }
}

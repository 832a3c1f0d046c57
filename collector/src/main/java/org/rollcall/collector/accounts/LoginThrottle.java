package org.rollcall.collector.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down guessing. Failures are counted for an account from one address, for an address over
 * all accounts, and for an account over all addresses; each count has its limit in a quarter of an
 * hour. The last is the highest, so that a stranger cannot easily lock somebody out. In memory
 * alone: a restart forgives. Any thread.
 */
final class LoginThrottle {
  static final Duration WINDOW = Duration.ofMinutes(15);
  static final int PER_ACCOUNT_AND_SOURCE = 5;
  static final int PER_SOURCE = 50;
  static final int PER_ACCOUNT = 100;

  /** When this many counts are held, the one least recently touched is forgotten. */
  private static final int MAX_COUNTS = 10_000;

  private final Clock clock;
  private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true);

  private record Count(Instant since, int failures) {}

  LoginThrottle(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts one attempt before it is checked, so that attempts at the same time cannot slip past.
   *
   * @return how long to wait; zero if the attempt may be made
   */
  synchronized Duration attempt(String account, String source) {
    Instant now = clock.instant();
    Duration wait =
        longest(
            remaining("b " + account + " " + source, PER_ACCOUNT_AND_SOURCE, now),
            longest(
                remaining("s " + source, PER_SOURCE, now),
                remaining("a " + account, PER_ACCOUNT, now)));
    if (wait.isZero()) {
      count("b " + account + " " + source, now, 1);
      count("s " + source, now, 1);
      count("a " + account, now, 1);
    }
    return wait;
  }

  /**
   * The attempt was good: it does not count, and the account's failures from there are forgiven.
   */
  synchronized void succeeded(String account, String source) {
    Instant now = clock.instant();
    counts.remove("b " + account + " " + source);
    count("s " + source, now, -1);
    count("a " + account, now, -1);
  }

  private Duration remaining(String key, int limit, Instant now) {
    Count count = counts.get(key);
    if (count == null || count.failures() < limit) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(now, count.since().plus(WINDOW));
    if (left.isNegative() || left.isZero()) {
      counts.remove(key);
      return Duration.ZERO;
    }
    return left;
  }

  private void count(String key, Instant now, int failures) {
    Count count = counts.get(key);
    if (count == null || now.isAfter(count.since().plus(WINDOW))) {
      count = new Count(now, 0);
    }
    counts.put(key, new Count(count.since(), Math.max(0, count.failures() + failures)));
    if (counts.size() > MAX_COUNTS) {
      var oldest = counts.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private static Duration longest(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  synchronized int size() {
    return counts.size();
  }
}

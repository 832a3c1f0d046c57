package org.rollcall.agent.pjlink;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one projector from earlier looks, so that it need not be asked again. One look
 * at a time; the schedule passes it from look to look.
 */
final class Known {
  /** Hours change by one an hour: they are not asked more often. Project default. */
  static final Duration SELDOM = Duration.ofHours(1);

  /** The most lamps there are (specification 4.4). */
  static final int MOST_LAMPS = 8;

  private static final int MOST_HOURS = 1_000_000;

  private final Set<String> unknown = new HashSet<>();
  private int[] lampHours = {};
  private @Nullable Integer filterHours;
  private int pjlinkClass;
  private boolean identified;
  private boolean md5Only;
  private @Nullable Instant hoursAsked;

  /** It answered ERR1: it has no such command, and is not asked again. */
  void doesNotKnow(String command) {
    unknown.add(command);
  }

  boolean knows(String command) {
    return !unknown.contains(command);
  }

  /** Whether lamps, filter and the rest should be asked at that time. */
  boolean hoursDue(Instant now) {
    // Either way: a clock that was set back must not silence it for as long.
    return hoursAsked == null || Duration.between(hoursAsked, now).abs().compareTo(SELDOM) >= 0;
  }

  void hoursAsked(Instant now) {
    hoursAsked = now;
  }

  /**
   * Takes LAMP's answer: hours and 0 or 1 for each lamp. Leaves what was known if it is no such
   * text.
   */
  void lamps(String text) {
    StringTokenizer words = new StringTokenizer(text, " ");
    int[] hours = new int[Math.min(MOST_LAMPS, (words.countTokens() + 1) / 2)];
    for (int i = 0; i < hours.length; i++) {
      Integer its = hours(words.nextToken());
      if (its == null) {
        return;
      }
      hours[i] = its;
      if (words.hasMoreTokens()) {
        words.nextToken(); // whether it is lit
      }
    }
    lampHours = hours;
  }

  void filter(String text) {
    Integer hours = hours(text);
    if (hours != null) {
      filterHours = hours;
    }
  }

  private static @Nullable Integer hours(String text) {
    try {
      int hours = Integer.parseInt(text);
      return hours >= 0 && hours <= MOST_HOURS ? hours : null;
    } catch (NumberFormatException notHours) {
      return null;
    }
  }

  /**
   * Takes CLSS's answer: its last digit, whatever words stand before it (Optoma: {@code Class 1},
   * BenQ: {@code Version1}).
   */
  void pjlinkClass(String text) {
    char last = text.isEmpty() ? '1' : text.charAt(text.length() - 1);
    pjlinkClass = last >= '2' && last <= '9' ? 2 : 1;
  }

  /** 1 or 2; 0 before it is known. */
  int pjlinkClass() {
    return pjlinkClass;
  }

  /** Of each lamp, none for a laser; not to be changed. */
  int[] lampHours() {
    return lampHours;
  }

  @Nullable Integer filterHours() {
    return filterHours;
  }

  /** Whether maker and model were told; they do not change. */
  boolean identified() {
    return identified;
  }

  void identify() {
    identified = true;
  }

  /** Whether it was asked for SHA-256 before and did not know it. */
  boolean md5Only() {
    return md5Only;
  }

  void noSha256() {
    md5Only = true;
  }
}

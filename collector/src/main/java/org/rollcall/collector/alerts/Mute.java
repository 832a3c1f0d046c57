package org.rollcall.collector.alerts;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * For a while nobody is told of some alerts; they go on all the same and stand on the page.
 *
 * @param id its number; 0 while it is not kept yet
 * @param rule of these alerts; null: any
 * @param place code of the region or school whose alerts are meant
 * @param from inclusive
 * @param until exclusive; there is no mute without an end
 * @param reason for people, 1 to 200 characters
 * @param account who made it
 */
public record Mute(
    long id,
    @Nullable String rule,
    String place,
    Instant from,
    Instant until,
    String reason,
    String account) {
  /** Longer is no mute but a rule that is not wanted. Project default. */
  public static final Duration LONGEST = Duration.ofDays(90);

  private static final int LONGEST_REASON = 200;

  public Mute {
    if (!until.isAfter(from) || Duration.between(from, until).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A mute ends after it begins and at most " + LONGEST.toDays() + " days later.");
    }
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException("A mute needs a reason of 1 to 200 characters.");
    }
  }

  /** Whether it silences alerts of that rule at that time; the place is asked apart. */
  boolean isOf(String ruleId, Instant now) {
    return (rule == null || rule.equals(ruleId)) && !from.isAfter(now) && until.isAfter(now);
  }
}

package org.rollcall.agent.snmp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The {@code snmp:} section of {@code agent.yaml}: what holds for every device asked by SNMP v2c.
 *
 * @param community the community of devices that name none of their own, a secret; null: every
 *     device must name one
 * @param timeout how long one request waits for its answer, 100 ms to 60 s; null: {@link
 *     #DEFAULT_TIMEOUT}
 * @param retries how often an unanswered request is sent again, 0 to 5; null: {@link
 *     #DEFAULT_RETRIES}
 */
public record SnmpSettings(
    @Nullable String community, @Nullable Duration timeout, @Nullable Integer retries) {

  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);
  public static final int DEFAULT_RETRIES = 1;

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST_RETRIES = 5;

  public SnmpSettings {
    if (community != null && community.isEmpty()) {
      throw new IllegalArgumentException("community is empty: leave the key out or write it");
    }
    if (timeout != null && (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException("timeout must be between 100ms and 60s");
    }
    if (retries != null && (retries < 0 || retries > MOST_RETRIES)) {
      throw new IllegalArgumentException("retries must be between 0 and 5");
    }
  }

  /** What holds when {@code agent.yaml} has no such section. */
  public static SnmpSettings defaults() {
    return new SnmpSettings(null, null, null);
  }

  public Duration waitForAnswer() {
    return timeout == null ? DEFAULT_TIMEOUT : timeout;
  }

  public int resends() {
    return retries == null ? DEFAULT_RETRIES : retries;
  }

  /** Leaves out the community: it is a secret. */
  @Override
  public String toString() {
    return "SnmpSettings[timeout=" + waitForAnswer() + ", retries=" + resends() + "]";
  }
}

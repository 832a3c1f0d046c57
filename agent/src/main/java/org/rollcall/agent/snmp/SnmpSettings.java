package org.rollcall.agent.snmp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Default;
import org.rollcall.config.Range;
import org.rollcall.config.Secret;

/**
 * The {@code snmp:} section of {@code agent.yaml}: what holds for every device asked by SNMP. The
 * numbers are project defaults.
 *
 * @param community the community of devices that name neither their own nor a credential, a secret;
 *     null: every device must name one
 * @param timeout how long one request waits for its answer, 100 ms to 60 s
 * @param retries how often an unanswered request is sent again, 0 to 5
 * @param pause between two requests to one device, up to 10 s; there is never more than one under
 *     way
 */
public record SnmpSettings(
    @Nullable @Secret String community,
    @Default("2s") @Range(min = "100ms", max = "60s") Duration timeout,
    @Default("1") @Range(min = "0", max = "5") int retries,
    @Default("10ms") @Range(min = "0ms", max = "10s") Duration pause) {

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int MOST_RETRIES = 5;

  public SnmpSettings {
    if (community != null && community.isEmpty()) {
      throw new IllegalArgumentException("community is empty: leave the key out or write it");
    }
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("timeout must be between 100ms and 60s");
    }
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new IllegalArgumentException("retries must be between 0 and 5");
    }
    if (pause.isNegative() || pause.compareTo(LONGEST_PAUSE) > 0) {
      throw new IllegalArgumentException("pause must be between 0ms and 10s");
    }
  }

  /** What holds when {@code agent.yaml} has no such section. */
  public static SnmpSettings defaults() {
    return of(null, Duration.ofSeconds(2), 1);
  }

  /** With the default pause. */
  public static SnmpSettings of(@Nullable String community, Duration timeout, int retries) {
    return new SnmpSettings(community, timeout, retries, Duration.ofMillis(10));
  }

  /** Leaves out the community: it is a secret. */
  @Override
  public String toString() {
    return "SnmpSettings[timeout=" + timeout + ", retries=" + retries + ", pause=" + pause + "]";
  }
}

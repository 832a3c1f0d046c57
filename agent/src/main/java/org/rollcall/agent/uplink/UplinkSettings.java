package org.rollcall.agent.uplink;

import java.time.Duration;
import org.rollcall.config.Default;
import org.rollcall.config.Range;

/**
 * How the agent reaches its collector; where that is came with the enrolment.
 *
 * @param tls false: plain TCP, for a line that is encrypted otherwise
 * @param retryFrom shortest wait before connecting again
 * @param retryTo longest wait before connecting again; a project default: a district whose server
 *     was away is live within a minute of its return
 */
public record UplinkSettings(
    @Default("true") boolean tls,
    @Default("1s") @Range(min = "10ms", max = "1h") Duration retryFrom,
    @Default("30s") @Range(min = "10ms", max = "24h") Duration retryTo) {
  public UplinkSettings {
    if (retryFrom.compareTo(retryTo) > 0) {
      throw new IllegalArgumentException("retryFrom is not longer than retryTo");
    }
  }
}

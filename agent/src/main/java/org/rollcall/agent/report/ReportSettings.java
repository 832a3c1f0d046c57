package org.rollcall.agent.report;

import java.time.Duration;
import org.rollcall.config.Default;
import org.rollcall.config.Range;

/**
 * How observations are gathered into reports.
 *
 * @param interval the longest an observation waits before it is in the spool
 * @param sealInterval time between two signatures over the chain of reports
 */
public record ReportSettings(
    @Default("10s") @Range(min = "1s", max = "5m") Duration interval,
    @Default("5m") @Range(min = "10s", max = "1h") Duration sealInterval) {
  public ReportSettings {
    if (interval.isNegative() || sealInterval.isNegative()) {
      throw new IllegalArgumentException("interval and sealInterval are not negative");
    }
  }
}

package org.rollcall.agent.throughput;

import org.jspecify.annotations.Nullable;
import org.rollcall.config.DataSize;
import org.rollcall.config.Default;

/**
 * {@code lineTests:} in the agent's settings. When a line is tested the collector decides.
 *
 * @param enabled false: every test is skipped, with the reason switched-off
 * @param monthlyBytes what tests may move in a calendar month; null: no limit
 */
public record LineTestSettings(@Default("true") boolean enabled, @Nullable DataSize monthlyBytes) {
  /** What holds where nothing else is written. */
  public static final LineTestSettings DEFAULT = new LineTestSettings(true, null);
}

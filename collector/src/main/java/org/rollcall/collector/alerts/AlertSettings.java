package org.rollcall.collector.alerts;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Default;
import org.rollcall.config.Range;

/**
 * {@code alerts:} of {@code config/server.yaml}. All numbers are project defaults.
 *
 * @param rules folder of the rules; null: there are no alerts
 * @param duty file that says who is told; null: nobody is
 * @param every how often it is looked
 * @param keep how long alerts that are over are kept
 */
public record AlertSettings(
    @Nullable Path rules,
    @Nullable Path duty,
    @Default("15s") @Range(min = "1s", max = "10m") Duration every,
    @Default("1095d") @Range(min = "1d", max = "36500d") Duration keep) {}

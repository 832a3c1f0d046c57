package org.rollcall.collector.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.intake.IntakeCounts;

/**
 * What this server says of itself: a store that sends reports back and keeps none is refusing. One
 * thread.
 */
final class OwnSignals {
  /** No report came for so long, so nothing is known of the store. Project default. */
  private static final Duration QUIET = Duration.ofMinutes(5);

  private long stored;
  private long unavailable;
  private @Nullable Instant since;
  private Instant last = Instant.EPOCH;

  /** Empty while the store takes what comes. */
  List<Signal> of(IntakeCounts counts, String region, Instant now) {
    boolean took = counts.stored() > stored;
    boolean refused = counts.unavailable() > unavailable;
    stored = counts.stored();
    unavailable = counts.unavailable();
    if (took) {
      since = null;
    } else if (refused) {
      since = since == null ? now : since;
      last = now;
    } else if (last.plus(QUIET).isBefore(now)) {
      since = null;
    }
    Instant began = since;
    return began == null
        ? List.of()
        : List.of(
            new Signal(
                SignalKind.STORE_REFUSING,
                SignalKind.STORE_REFUSING.id(),
                region,
                List.of(),
                "",
                (double) Duration.between(began, now).toMinutes(),
                began,
                now,
                Map.of(),
                0,
                0,
                false,
                Set.of()));
  }
}

package org.rollcall.collector.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.problems.Cause;
import org.rollcall.collector.problems.CauseKind;
import org.rollcall.collector.pulse.Pulse;
import org.rollcall.protocol.v1.Observation;

/** What the causes say. Any thread. */
final class CauseSignals {
  private static final double MINUTE_MILLIS = 60_000;

  private final Pulse pulse;

  CauseSignals(Pulse pulse) {
    this.pulse = pulse;
  }

  List<Signal> of(Collection<Cause> causes, Instant now) {
    List<Signal> signals = new ArrayList<>();
    causes.forEach(cause -> signals.add(signal(cause, now)));
    return signals;
  }

  private Signal signal(Cause cause, Instant now) {
    SignalKind kind = kind(cause.kind());
    Map<String, String> params = new HashMap<>(cause.params());
    params.put(AlertText.CAUSE, cause.kind().name());
    double minutes = Duration.between(cause.since(), now).toMillis() / MINUTE_MILLIS;
    return new Signal(
        kind,
        cause.id(),
        cause.region(),
        cause.schools(),
        cause.subject(),
        kind == SignalKind.ROOM_SEATS ? seats(cause) : Math.max(0, minutes),
        cause.since(),
        seen(cause, now),
        params,
        cause.classes(),
        cause.impact(),
        cause.planned(),
        kind.isSilence() ? new HashSet<>() : new HashSet<>(cause.behind().subjects()));
  }

  /** What is silent is seen to be so now; anything else when it was looked at last. */
  private Instant seen(Cause cause, Instant now) {
    if (cause.subject().isEmpty() || cause.kind() == CauseKind.ROOM_FAULT) {
      return now;
    }
    Observation newest = pulse.school(cause.schools().get(0)).get(cause.subject());
    return newest == null ? now : Instant.ofEpochMilli(newest.getTimeMillis());
  }

  private static double seats(Cause cause) {
    int broken = Integer.parseInt(cause.params().getOrDefault("n", "0"));
    int all = Integer.parseInt(cause.params().getOrDefault("of", "0"));
    return all == 0 ? 100 : 100.0 * (all - broken) / all;
  }

  static SignalKind kind(CauseKind kind) {
    return switch (kind) {
      case EVERYBODY_SILENT -> SignalKind.EVERYBODY_SILENT;
      case AREA_SILENT -> SignalKind.AREA_SILENT;
      case SILENT_TOGETHER -> SignalKind.ISP_SILENT;
      case AGENT_SILENT -> SignalKind.SCHOOL_SILENT;
      case AGENT_NEVER_HEARD -> SignalKind.NEVER_HEARD;
      case LINE_DOWN -> SignalKind.LINE_DOWN;
      case UPSTREAM_DOWN -> SignalKind.NETWORK_DOWN;
      case SERVICE_DOWN -> SignalKind.SERVICE_DOWN;
      case SWITCH_DOWN -> SignalKind.SWITCH_DOWN;
      case DEVICE_FAULT -> SignalKind.DEVICE_FAULT;
      case ROOM_FAULT -> SignalKind.ROOM_SEATS;
      case DEVICE_UNREADABLE -> SignalKind.DEVICE_UNREADABLE;
    };
  }
}

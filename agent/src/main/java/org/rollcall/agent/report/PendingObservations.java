package org.rollcall.agent.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;

/**
 * Observations that are in no report yet, at most {@value #CAPACITY}. When the disk is so slow that
 * more come in, the oldest are dropped, and a gap says so. Safe on any thread; never waits.
 */
final class PendingObservations {
  /** Twenty reports' worth: what may gather while the disk does not answer. */
  static final int CAPACITY = 4_000;

  static final int REPORT_OBSERVATIONS = 200;
  static final int REPORT_BYTES = 48 * 1024;

  /** Tag and length around an observation or sighting inside a report. */
  static final int WRAPPING_BYTES = 6;

  private final ArrayDeque<Observation> waiting = new ArrayDeque<>();
  private int bytes;
  private long droppedFromMillis = Long.MAX_VALUE;
  private long droppedToMillis = Long.MIN_VALUE;
  private long dropped;

  /** True when there is now enough for a report. */
  synchronized boolean add(Observation observation) {
    if (waiting.size() == CAPACITY) {
      Observation oldest = waiting.remove();
      bytes -= size(oldest);
      droppedFromMillis = Math.min(droppedFromMillis, oldest.getTimeMillis());
      droppedToMillis = Math.max(droppedToMillis, oldest.getTimeMillis());
      dropped++;
    }
    waiting.add(observation);
    bytes += size(observation);
    return isEnough();
  }

  synchronized boolean isEnough() {
    return waiting.size() >= REPORT_OBSERVATIONS || bytes >= REPORT_BYTES;
  }

  /** What goes into the next report, oldest first; empty when there is nothing. */
  synchronized List<Observation> takeReport() {
    List<Observation> taken = new ArrayList<>();
    int takenBytes = 0;
    while (!waiting.isEmpty() && taken.size() < REPORT_OBSERVATIONS) {
      int size = size(waiting.getFirst());
      if (!taken.isEmpty() && takenBytes + size > REPORT_BYTES) {
        break;
      }
      taken.add(waiting.remove());
      takenBytes += size;
      bytes -= size;
    }
    return taken;
  }

  /** What was dropped since this was last asked, or null. */
  synchronized @Nullable Gap takeGap() {
    if (droppedFromMillis > droppedToMillis) {
      return null;
    }
    Gap gap =
        Gap.newBuilder()
            .setFromMillis(droppedFromMillis)
            .setToMillis(droppedToMillis)
            .setReason("disk-error")
            .build();
    droppedFromMillis = Long.MAX_VALUE;
    droppedToMillis = Long.MIN_VALUE;
    return gap;
  }

  /** Observations dropped so far. */
  synchronized long dropped() {
    return dropped;
  }

  static int size(Observation observation) {
    return observation.getSerializedSize() + WRAPPING_BYTES;
  }
}

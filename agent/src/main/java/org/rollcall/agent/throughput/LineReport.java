package org.rollcall.agent.throughput;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.LineTest;
import org.rollcall.protocol.v1.Observation;

/** The observation of one command, as it grows. One thread. */
final class LineReport {
  private final Observation.Builder observation;
  private final Clock clock;
  private long moved;

  LineReport(LineTest test, Clock clock) {
    this.clock = clock;
    this.observation = Observation.newBuilder().setSubject("throughput:" + test.getLine());
    put("targetBitsPerSecond", test.getTargetBitsPerSecond());
    if (test.getAsked()) {
      put("asked", 1);
    }
  }

  void put(String measure, double value) {
    if (Double.isFinite(value)) {
      observation.putMeasures(measure, value);
    }
  }

  void utilisation(@Nullable Double share) {
    if (share != null) {
      put("utilisation", share);
    }
  }

  /** How far this clock is off at least, as the command's way here took no time to speak of. */
  void skewOfCommand(long sentMillis) {
    if (sentMillis > 0) {
      put("clockSkewSeconds", Math.abs(clock.millis() - sentMillis) / 1_000.0);
    }
  }

  /** How far it is off, told by an answer to a question. */
  void skewOfAnswer(long aheadMillis) {
    put("clockSkewSeconds", Math.abs(aheadMillis) / 1_000.0);
  }

  void moved(long bytes) {
    moved += bytes;
  }

  /** Bytes that the test moved, both directions. */
  long moved() {
    return moved;
  }

  Observation skipped(String reason) {
    return observation.setReason(reason).setTimeMillis(clock.millis()).build();
  }

  /**
   * @param reason why something is missing; null when nothing is
   */
  Observation build(@Nullable String reason) {
    return observation
        .setReason(reason == null ? "" : reason)
        .setTimeMillis(clock.millis())
        .build();
  }
}

package org.rollcall.agent.uplink;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Told what the collector has to say, on the worker; must not block. */
public interface UplinkListener {
  /**
   * One message of the agent's own topics; it is acknowledged when this returns.
   *
   * @return why it cannot be used, to be told with the acknowledgement; null when it can
   */
  @Nullable String received(String topic, byte[] payload);

  /** What time it is at the collector as far as is known: a login is good for minutes only. */
  Instant now();

  /**
   * The collector said what time it is.
   *
   * @param collectorMillis milliseconds since 1970
   * @param roundTripNanos from the question to the answer
   * @param arrivedNanos when the answer came, by {@link System#nanoTime}
   */
  void time(long collectorMillis, long roundTripNanos, long arrivedNanos);
}

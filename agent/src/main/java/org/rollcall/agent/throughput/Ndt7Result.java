package org.rollcall.agent.throughput;

import org.jspecify.annotations.Nullable;

/**
 * One direction of ndt7: goodput of TCP, without the overhead of WebSocket, TLS, TCP and IP.
 *
 * @param bytes of load that arrived at the receiver
 * @param seconds in which they did
 * @param reason why there is no more: no-connection, refused, cut-short; null for a whole test
 */
public record Ndt7Result(long bytes, double seconds, @Nullable String reason) {
  static final String NO_CONNECTION = "no-connection";
  static final String REFUSED = "test-refused";
  static final String CUT_SHORT = "cut-short";

  static Ndt7Result none(String reason) {
    return new Ndt7Result(0, 0, reason);
  }

  public boolean measured() {
    return bytes > 0 && seconds > 0;
  }

  public double bitsPerSecond() {
    return bytes * 8 / seconds;
  }
}

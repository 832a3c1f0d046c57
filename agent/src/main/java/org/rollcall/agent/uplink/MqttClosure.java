package org.rollcall.agent.uplink;

import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended, or never came to be.
 *
 * @param code the server's reason code (MQTT 5, 2.4) for REFUSED and SERVER_LEFT, else 0
 * @param detail for a person; from the server's reason string where it sent one
 */
public record MqttClosure(Cause cause, int code, String detail) {

  /** Closed set of ends; callers decide on these and never on the detail. */
  public enum Cause {
    /** No TCP connection: name unknown, port closed, no route, no answer. */
    UNREACHABLE,
    /** TLS did not come to be for a reason other than the key. */
    TLS_FAILED,
    /** The server's key is not the one expected: another server, or somebody in between. */
    WRONG_FINGERPRINT,
    /** CONNACK with a reason code other than success. */
    REFUSED,
    /** The server did not answer in time. */
    TIMEOUT,
    /** The server sent DISCONNECT. */
    SERVER_LEFT,
    /** The line broke. */
    LOST,
    /** What came was not MQTT 5. */
    PROTOCOL_ERROR,
    /** Closed from this end. */
    CLOSED_HERE
  }

  MqttClosure(Cause cause, @Nullable String detail) {
    this(cause, 0, detail == null ? "" : detail);
  }
}

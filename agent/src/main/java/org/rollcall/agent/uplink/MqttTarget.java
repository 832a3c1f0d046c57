package org.rollcall.agent.uplink;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a collector (or any MQTT 5 broker) is, and how it is known.
 *
 * @param serverKeySha256 SHA-256 of the server certificate's SubjectPublicKeyInfo as 64 lower-case
 *     hex digits: TLS, with this key and no other; null: plain TCP
 */
public record MqttTarget(String host, int port, @Nullable String serverKeySha256) {
  private static final Pattern HEX_SHA256 = Pattern.compile("[0-9a-f]{64}");

  public MqttTarget {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a server is a host and a port from 1 to 65535");
    }
    if (serverKeySha256 != null && !HEX_SHA256.matcher(serverKeySha256).matches()) {
      throw new IllegalArgumentException("a server key's SHA-256 is 64 lower-case hex digits");
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}

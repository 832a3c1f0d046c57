package org.rollcall.collector.linetest.ndt7;

import java.time.Instant;
import java.util.UUID;

/**
 * What a measurement says of its connection (ConnectionInfo).
 *
 * @param client address:port
 * @param server address:port
 */
public record Ndt7Connection(String client, String server, UUID uuid, Instant started) {

  /** Addresses hold nothing that JSON would escape: the network gave them. */
  String json() {
    return "{\"Client\":\""
        + client
        + "\",\"Server\":\""
        + server
        + "\",\"StartTime\":\""
        + started
        + "\",\"UUID\":\""
        + uuid
        + "\"}";
  }
}

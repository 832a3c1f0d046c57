package org.rollcall.collector.ingest;

import java.time.Duration;
import org.rollcall.config.Default;
import org.rollcall.config.Range;

/** The MQTT door, as {@code mqtt:} in the server's settings. Port 0 takes any free one. */
public record MqttSettings(Tls tls, Plain plain, Limits limits) {

  /** Agents and foreign clients over TLS; always on. */
  public record Tls(
      @Default("0.0.0.0") String bind,
      @Default("8883") @Range(min = "0", max = "65535") int port) {}

  /** Without encryption: for this machine, or behind something that ends TLS. */
  public record Plain(
      @Default("false") boolean enabled,
      @Default("127.0.0.1") String bind,
      @Default("1883") @Range(min = "0", max = "65535") int port) {}

  /**
   * What strangers may cost.
   *
   * @param connections open at once, in all; fewer where the system lets the process open fewer
   *     files
   * @param connectionsPerAddress open at once from one address; 0 is no limit, because a whole
   *     district may stand behind one
   * @param strangers open at once before it is known whose they are; then the one that has waited
   *     longest is closed for each new one
   * @param connectTimeout from the TCP connection to the whole CONNECT, TLS handshake included
   * @param longestSilence imposed on clients that ask for a longer keep-alive, or for none
   */
  public record Limits(
      @Default("20000") @Range(min = "1", max = "1000000") int connections,
      @Default("0") @Range(min = "0", max = "1000000") int connectionsPerAddress,
      @Default("5000") @Range(min = "1", max = "1000000") int strangers,
      @Default("10s") @Range(min = "100ms", max = "60s") Duration connectTimeout,
      @Default("10m") @Range(min = "1s", max = "18h") Duration longestSilence) {}
}

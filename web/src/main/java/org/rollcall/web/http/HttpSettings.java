package org.rollcall.web.http;

import java.time.Duration;
import org.rollcall.config.Default;
import org.rollcall.config.Range;

/** Where pages and API answer. Port 0 takes any free one. */
public record HttpSettings(
    @Default("127.0.0.1") String bind,
    @Default("8080") @Range(min = "0", max = "65535") int port,
    Limits limits) {

  /**
   * What strangers may cost, on the pages' port and on that of ndt7, each for itself. All numbers
   * are project defaults.
   *
   * @param connections open at once, in all; 2,000 of them may be event streams
   * @param connectionsPerAddress open at once from one address; 0 is no limit, because a proxy or a
   *     whole bureau may stand behind one
   * @param requestTimeout from the connection, or the answer before, to the head of a request, and
   *     from there to its end
   */
  public record Limits(
      @Default("4000") @Range(min = "1", max = "1000000") int connections,
      @Default("0") @Range(min = "0", max = "1000000") int connectionsPerAddress,
      @Default("30s") @Range(min = "100ms", max = "10m") Duration requestTimeout) {}
}

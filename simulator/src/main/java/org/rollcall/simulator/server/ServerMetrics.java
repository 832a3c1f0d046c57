package org.rollcall.simulator.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A running server's own counters, as its /metrics page tells them. Blocks; any thread. */
public final class ServerMetrics {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final URI uri;

  public ServerMetrics(int httpPort) {
    this.uri = URI.create("http://127.0.0.1:" + httpPort + "/metrics");
  }

  /** The value of a metric, named with its labels as the page writes them; 0 if there is none. */
  public double value(String name) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
    return client
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}

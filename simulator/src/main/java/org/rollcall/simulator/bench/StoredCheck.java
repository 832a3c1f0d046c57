package org.rollcall.simulator.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.rollcall.simulator.server.ServerMetrics;

/**
 * Whether a server has what it acknowledged: all of it by its own count, and every single report of
 * three agents by what its API shows of them.
 */
final class StoredCheck {
  private static final int MOST_WAIT_SECONDS = 120;
  private static final Pattern COUNT = Pattern.compile("\"count\"\\s*:\\s*(\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final int httpPort;

  StoredCheck(int httpPort) {
    this.httpPort = httpPort;
  }

  /** Waits until the store shows it all, two minutes at most; says what it found. */
  boolean holds(List<LoadConnection> connections, LoadFigures figures, int observationsEach)
      throws IOException, InterruptedException {
    long acknowledged = figures.acknowledgedSoFar();
    ServerMetrics metrics = new ServerMetrics(httpPort);
    double stored = metrics.value("rollcall_reports_total{outcome=\"stored\"}");
    double observations = metrics.value("rollcall_observations_stored_total");
    System.err.printf(
        Locale.ROOT,
        "Acknowledged %d reports; the server counts %.0f with %.0f observations.%n",
        acknowledged,
        stored,
        observations);
    boolean whole =
        stored == acknowledged && observations == (double) acknowledged * observationsEach;
    int last = connections.size() - 1;
    for (int sample : new TreeSet<>(List.of(0, last / 2, last))) {
      whole &= shown(connections.get(sample));
    }
    return whole;
  }

  private boolean shown(LoadConnection connection) throws IOException, InterruptedException {
    long expected = connection.acknowledgedReports();
    long shown = count(connection);
    for (int i = 0; i < MOST_WAIT_SECONDS && shown < expected; i++) {
      TimeUnit.SECONDS.sleep(1);
      shown = count(connection);
    }
    System.err.printf(
        "School %s: %d reports acknowledged, the store shows %d.%n",
        connection.school(), expected, shown);
    return shown == expected;
  }

  private long count(LoadConnection connection) throws IOException, InterruptedException {
    long from = connection.firstMillis();
    long to = from + connection.acknowledgedReports() + 1_000;
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/api/v1/schools/%s/series?subject=%s&measure=up&from=%s&to=%s&step=%d"
                .formatted(
                    httpPort,
                    connection.school(),
                    ReportTemplate.FIRST_SEAT,
                    Instant.ofEpochMilli(from),
                    Instant.ofEpochMilli(to),
                    1 + (to - from) / 1_000_000));
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("The server answers " + uri + " with " + answer.body());
    }
    return COUNT
        .matcher(answer.body())
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }
}

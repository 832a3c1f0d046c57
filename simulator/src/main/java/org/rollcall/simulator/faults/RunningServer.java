package org.rollcall.simulator.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.server.Child;
import org.rollcall.simulator.server.ServerFolder;
import org.rollcall.simulator.server.ServerMetrics;

/**
 * The server of a run: a process that is started again after a kill, and whose clock can be set.
 */
final class RunningServer implements AutoCloseable {
  /** A server that needs more for three schools does not bound its memory, and ends. */
  static final int HEAP_MIB = 320;

  private static final Duration TIME_TO_START = Duration.ofMinutes(3);

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final ServerFolder place;
  private final ServerMetrics metrics;
  private @Nullable Child child;

  RunningServer(ServerFolder place) {
    this.place = place;
    this.metrics = new ServerMetrics(place.httpPort());
  }

  ServerFolder place() {
    return place;
  }

  void start() throws InterruptedException {
    Child started =
        Child.start(
            "server",
            List.of(
                "-Xms64m",
                "-Xmx" + HEAP_MIB + "m",
                "-XX:MaxDirectMemorySize=128m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlogback.configurationFile=logback-server.xml",
                "-Djava.io.tmpdir=" + place.folder().resolve("tmp")),
            ClockedServerMain.class.getName(),
            List.of(place.config().toString(), clockFile().toString()),
            log(),
            line -> line.startsWith(ClockedServerMain.READY));
    child = started;
    started.awaitReady(TIME_TO_START);
  }

  /** How many lines of its log, from all its starts, hold these words. */
  long told(String words) throws IOException {
    return Words.lines(log(), words);
  }

  private Path log() {
    return place.folder().resolve("server.log");
  }

  private Path clockFile() {
    return place.folder().resolve("clock");
  }

  void clock(Duration ahead) throws IOException {
    Orders.replace(clockFile(), String.valueOf(ahead.toMillis()));
  }

  Child child() {
    Child running = child;
    if (running == null) {
      throw new IllegalStateException("BUG: the server was not started");
    }
    return running;
  }

  boolean isAlive() {
    return child().isAlive();
  }

  void kill() throws InterruptedException {
    child().kill();
  }

  /** Removes the observations of a server that does not run. */
  void emptyStore() throws IOException {
    Folders.delete(observations());
  }

  Path observations() {
    return place.data().resolve("observations");
  }

  /** Whether it says that every part of it works. */
  boolean isReady() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + place.httpPort() + "/readyz");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
  }

  /** Whether the verdicts that it shows are those of this day. */
  boolean verdictsOf(LocalDate day) throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + place.httpPort()
                + "/api/v1/regions/"
                + District.ROOT
                + "/summary");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
    return client
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .contains("\"at\":\"" + day + "\"");
  }

  /** One of the server's own figures, as /metrics names it. */
  double metric(String name) throws IOException, InterruptedException {
    return metrics.value(name);
  }

  /** Ends it as an operator would. */
  @Override
  public void close() {
    Child running = child;
    if (running != null) {
      running.close();
    }
  }
}

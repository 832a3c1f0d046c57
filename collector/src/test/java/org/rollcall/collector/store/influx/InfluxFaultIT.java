package org.rollcall.collector.store.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** A server that answers as a broken InfluxDB may: nothing is acknowledged that it did not take. */
class InfluxFaultIT {
  private static final Instant T = Instant.parse("2026-03-02T08:00:00Z");
  private static final String GOOD = "{\"results\":[{\"statement_id\":0}]}\n";
  private static final List<SchoolReport> BATCH = List.of(report());

  private final AtomicInteger writes = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer http;
  private InfluxStore store;
  private volatile int status = 204;
  private volatile String said = "";
  private volatile String answer = GOOD;

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/write", this::write);
    http.createContext("/query", this::query);
    http.start();
    store = store("http://127.0.0.1:" + http.getAddress().getPort());
    store.start();
  }

  @AfterEach
  void end() {
    store.close();
    http.stop(0);
    threads.shutdownNow();
  }

  private static InfluxStore store(String url) {
    return new InfluxStore(
        InfluxFixture.settings(url, "r", InfluxFixture.FOR_EVER, Duration.ofMillis(500)),
        Clock.systemUTC());
  }

  private static SchoolReport report() {
    Observation seen =
        Observation.newBuilder()
            .setSubject("pc:a")
            .setTimeMillis(T.toEpochMilli())
            .putMeasures("up", 1)
            .build();
    return new SchoolReport("s", Report.newBuilder().setAgent("a").addObservations(seen).build());
  }

  private void write(HttpExchange exchange) throws IOException {
    writes.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    byte[] body = said.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private void query(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void onlyTheAcknowledgementItselfIsOne() {
    store.write(BATCH);
    for (int other : new int[] {200, 202, 301, 400, 401, 403, 404, 413, 429, 500, 503}) {
      status = other;
      said = other == 200 ? "" : "{\"error\":\"something\"}";
      assertThatThrownBy(() -> store.write(BATCH))
          .as("status %d", other)
          .isInstanceOf(StoreUnavailableException.class);
    }
    status = 204;
    said = "";
    store.write(BATCH);
  }

  @Test
  void whatARefusalSaysDecidesNothing() {
    for (String words :
        List.of(
            "partial write: points beyond retention policy dropped=1",
            "partial write: field type conflict: input field dropped=1",
            "database not found: \"r\"",
            "")) {
      status = 500;
      said = "{\"error\":\"" + words + "\"}";
      assertThatThrownBy(() -> store.write(BATCH)).isInstanceOf(StoreUnavailableException.class);
      assertThat(store.refuses(report().report())).isNull();
    }
  }

  @Test
  void aRefusedLoginSaysWhichSettingToLookAt() {
    status = 401;
    assertThatThrownBy(() -> store.write(BATCH))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("store.influx.username");
  }

  @Test
  void aLargeRequestIsHalvedUntilItIsTakenOrOneLine() {
    status = 413;
    SchoolReport one = report();
    assertThatThrownBy(() -> store.write(List.of(one, one, one, one)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(writes).hasValue(3); // four lines, two, one
  }

  @Test
  void aServerThatDoesNotAnswerInTimeHasNotAcknowledged() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      InfluxStore stalled = store("http://127.0.0.1:" + silent.getLocalPort());
      long begun = System.nanoTime();
      assertThatThrownBy(stalled::start).isInstanceOf(StoreUnavailableException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
      stalled.close();
    }
  }

  @Test
  void aServerThatIsNotThereIsSaidToBe() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    InfluxStore nowhere = store("http://127.0.0.1:" + port);
    assertThatThrownBy(nowhere::start)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("127.0.0.1:" + port);
    nowhere.close();
  }

  @Test
  void anErrorWithinAnAnswerIsNoEmptyAnswer() {
    answer = "{\"results\":[{\"statement_id\":0,\"error\":\"shard is closed\"}]}\n";
    assertFails();
    answer = "{\"error\":\"engine is closed\"}\n";
    assertFails();
    answer = GOOD + "{\"results\":[{\"statement_id\":1,\"error\":\"timeout\"}]}\n";
    assertFails();
  }

  @Test
  void anAnswerThatIsNoneIsAFault() {
    answer = "<html>a proxy's page</html>";
    assertFails();
  }

  @Test
  void anAnswerThatIsCutOffBetweenTwoPiecesIsNoWholeOne() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> answerCutOff(server));
      Connection connection =
          new Connection(
              InfluxFixture.settings(
                  "http://127.0.0.1:" + server.getLocalPort(),
                  "r",
                  InfluxFixture.FOR_EVER,
                  Duration.ofSeconds(20)),
              said -> {});
      connection.open();
      assertThatThrownBy(() -> connection.stream("SELECT 1", series -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cut off");
      connection.close();
    }
  }

  /** One whole piece in one whole chunk, and then the connection is gone. */
  private static void answerCutOff(ServerSocket server) {
    try (Socket socket = server.accept()) {
      int read = socket.getInputStream().read(new byte[8_192]);
      assertThat(read).isPositive();
      OutputStream out = socket.getOutputStream();
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
      String chunk = Integer.toHexString(GOOD.length()) + "\r\n" + GOOD + "\r\n";
      out.write((head + chunk).getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertFails() {
    assertThatThrownBy(() -> store.range("s", "pc:a", T, T.plusSeconds(1)))
        .isInstanceOf(StoreUnavailableException.class);
  }
}

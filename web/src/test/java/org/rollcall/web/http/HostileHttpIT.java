package org.rollcall.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.web.TestServer;

/** Strangers at the HTTP door of a real server: slow, silent, many, huge; it goes on serving. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHttpIT {
  private static final int MOST = 40;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int DRIP_MILLIS = 100;

  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server =
        TestServer.start(
            folder, true, "{port: 0, limits: {requestTimeout: 1s, connections: " + MOST + "}}");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void theServerGoesOnServing() {
    await()
        .atMost(Duration.ofMillis(PATIENCE_MILLIS))
        .ignoreExceptions()
        .until(() -> get("/healthz").statusCode() == 200);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.base().resolve(path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private long metric(String name) throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(server.base().getHost(), server.base().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static Socket say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return socket;
  }

  /** All the server says until it closes. */
  private static String heard(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** The head of an answer. */
  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as(head.toString()).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  @Test
  void aHeadThatComesByteByByteIsCutOff() throws Exception {
    long before = metric("rollcall_http_too_slow_total");
    try (Socket drip = say(connect(), "GET / HTTP/1.1\r\nX-Slow: ")) {
      drip.setSoTimeout(DRIP_MILLIS);
      assertThat(dripUntilClosed(drip)).isLessThan(PATIENCE_MILLIS / DRIP_MILLIS);
    }
    assertThat(metric("rollcall_http_too_slow_total")).isGreaterThan(before);
  }

  @Test
  void aBodyThatComesByteByByteIsCutOff() throws Exception {
    String head = "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n";
    try (Socket drip = say(connect(), head)) {
      drip.setSoTimeout(DRIP_MILLIS);
      assertThat(dripUntilClosed(drip)).isLessThan(PATIENCE_MILLIS / DRIP_MILLIS);
    }
  }

  /** Sends a byte whenever the server has said nothing for a while; how many it took. */
  private static int dripUntilClosed(Socket drip) {
    for (int sent = 0; sent < PATIENCE_MILLIS / DRIP_MILLIS; sent++) {
      try {
        if (drip.getInputStream().read() < 0) {
          return sent;
        }
      } catch (SocketTimeoutException silent) {
        try {
          drip.getOutputStream().write('a');
        } catch (IOException closed) {
          return sent;
        }
      } catch (IOException reset) {
        return sent;
      }
    }
    return Integer.MAX_VALUE;
  }

  @Test
  void whoSaysNothingIsClosedAndWhoAsksAgainInTimeIsNot() throws Exception {
    try (Socket silent = connect();
        Socket busy = connect()) {
      assertThat(heard(silent)).isEmpty();
      say(busy, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(heard(busy)).matches(text -> text.isEmpty() || text.startsWith("HTTP/1.1 200"));
    }
  }

  @Test
  void aFloodOfHeadersIsRefused() throws IOException {
    StringBuilder flood = new StringBuilder("GET / HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < 1_000; i++) {
      flood.append("X-").append(i).append(": 0123456789abcdef\r\n");
    }
    try (Socket socket = say(connect(), flood + "\r\n")) {
      assertThat(heard(socket)).startsWith("HTTP/1.1 431");
    }
  }

  @Test
  void aPackedBodyIsNotUnpackedAndALongOneIsRefused() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(new byte[32 << 20]);
    }
    assertThat(packed.size()).isLessThan(64 * 1024);
    assertThat(post(packed.toByteArray()).statusCode()).isEqualTo(400);
    assertThat(post(new byte[65 * 1024]).statusCode()).isEqualTo(413);
  }

  private HttpResponse<String> post(byte[] body) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(server.base().resolve("/api/v1/session"))
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void connectionsBeyondTheMostAreTurnedAway() throws Exception {
    List<Socket> all = new ArrayList<>();
    try {
      for (int i = 0; i <= MOST; i++) {
        all.add(connect());
      }
      for (Socket each : all) {
        assertThat(heard(each)).isEmpty();
      }
    } finally {
      for (Socket each : all) {
        each.close();
      }
    }
    theServerGoesOnServing();
    assertThat(metric("rollcall_http_turned_away_total")).isPositive();
  }

  @Test
  void aTestRefusesFramesOfAnyLengthAndNoCompressionIsAgreedOn() throws IOException {
    String upgrade =
        """
        GET /ndt/v7/upload HTTP/1.1\r
        Host: x\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
        Sec-WebSocket-Extensions: permessage-deflate\r
        Sec-WebSocket-Protocol: net.measurementlab.ndt.v7\r
        \r
        """;
    try (Socket socket = say(connect(), upgrade)) {
      assertThat(head(socket))
          .startsWith("HTTP/1.1 101")
          .doesNotContainIgnoringCase("sec-websocket-extensions");
      // A masked binary frame of 2^40 bytes.
      socket.getOutputStream().write(new byte[] {(byte) 0x82, (byte) 0xff, 0, 0, 1, 0, 0, 0, 0, 0});
      socket.getOutputStream().write("mask and then some load".getBytes(US_ASCII));
      // What it says before it closes is short: it waited for no load of that size.
      assertThat(heard(socket)).hasSizeLessThan(4_096);
    }
  }

  @Test
  void timesOutOfAllReckoningAreTheCallersProblem() throws Exception {
    for (String at : List.of("%2B999999999-12-31", "-999999999-01-01", "2026-13-01")) {
      assertThat(get("/api/v1/schools?at=" + at).statusCode()).as(at).isEqualTo(400);
    }
  }
}

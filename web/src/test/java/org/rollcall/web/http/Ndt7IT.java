package org.rollcall.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.linetest.ndt7.Ndt7Request;
import org.rollcall.web.TestServer;

/** The collector's ndt7 on a real server, against m-lab's own client and against bad ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Ndt7IT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 60;

  /** What any machine moves, even a busy one. */
  private static final double MODEST_BITS_PER_SECOND = 20e6;

  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, true);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void theClientOfMeasurementLabTestsBothDirections(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("package.json"), "{\"private\": true}\n");
    run(
        folder,
        "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "@m-lab/ndt7@0.1.4",
        "ws@8.18.0");
    Path script = folder.resolve("ndt7-client.cjs");
    try (InputStream shim =
        Objects.requireNonNull(getClass().getResourceAsStream("ndt7-client.cjs"))) {
      Files.copy(shim, script);
    }
    URI base = server.base();
    String said =
        run(
            folder,
            "node",
            script.toString(),
            folder.resolve("node_modules").toString(),
            base.getHost() + ":" + base.getPort());
    JsonNode seen = JSON.readTree(said.lines().reduce((a, b) -> b).orElse("{}"));

    assertThat(seen.path("code").asInt(-1)).as(said).isZero();
    assertThat(seen.has("error")).as(said).isFalse();
    for (String way : List.of("download", "upload")) {
      JsonNode told = seen.path(way).path("server");
      assertThat(told.path("Origin").asText()).as(said).isEqualTo("server");
      assertThat(told.path("Test").asText()).as(said).isEqualTo(way);
      assertThat(told.at("/ConnectionInfo/Client").asText()).as(said).startsWith("127.0.0.1:");
      assertThat(told.at("/ConnectionInfo/UUID").asText()).as(said).isNotEmpty();
      assertThat(bitsPerSecond(told)).as(said).isGreaterThan(MODEST_BITS_PER_SECOND);
      assertThat(told.at("/AppInfo/ElapsedTime").asLong()).as(said).isGreaterThan(5_000_000);
    }
    double read = seen.at("/download/client/MeanClientMbps").asDouble() * 1e6;
    double sent = bitsPerSecond(seen.at("/download/server"));
    assertThat(read).as(said).isBetween(0.5 * sent, 1.5 * sent);
  }

  private static double bitsPerSecond(JsonNode measurement) {
    JsonNode app = measurement.path("AppInfo");
    return app.path("NumBytes").asDouble() * 8e6 / app.path("ElapsedTime").asDouble(1);
  }

  private static String run(Path folder, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(command[0]).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Counts what comes and keeps how it ended. */
  private static final class Ear implements WebSocket.Listener {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReference<String> text = new AtomicReference<>("");
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<String> told = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      bytes.addAndGet(data.remaining());
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      String whole = text.updateAndGet(before -> before + data);
      if (last) {
        told.complete(whole);
        text.set("");
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable fault) {
      closed.completeExceptionally(fault);
    }
  }

  private WebSocket open(String path, String subprotocol, WebSocket.Listener listener) {
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (!subprotocol.isEmpty()) {
      builder.subprotocols(subprotocol);
    }
    return builder.buildAsync(URI.create("ws" + url().substring(4) + path), listener).join();
  }

  private String url() {
    String url = server.base().toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?early_exit=100",
        "?early_exit=250&early_exit=250",
        "?client_name",
        "?client_name=",
        "?=x"
      })
  void aBadQueryIsRefused(String query) {
    assertThatThrownBy(
            () ->
                open(Ndt7Request.DOWNLOAD_PATH + query, Ndt7Request.SUBPROTOCOL, new Ear()).abort())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "chat"})
  void aClientThatDoesNotSpeakNdt7IsRefused(String subprotocol) {
    assertThatThrownBy(() -> open(Ndt7Request.UPLOAD_PATH, subprotocol, new Ear()).abort())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
  }

  @Test
  void loadInTheWrongDirectionClosesTheConnection() throws Exception {
    Ear ear = new Ear();
    WebSocket socket = open(Ndt7Request.DOWNLOAD_PATH, Ndt7Request.SUBPROTOCOL, ear);
    socket.sendBinary(ByteBuffer.allocate(8_192), true).join();

    assertThat(ear.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1008);
    socket.abort();
  }

  @Test
  void aMessageThatIsTooLongClosesTheConnection() throws Exception {
    Ear ear = new Ear();
    WebSocket socket = open(Ndt7Request.UPLOAD_PATH, Ndt7Request.SUBPROTOCOL, ear);
    ByteBuffer piece = ByteBuffer.allocate(1 << 20);
    for (int i = 0; i <= 16 && !ear.closed.isDone(); i++) {
      try {
        socket.sendBinary(piece.duplicate(), false).join();
      } catch (CompletionException closedMeanwhile) {
        break;
      }
    }

    assertThat(ear.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1009);
    socket.abort();
  }

  @Test
  void aMessageThatIsNoPowerOfTwoCountsAsWellAsAnyOther() throws Exception {
    Ear ear = new Ear();
    WebSocket socket = open(Ndt7Request.UPLOAD_PATH, Ndt7Request.SUBPROTOCOL, ear);
    socket.sendText("{\"AppInfo\":{}}", true).join();
    socket.sendBinary(ByteBuffer.allocate(1_001), true).join();

    JsonNode told = JSON.readTree(ear.told.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertThat(told.at("/AppInfo/NumBytes").asLong()).isIn(0L, 1_001L);
    socket.abort();
  }

  @Test
  void anEarlyExitEndsTheDownloadInGoodOrder() throws Exception {
    Ear ear = new Ear();
    open(Ndt7Request.DOWNLOAD_PATH + "?early_exit=250", Ndt7Request.SUBPROTOCOL, ear);

    assertThat(ear.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1000);
    assertThat(ear.bytes).hasPositiveValue();
    assertThat(ear.bytes.get()).isLessThan(252_000_000);
  }
}

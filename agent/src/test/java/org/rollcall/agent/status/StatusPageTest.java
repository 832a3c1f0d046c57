package org.rollcall.agent.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.agent.LocalPort;
import org.rollcall.agent.uplink.NetworkThreads;

class StatusPageTest {
  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");

  private final NetworkThreads network = new NetworkThreads(1);
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private volatile AgentStatus status = status(NOON, "", -31_536_000.0, null);

  @SuppressWarnings("NullAway.Init")
  private StatusPage page;

  private static AgentStatus status(
      @Nullable Instant connected,
      String closure,
      @Nullable Double skew,
      @Nullable String problem) {
    return new AgentStatus(
        "a-abc",
        "00701 旗城<b>第一</b>小学",
        "rollcall.example.org:8883",
        7_300,
        connected,
        closure,
        3,
        2_048,
        null,
        skew,
        12,
        problem,
        40L * 1024 * 1024,
        List.of(
            new AgentStatus.Look("link:wan", NOON, true, ""),
            new AgentStatus.Look("terminal:一(1)", NOON, false, "timeout"),
            new AgentStatus.Look("pc:1", null, null, "")));
  }

  @BeforeEach
  void start() {
    network.start();
    page = new StatusPage(new StatusSettings(true, 0), network.group(), worker, () -> status);
    page.start();
  }

  @AfterEach
  void stop() {
    page.close();
    worker.shutdownNow();
    network.close();
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(StatusPage.loopback(), page.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String get(String path, String... headers) throws IOException {
    return raw(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:8884\r\n"
            + String.join("", headers)
            + "\r\n");
  }

  @Test
  void theTextSaysInPlainWordsHowItIs() throws IOException {
    assertThat(StatusQuestion.ask(page.port(), "/status.txt?lang=en"))
        .contains(
            "School: 00701",
            "Server: connected to rollcall.example.org:8883 since ",
            "Waiting to be sent: 3 reports, 2 KiB",
            "Clock: 365 days behind the server: set it right",
            "Pushed configuration: revision 12",
            "Running for: 2 h",
            "Memory: 40.0 MiB",
            "link:wan  up",
            "terminal:一(1)  down: no answer",
            "pc:1  not looked at yet");
    assertThat(StatusQuestion.ask(page.port(), "/status.txt?lang=zh"))
        .contains("学校：00701", "已连接", "3 份报告", "比服务端慢 365 天", "不通：没有应答", "尚未采集");
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    status = status(null, "0x87 held", null, "revision 13: link:wan was pushed");
    assertThat(StatusQuestion.ask(page.port(), "/status.txt?lang=en"))
        .contains(
            "not connected to rollcall.example.org:8883 (0x87 held)",
            "how far it is off is not known",
            "the last one was refused: revision 13");
  }

  @Test
  void thePageSpeaksTheBrowsersLanguageAndTrustsNoName() throws IOException {
    assertThat(get("/", "Accept-Language: zh-CN,en;q=0.5\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .contains("text/html; charset=utf-8", "lang=\"zh-CN\"", "点到采集端", "&lt;b&gt;")
        .contains("Content-Security-Policy: default-src 'none'")
        .doesNotContain("<b>");
    assertThat(get("/?lang=en", "Accept-Language: zh-CN\r\n")).contains("Rollcall agent", ">down");
    assertThat(get("/")).contains("Rollcall agent");
  }

  @Test
  void theJsonIsForPrograms() throws IOException {
    String json = StatusQuestion.ask(page.port(), "/status.json");
    assertThat(json)
        .startsWith("{\"agent\":\"a-abc\",")
        .contains("\"connected\":true", "\"clockSkewSeconds\":-3.1536E7", "\"configProblem\":null")
        .contains(
            "{\"subject\":\"terminal:一(1)\",\"seen\":\"2026-11-20T04:00:00Z\",\"up\":false,"
                + "\"reason\":\"timeout\"}")
        .endsWith("]}\n");
  }

  @Test
  void anythingButASmallGetOfThisMachineIsRefused() throws IOException {
    assertThat(raw("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 405 ");
    assertThat(get("/etc/passwd")).startsWith("HTTP/1.1 404 ");
    assertThat(get("/../status.json")).startsWith("HTTP/1.1 404 ");
    assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example.org:8884\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(raw("GET / HTTP/1.1\r\nX: " + "x".repeat(5_000))).startsWith("HTTP/1.1 431 ");
    assertThat(get("/status.json")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void whoSaysNothingIsClosed() throws IOException {
    assertThat(raw("GET / HT")).isEmpty();
  }

  @Test
  void aPortThatIsTakenStopsNothing() throws IOException {
    try (StatusPage second =
        new StatusPage(
            new StatusSettings(true, page.port()), network.group(), worker, () -> status)) {
      second.start();
      assertThat(second.port()).isZero();
    }
    assertThat(get("/status.json")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void itIsOffWhereTheSettingsSaySo() {
    try (StatusPage off =
        new StatusPage(new StatusSettings(false, 0), network.group(), worker, () -> status)) {
      off.start();
      assertThat(off.port()).isZero();
    }
  }

  @Test
  void whereNoAgentRunsTheQuestionFails() {
    assertThatThrownBy(() -> StatusQuestion.ask(LocalPort.tcp(), "/status.json"))
        .isInstanceOf(IOException.class);
  }
}

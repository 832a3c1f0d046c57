package org.rollcall.collector.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.channels.Message.Tone;
import org.rollcall.config.SettingsReader;

/** Debian's Alertmanager on loopback, and whom it tells. */
class AlertmanagerIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final List<JsonNode> told = new CopyOnWriteArrayList<>();
  private HttpServer receiver;
  private Process alertmanager;
  private URI base;

  record Settings(List<ChannelSetting> channels) {}

  @BeforeEach
  void start() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          told.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    base = URI.create("http://127.0.0.1:" + port);
    Files.writeString(
        folder.resolve("alertmanager.yml"),
        """
        route: {receiver: test, group_wait: 0s, group_interval: 1s, group_by: [topic]}
        receivers:
          - name: test
            webhook_configs: [{url: "http://127.0.0.1:%d/", send_resolved: true}]
        """
            .formatted(receiver.getAddress().getPort()));
    alertmanager =
        new ProcessBuilder(
                "prometheus-alertmanager",
                "--config.file=alertmanager.yml",
                "--storage.path=data",
                "--cluster.listen-address=",
                "--web.listen-address=127.0.0.1:" + port)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> get("/-/ready").statusCode() == 200);
  }

  @AfterEach
  void end() throws Exception {
    alertmanager.destroy();
    if (!alertmanager.waitFor(30, TimeUnit.SECONDS)) {
      alertmanager.destroyForcibly();
    }
    receiver.stop(0);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(base.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private Channel channel() throws Exception {
    String yaml = "channels:\n  - {name: am, kind: alertmanager, url: \"" + base + "\"}\n";
    ChannelSetting setting =
        SettingsReader.read("test", yaml, folder, Settings.class).channels().get(0);
    return new AlertmanagerChannel(setting, new HttpDoor(setting), Clock.systemUTC());
  }

  private static Letter letter(Tone tone, String region) {
    Message message =
        new Message(
            "alert:7:" + tone,
            "alert:7",
            tone,
            region,
            new Words("线路中断:第一小学", "Line down: School 1"),
            List.of(new Words("端口已断开。", "The port is down.")),
            "/alerts/7");
    return Letter.of(List.of(message), List.of(), true, "https://rollcall.example");
  }

  @Test
  void anAlertIsFiringAndIsOverWhenItIs() throws Exception {
    Channel to = channel();
    assertThat(to.send(letter(Tone.RED, "440307"))).isEqualTo(Answer.OK);
    await().atMost(Duration.ofSeconds(60)).until(() -> told.size() == 1);
    JsonNode firing = told.get(0).path("alerts").path(0);
    assertThat(firing.path("status").asText()).isEqualTo("firing");
    assertThat(firing.path("labels").toString())
        .isEqualTo("{\"alertname\":\"alert\",\"region\":\"440307\",\"topic\":\"alert:7\"}");
    assertThat(firing.path("annotations").path("summary").asText()).isEqualTo("线路中断:第一小学");
    assertThat(firing.path("annotations").path("description").asText()).isEqualTo("端口已断开。");
    assertThat(firing.path("generatorURL").asText()).isEqualTo("https://rollcall.example/alerts/7");
    assertThat(JSON.readTree(get("/api/v2/alerts").body())).hasSize(1);
    assertThat(to.send(letter(Tone.GREEN, "440307"))).isEqualTo(Answer.OK);
    await().atMost(Duration.ofSeconds(60)).until(() -> told.size() == 2);
    assertThat(told.get(1).path("status").asText()).isEqualTo("resolved");
    assertThat(told.get(1).path("alerts").path(0).path("startsAt"))
        .isEqualTo(firing.path("startsAt"));
  }

  @Test
  void whenItIsAwayItIsTriedAgain() throws Exception {
    Channel to = channel();
    alertmanager.destroy();
    assertThat(alertmanager.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(to.send(letter(Tone.RED, ""))).isEqualTo(Answer.later("connect"));
  }
}

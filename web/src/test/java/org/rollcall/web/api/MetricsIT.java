package org.rollcall.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.intake.Sender;
import org.rollcall.web.AlertSetup;
import org.rollcall.web.TestServer;

/** What {@code /metrics} says, as docs/metrics.md has it, and as Debian's Prometheus reads it. */
@TestInstance(Lifecycle.PER_CLASS)
class MetricsIT {
  private static final Path ROOT = Path.of(System.getProperty("rollcall.root"));
  private static final Path EXAMPLES = ROOT.resolve("packaging/prometheus");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(rollcall_\\w+)` \\| (counter|gauge) \\| (.*?) \\| .+ \\|$");

  private Path folder;
  private TestServer server;

  /** A metric's type and the names of its labels. */
  private record Kind(String type, Set<String> labels) {}

  @BeforeAll
  void start(@TempDir Path given) throws Exception {
    folder = given;
    server =
        TestServer.start(
            folder, true, "{port: 0}", AlertSetup.in(folder, "http://127.0.0.1:1/hook"));
    refuseOneOfEach();
  }

  /** A metric that is counted by reason has no line before its first one. */
  private void refuseOneOfEach() throws Exception {
    server.collector().intake().refusedBefore(new Sender("agent", "school", "test"), "test", "");
    Process login =
        new ProcessBuilder(
                "mosquitto_pub",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(server.collector().ingest().plainPort()),
                "-u",
                "nobody",
                "-P",
                "wrong",
                "-t",
                "t",
                "-m",
                "m")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("login").toFile())
            .start();
    assertThat(login.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(login.exitValue()).isNotZero();
  }

  @AfterAll
  void end() {
    server.close();
  }

  private static String get(URI address) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private String scraped() throws Exception {
    return get(server.base().resolve("/metrics"));
  }

  private static Map<String, Kind> documented() throws IOException {
    Map<String, Kind> kinds = new TreeMap<>();
    List<MatchResult> rows =
        ROW.matcher(Files.readString(ROOT.resolve("docs/metrics.md"))).results().toList();
    for (MatchResult row : rows) {
      Set<String> labels =
          Pattern.compile("`(\\w+)`")
              .matcher(row.group(3))
              .results()
              .map(label -> label.group(1))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(kinds.put(row.group(1), new Kind(row.group(2), labels)))
          .as("%s stands there once", row.group(1))
          .isNull();
    }
    return kinds;
  }

  @Test
  void everyMetricIsDocumentedAndNoneThatIsNotThere() throws Exception {
    Map<String, String> types = new TreeMap<>();
    Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$")
        .matcher(scraped())
        .results()
        .forEach(line -> types.put(line.group(1), line.group(2)));
    Map<String, String> told = new TreeMap<>();
    documented().forEach((name, kind) -> told.put(name, kind.type()));
    assertThat(types).hasSizeGreaterThan(30).isEqualTo(told);
  }

  @Test
  void theLabelsAreThoseThatAreDocumented() throws Exception {
    Map<String, Kind> told = documented();
    List<MatchResult> samples =
        Pattern.compile("(?m)^(rollcall_\\w+)\\{(.*)\\} ").matcher(scraped()).results().toList();
    assertThat(samples).hasSizeGreaterThan(10);
    for (MatchResult sample : samples) {
      Set<String> labels =
          Pattern.compile("(\\w+)=\"")
              .matcher(sample.group(2))
              .results()
              .map(label -> label.group(1))
              .collect(Collectors.toCollection(TreeSet::new));
      Kind kind = told.get(sample.group(1));
      assertThat(kind).as(sample.group(1)).isNotNull();
      assertThat(labels).as(sample.group(1)).isEqualTo(kind == null ? Set.of() : kind.labels());
    }
  }

  private static String run(Path in, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  @Test
  void theExamplesAreRightAndTheirAlertsFireWhenTheyShould() throws Exception {
    run(EXAMPLES, "promtool", "check", "config", "prometheus.yml");
    run(EXAMPLES, "promtool", "check", "rules", "--lint-fatal", "rollcall-alerts.yml");
    run(EXAMPLES, "promtool", "test", "rules", "rollcall-alerts.test.yml");
    String alerts = Files.readString(EXAMPLES.resolve("rollcall-alerts.yml"));
    Set<String> used =
        Pattern.compile("\\brollcall_\\w+")
            .matcher(alerts)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    assertThat(documented().keySet()).containsAll(used);
    String tests = Files.readString(EXAMPLES.resolve("rollcall-alerts.test.yml"));
    Pattern.compile("alert: (\\w+)")
        .matcher(alerts)
        .results()
        .forEach(alert -> assertThat(tests).contains('"' + alert.group(1) + '"'));
  }

  @Test
  void promtoolFindsNothingWrongWithWhatIsScraped() throws Exception {
    Path scrape = Files.writeString(folder.resolve("scrape"), scraped());
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(scrape.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(promtool.exitValue()).as(said).isZero();
  }

  @Test
  void prometheusReadsThisServerByTheExample() throws Exception {
    int port = freePort();
    Path its = Files.createDirectories(folder.resolve("prometheus"));
    Files.copy(EXAMPLES.resolve("rollcall-alerts.yml"), its.resolve("rollcall-alerts.yml"));
    String example = Files.readString(EXAMPLES.resolve("prometheus.yml"));
    Files.writeString(
        its.resolve("prometheus.yml"),
        example
            .replace("127.0.0.1:8080", "127.0.0.1:" + server.base().getPort())
            .replace(": 30s", ": 1s"));
    Process prometheus =
        new ProcessBuilder(
                "prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port)
            .directory(its.toFile())
            .redirectErrorStream(true)
            .redirectOutput(its.resolve("log").toFile())
            .start();
    try {
      URI base = URI.create("http://127.0.0.1:" + port);
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> asked(base, "up{job=\"rollcall\"}").equals(List.of("1")));
      assertThat(asked(base, "rollcall_channel_waiting{channel=\"hook\"}")).hasSize(1);
      assertThat(asked(base, "rollcall_heap_used_bytes > 1000000")).hasSize(1);
      await().atMost(Duration.ofSeconds(60)).until(() -> health(base).equals(Set.of("ok")));
    } finally {
      prometheus.destroy();
      if (!prometheus.waitFor(30, TimeUnit.SECONDS)) {
        prometheus.destroyForcibly();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The values that a question has now. */
  private static List<String> asked(URI base, String query) throws Exception {
    String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    JsonNode[] found =
        JSON.convertValue(
            JSON.readTree(get(base.resolve(path))).path("data").path("result"), JsonNode[].class);
    return found == null
        ? List.of()
        : Arrays.stream(found).map(one -> one.path("value").path(1).asText()).toList();
  }

  /** How the alerts fare: ok, unknown before the first time, err. */
  private static Set<String> health(URI base) throws Exception {
    Set<String> health = new TreeSet<>();
    JsonNode answer = JSON.readTree(get(base.resolve("/api/v1/rules")));
    answer.findValues("health").forEach(each -> health.add(each.asText()));
    return health;
  }
}

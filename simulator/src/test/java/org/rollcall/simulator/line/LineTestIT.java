package org.rollcall.simulator.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.agent.Agent;
import org.rollcall.agent.AgentSettings;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.enrolment.Enrolment;
import org.rollcall.agent.report.ReportSettings;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.agent.status.StatusSettings;
import org.rollcall.agent.throughput.LineTestSettings;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.UplinkSettings;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.collector.Collector;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.imports.ImportOptions;
import org.rollcall.collector.registry.imports.ImportResult;
import org.rollcall.collector.registry.imports.Imports;
import org.rollcall.config.DataSize;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.EnrolmentCode;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.web.Server;
import org.rollcall.web.ServerSettings;

/** A slot's whole way: plan, command, test, report, and what the collector then knows. */
class LineTestIT {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SCHOOL = "2144000011";
  private static final Path ROOT = Path.of(System.getProperty("rollcall.root", "."));

  private static final String PASSWORD = "correct-Horse-9";

  @TempDir private Path folder;
  private String cookie = "";

  /** Runs like the machine's, from wherever it was put. */
  private static final class MovedClock extends Clock {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    void put(Instant now) {
      ahead.set(Duration.between(Instant.now(), now));
    }

    @Override
    public ZoneId getZone() {
      return ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.offset(Clock.system(zone), ahead.get());
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead.get());
    }
  }

  private final MovedClock clock = new MovedClock();

  /** Today, or the Friday before: there are no slots where there are no lessons. */
  private static Instant today(LocalTime time) {
    LocalDate day = LocalDate.now(ZONE);
    while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
      day = day.minusDays(1);
    }
    return day.atTime(time).atZone(ZONE).toInstant();
  }

  private ServerSettings settings(String way) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("server.yaml"),
            """
            data: data
            publicAddress: 127.0.0.1
            http: {port: 0}
            mqtt: {tls: {bind: 127.0.0.1, port: 0}}
            calendar: '%s'
            targets: '%s'
            lineTests: {way: %s, seconds: 2, perSchoolDay: 16, udp: {bind: 127.0.0.1, port: 0}}
            ndt7: {tls: {bind: 127.0.0.1, port: 0}}
            """
                .formatted(
                    ROOT.resolve("config/calendars/demo.yaml").toAbsolutePath(),
                    ROOT.resolve("config/targets").toAbsolutePath(),
                    way));
    ServerSettings settings = SettingsReader.read(file, ServerSettings.class);
    Files.createDirectories(settings.data());
    try (Database database = Collector.database(settings.collector())) {
      Imports imports = new Imports(new Registry(database));
      Path regions = folder.resolve("regions.csv");
      Files.writeString(
          regions, "code,name,name_en\n440307,龙岗区,Longgang District\n440307001,龙城街道,Longcheng\n");
      Path schools = folder.resolve("schools.csv");
      Files.writeString(
          schools,
          "code,name,name_en,region,stage,tier,ownership,setting,students,teachers,classes,lon,lat,"
              + "medium,isp,contract_mbps,edu_network\n"
              + SCHOOL
              + ",明德中心小学,Mingde,440307001,primary,A,public,urban,200,12,2,114.2,22.7,fibre,ISP,"
              + "100,true\n");
      good(imports.regions(regions, ImportOptions.DEFAULT));
      good(imports.schools(schools, ImportOptions.DEFAULT));
    }
    return settings;
  }

  private static void good(ImportResult result) {
    assertThat(result.ok()).as(() -> result.lines(Locale.ENGLISH).toString()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"paced", "full"})
  void aSlotBecomesATestAndItsFiguresReachTheCollector(String way) throws Exception {
    clock.put(today(LocalTime.of(5, 0)));
    withAgent(
        way,
        server -> {
          Collector collector = server.collector();
          // The day is drawn in the early morning; its evening's slots are due before 22:00.
          clock.put(today(LocalTime.of(5, 10)));
          await().atMost(PATIENCE).until(() -> collector.lineTests().counts().lines() == 1);
          await().atMost(PATIENCE).until(() -> evening(collector) != null);
          Observation seen = Objects.requireNonNull(evening(collector));

          assertThat(seen.getReason()).as(seen.toString()).isEmpty();
          assertThat(seen.getMeasuresMap())
              .containsEntry("passed", 1.0)
              .containsEntry("targetBitsPerSecond", 10e6)
              .containsKeys("downloadBitsPerSecond", "uploadBitsPerSecond", "transferSeconds")
              .doesNotContainKey("asked");
          assertThat(collector.lineTests().counts().sent()).isPositive();
        });
  }

  @Test
  void aTechnicianHasTheLineTestedAtOnceAndTheResultSaysSo() throws Exception {
    clock.put(sunday());
    withAgent(
        "paced",
        server -> {
          Collector collector = server.collector();
          NewAccount li = new NewAccount("li", PASSWORD, Role.TECHNICIAN, "440307", null, false);
          assertThat(collector.accounts().add(Actor.console(), li)).isNull();
          String path = "/api/v1/schools/" + SCHOOL + "/test";
          HttpResponse<String> told = post(server, path, "{}");
          assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
          assertThat(post(server, path, "{}").body()).contains("too-soon");
          assertThat(post(server, path, "{\"line\": \"other\"}").body()).contains("no-target");
          await().atMost(PATIENCE).until(() -> tested(collector) != null);
          assertThat(Objects.requireNonNull(tested(collector)).getMeasuresMap())
              .containsEntry("asked", 1.0)
              .containsEntry("passed", 1.0);

          String look = "/api/v1/schools/" + SCHOOL + "/look";
          HttpResponse<String> looked = post(server, look, "{\"subjects\": [\"link:wan\"]}");
          assertThat(looked.statusCode()).as(looked.body()).isEqualTo(200);
          assertThat(collector.audit().list(new AuditLog.Filter("li", "ask."), 0, 9).entries())
              .extracting(AuditEntry::action)
              .containsExactly("ask.look", "ask.test");
          await().atMost(PATIENCE).until(() -> collector.agents().list().get(0).version() != null);
        });
  }

  /** There are no lessons, and so no slots. */
  private static Instant sunday() {
    LocalDate day = LocalDate.now(ZONE);
    while (day.getDayOfWeek() != DayOfWeek.SUNDAY) {
      day = day.minusDays(1);
    }
    return day.atTime(LocalTime.of(9, 0)).atZone(ZONE).toInstant();
  }

  private static @Nullable Observation tested(Collector collector) {
    return collector.pulse().school(SCHOOL).get("throughput:wan");
  }

  /** As the technician li. */
  private HttpResponse<String> post(Server server, String path, String body) throws Exception {
    if (cookie.isEmpty()) {
      String login = "{\"username\": \"li\", \"password\": \"" + PASSWORD + "\"}";
      HttpResponse<String> in = send(server, "/api/v1/session", login);
      assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
      cookie = in.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    }
    return send(server, path, body);
  }

  private HttpResponse<String> send(Server server, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!cookie.isEmpty()) {
      request.header("cookie", cookie);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** What is done with a server that an agent of the school has reported to. */
  private interface Visit {
    void of(Server server) throws Exception;
  }

  private void withAgent(String way, Visit visit) throws Exception {
    ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
    try (Server server = Server.start(settings(way), clock);
        NetworkThreads network = new NetworkThreads(1)) {
      network.start();
      Collector collector = server.collector();
      AgentKey key = AgentKey.generate();
      EnrolmentCode code =
          new EnrolmentCode(
              "127.0.0.1",
              collector.ingest().tlsPort(),
              HexFormat.of().formatHex(collector.identity().spkiSha256()),
              collector.agents().issueCode(SCHOOL, Duration.ofDays(2)));
      AgentIdentity identity = new Enrolment(network, clock, true).enrol(code, key);
      UplinkThreads shared = new UplinkThreads(network, worker, clock, new SecureRandom());
      try (Agent agent =
          new Agent(identity, key, folder.resolve("agent"), agentSettings(), shared)) {
        agent.start();
        await().atMost(PATIENCE).until(() -> collector.pulse().contact(SCHOOL) != null);
        visit.of(server);
      }
    } finally {
      worker.shutdownNow();
    }
  }

  /**
   * Moves the clock past the evening's slots; null until a test has been told. Of so many slots a
   * day not all fit into the morning, so there are some in the evening, whatever was drawn.
   */
  private @Nullable Observation evening(Collector collector) {
    if (clock.instant().isBefore(today(LocalTime.of(21, 30)))) {
      clock.put(today(LocalTime.of(21, 59)));
    }
    return tested(collector);
  }

  private AgentSettings agentSettings() {
    return new AgentSettings(
        folder,
        new SpoolSettings(DataSize.parse("64MiB"), Duration.ofMillis(100)),
        new ReportSettings(Duration.ofSeconds(1), Duration.ofMinutes(5)),
        new UplinkSettings(true, Duration.ofMillis(50), Duration.ofSeconds(1)),
        new StatusSettings(false, 0),
        Map.of(),
        null,
        new LineTestSettings(true, null),
        null,
        List.of());
  }
}

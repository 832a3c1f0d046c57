package org.rollcall.web.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.web.Server;
import org.rollcall.web.ServerSettings;
import org.rollcall.web.TestServer;

/** A backup of a running server, restored elsewhere, says the same of every school. */
class BackupIT {
  private static final String SCHOOL = TestServer.SCHOOLS.get(0);
  private static final Instant FIRST = Instant.parse("2026-01-10T00:00:00Z");

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void theRestoredServerSaysTheSame() throws Exception {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path backup = folder.resolve("backup");
    Map<String, String> before;
    byte[] key;
    long writtenBefore;
    try (TestServer server = TestServer.start(first, true)) {
      before = verdicts(server.base());
      key = server.collector().identity().spkiSha256();
      try (Load load = new Load(server.collector().store())) {
        await().atMost(Duration.ofMinutes(1)).until(() -> load.written.get() > 100);
        writtenBefore = load.written.get();
        assertThat(run("backup", backup, first)).isZero();
        assertThat(load.written.get()).isGreaterThan(writtenBefore);
      }
      assertThat(run("backup", backup, first)).as("a second backup into it").isEqualTo(1);
    }
    Path second = Files.createDirectory(folder.resolve("second"));
    Files.copy(first.resolve("outlines.geojson"), second.resolve("outlines.geojson"));
    Files.copy(first.resolve("server.yaml"), second.resolve("server.yaml"));
    assertThat(run("restore", backup, second)).isZero();
    assertThat(run("restore", backup, second)).as("a second restore into it").isEqualTo(1);
    ServerSettings settings =
        SettingsReader.read(second.resolve("server.yaml"), ServerSettings.class);
    try (Server server = Server.start(settings, Clock.systemUTC())) {
      assertThat(verdicts(URI.create(server.url()))).isEqualTo(before);
      assertThat(server.collector().identity().spkiSha256()).isEqualTo(key);
      List<Observation> kept =
          server
              .collector()
              .store()
              .range(SCHOOL, "link:load", FIRST, FIRST.plus(Duration.ofDays(1)));
      assertThat(kept).hasSizeGreaterThanOrEqualTo((int) writtenBefore);
      for (int i = 0; i < kept.size(); i++) {
        assertThat(kept.get(i)).isEqualTo(Load.row(i));
      }
    }
  }

  @Test
  void aStoppedServerIsBackedUpByTheCommandItself() throws Exception {
    Path first = Files.createDirectory(folder.resolve("first"));
    TestServer.start(first, true).close();
    Path backup = folder.resolve("backup");
    assertThat(run("backup", backup, first)).isZero();
    assertThat(backup.resolve("manifest.txt")).exists();
  }

  private static int run(String command, Path backup, Path server) {
    return Commands.run(
        command, backup.toString(), "--config", server.resolve("server.yaml").toString());
  }

  private Map<String, String> verdicts(URI base) throws IOException, InterruptedException {
    LocalDate day = LocalDate.now(ZoneId.of("Asia/Shanghai")).minusDays(1);
    Map<String, String> verdicts = new TreeMap<>();
    for (String school : TestServer.SCHOOLS) {
      URI call = base.resolve("/api/v1/schools/" + school + "/verdicts?at=" + day);
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(call).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      verdicts.put(school, answer.body());
    }
    return verdicts;
  }

  /** Writes one row after the other, each a second later than the last. */
  private static final class Load implements AutoCloseable {
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicLong written = new AtomicLong();
    private final Thread thread;

    Load(ObservationStore store) {
      thread = new Thread(() -> run(store), "load");
      thread.start();
    }

    private void run(ObservationStore store) {
      while (!ending.get() && written.get() < 80_000) {
        Report report =
            Report.newBuilder().setAgent("a-load").addObservations(row(written.get())).build();
        store.write(List.of(new SchoolReport(SCHOOL, report)));
        written.incrementAndGet();
      }
    }

    static Observation row(long number) {
      return Observation.newBuilder()
          .setSubject("link:load")
          .setTimeMillis(FIRST.plusSeconds(number).toEpochMilli())
          .putMeasures("up", 1)
          .build();
    }

    @Override
    public void close() {
      ending.set(true);
      await().atMost(Duration.ofMinutes(1)).until(() -> !thread.isAlive());
    }
  }
}

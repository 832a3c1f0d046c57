package org.rollcall.collector.store.influx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.parts.influx.InfluxServer;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** influxd is killed in the middle of writing: all it acknowledged is there, exactly once. */
class InfluxKillIT {
  private static final Instant T = Instant.parse("2026-03-02T08:00:00Z");
  private static final int BATCH = 500;
  private static final int SCHOOLS = 50;
  private static final int KILLS = 3;
  private static final int ENOUGH = 120;

  @TempDir Path folder;
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  @Test
  void whatWasAcknowledgedBeforeAKillIsThereExactlyOnce() throws Exception {
    InfluxServer server = InfluxServer.start(folder, InfluxServer.Options.USUAL);
    InfluxStore store = new InfluxStore(InfluxFixture.settings(server, "r"), Clock.systemUTC());
    try {
      store.start();
      CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(store));
      for (int kill = 1; kill <= KILLS; kill++) {
        awaitAcknowledged(writing, kill * ENOUGH / (KILLS + 1));
        server.kill();
        int before = refused.get();
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> refused.get() > before);
        server.start();
      }
      writing.get(120, TimeUnit.SECONDS);
      for (int school = 0; school < SCHOOLS; school++) {
        assertWhole(store, school);
      }
    } finally {
      store.close();
      server.close();
    }
  }

  private void awaitAcknowledged(CompletableFuture<Void> writing, int batches) {
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> {
              assertThat(writing).isNotCompletedExceptionally();
              return acknowledged.get() >= batches;
            });
  }

  /** Batch after batch, each until it is acknowledged; ends with the last. */
  private void write(InfluxStore store) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (acknowledged.get() < ENOUGH && System.nanoTime() < deadline) {
      try {
        store.write(batch(acknowledged.get()));
        acknowledged.incrementAndGet();
      } catch (StoreUnavailableException e) {
        refused.incrementAndGet();
      }
    }
  }

  private static List<SchoolReport> batch(int number) {
    List<SchoolReport> reports = new ArrayList<>();
    for (int i = number * BATCH; i < (number + 1) * BATCH; i++) {
      Report report = Report.newBuilder().setAgent("a-one").addObservations(row(i)).build();
      reports.add(new SchoolReport("s" + i % SCHOOLS, report));
    }
    return reports;
  }

  /** Row i is of school i mod SCHOOLS at T + i/SCHOOLS milliseconds, with the value i. */
  private static Observation row(int i) {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(T.toEpochMilli() + i / SCHOOLS)
        .putMeasures("up", 1)
        .putMeasures("value", i)
        .build();
  }

  private static void assertWhole(InfluxStore store, int school) {
    List<Observation> rows = store.range("s" + school, "link:wan", T, T.plusSeconds(3_600));
    assertThat(rows).hasSize(ENOUGH * BATCH / SCHOOLS);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).equals(row(i * SCHOOLS + school))).as("row %d", i).isTrue();
    }
  }
}

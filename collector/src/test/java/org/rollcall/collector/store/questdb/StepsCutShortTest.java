package org.rollcall.collector.store.questdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * A process that is killed in the middle of adding a measure's column, packing, merging late rows,
 * or unpacking. At every step on the disk the folder is copied as a kill would leave it; from every
 * copy a store opens that has all that was acknowledged, once, and goes on.
 */
class StepsCutShortTest {
  static {
    LogBridge.install(); // before the camera, which is already one of QuestDB's classes
  }

  private static final Instant T = Instant.parse("2026-03-02T00:00:00Z");
  private static final Instant END = T.plus(Duration.ofDays(3));

  @TempDir Path directory;
  @TempDir Path copies;
  private final KillCamera camera = new KillCamera();
  private QuestDbStore store;
  private final List<Observation> written = new ArrayList<>();

  @BeforeEach
  void begin() {
    store = new QuestDbStore(directory, false, QuestDbStore.Upkeep.NONE, Clock.systemUTC(), camera);
    store.start();
    write(IntStream.range(0, 50).mapToObj(i -> row(i * 1_000)).toArray(Observation[]::new));
    write(row(2 * 86_400_000));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void inTheMiddleOfPacking() {
    shoot(store::packAll);
    assertAllWhole(8);
  }

  @Test
  void inTheMiddleOfMergingLateRows() {
    store.packAll();
    shoot(() -> write(row(17)));
    assertAllWhole(4);
  }

  @Test
  void inTheMiddleOfAddingAMeasure() {
    shoot(() -> write(row(50_000).toBuilder().putMeasures("more", 1).build()));
    assertAllWhole(4);
  }

  @Test
  void inTheMiddleOfUnpacking() {
    store.packAll();
    shoot(() -> write(row(17).toBuilder().putMeasures("more", 1).build()));
    assertAllWhole(10);
  }

  private void shoot(Runnable work) {
    camera.shoot(directory, copies, work);
  }

  private void assertAllWhole(int atLeast) {
    assertThat(camera.taken()).isGreaterThanOrEqualTo(atLeast);
    written.sort((a, b) -> Long.compare(a.getTimeMillis(), b.getTimeMillis()));
    for (int i = 0; i < camera.taken(); i++) {
      try (QuestDbStore copy = new QuestDbStore(copies.resolve("copy-" + i), false)) {
        copy.start();
        copy.settle();
        assertThat(copy.range("s1", "link:wan", T, END)).as("copy %d", i).isEqualTo(written);
        copy.packAll();
        Observation late = row(30_500);
        copy.write(List.of(report(late)));
        copy.settle();
        assertThat(copy.range("s1", "link:wan", T, END))
            .as("copy %d, gone on", i)
            .hasSize(written.size() + 1)
            .contains(late);
      }
    }
  }

  private void write(Observation... rows) {
    written.addAll(List.of(rows));
    store.write(List.of(report(rows)));
    store.settle();
  }

  private static SchoolReport report(Observation... rows) {
    return new SchoolReport(
        "s1", Report.newBuilder().setAgent("a-one").addAllObservations(List.of(rows)).build());
  }

  private static Observation row(int millis) {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(T.toEpochMilli() + millis)
        .putMeasures("up", 1)
        .putMeasures("value", millis)
        .setReason("rebooted")
        .build();
  }
}

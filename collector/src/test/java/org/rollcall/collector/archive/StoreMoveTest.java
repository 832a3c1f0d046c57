package org.rollcall.collector.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.archive.StoreMove.DiffersException;
import org.rollcall.collector.archive.StoreMove.Moved;
import org.rollcall.collector.store.MemoryStore;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.collector.store.questdb.QuestDbStore;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

class StoreMoveTest {
  private static final Instant T = Instant.parse("2026-03-02T20:00:00Z");
  private static final int SCHOOLS = 3;
  private static final int HOURS = 50;

  @TempDir Path folder;
  private QuestDbStore questDb;
  private final MemoryStore memory = new MemoryStore();
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void open() {
    questDb = new QuestDbStore(folder, false);
    questDb.start();
  }

  @AfterEach
  void close() {
    questDb.close();
  }

  @Test
  void carriesEveryRowThereAndBack() {
    fill(questDb);
    Moved there = new StoreMove(questDb, memory, progress::add).move();
    assertThat(there.rows()).isEqualTo(SCHOOLS * (HOURS + 1L));
    assertThat(there.schoolDays()).isEqualTo(there.copied()).isEqualTo(SCHOOLS * 3L);
    assertThat(progress).hasSize(3);
    try (QuestDbStore second = new QuestDbStore(folder.resolve("second"), false)) {
      second.start();
      Moved back = new StoreMove(memory, second, progress::add).move();
      assertThat(back).isEqualTo(there);
      assertThat(rows(second)).isEqualTo(rows(questDb)).hasSize((int) there.rows());
    }
  }

  @Test
  void aSecondRunCopiesNothing() {
    fill(questDb);
    Moved first = new StoreMove(questDb, memory, progress::add).move();
    int writes = memory.writes();
    Moved second = new StoreMove(questDb, memory, progress::add).move();
    assertThat(second.copied()).isZero();
    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(memory.writes()).isEqualTo(writes);
  }

  @Test
  void aRunCutShortIsFinishedByTheNext() {
    fill(questDb);
    StoreMove cut =
        new StoreMove(
            questDb,
            memory,
            day -> memory.fail(new StoreUnavailableException("The target went away.")));
    assertThatThrownBy(cut::move).isInstanceOf(StoreUnavailableException.class);
    assertThat(memory.days()).hasSize(1);
    memory.recover();
    Moved whole = new StoreMove(questDb, memory, progress::add).move();
    assertThat(whole.copied()).isEqualTo(SCHOOLS * 2L);
    assertThat(rows(memory)).isEqualTo(rows(questDb));
  }

  @Test
  void aDayCopiedInPartIsMadeWhole() {
    fill(questDb);
    memory.write(List.of(new SchoolReport("s1", report(link(T, 0)))));
    Moved whole = new StoreMove(questDb, memory, progress::add).move();
    assertThat(whole.copied()).isEqualTo(SCHOOLS * 3L);
    assertThat(rows(memory)).isEqualTo(rows(questDb));
  }

  @Test
  void aRowTooManyInTheTargetIsNamed() {
    fill(questDb);
    memory.write(List.of(new SchoolReport("s1", report(link(T.plusMillis(1), 0)))));
    assertThatThrownBy(() -> new StoreMove(questDb, memory, progress::add).move())
        .isInstanceOf(DiffersException.class)
        .hasMessageStartingWith(
            "School s1 differs on 2026-03-02 (UTC): 5 rows in the source, 6 in");
  }

  @Test
  void aSchoolTooManyInTheTargetIsNamed() {
    fill(questDb);
    memory.write(List.of(new SchoolReport("stray", report(link(T, 0)))));
    assertThatThrownBy(() -> new StoreMove(questDb, memory, progress::add).move())
        .isInstanceOf(DiffersException.class)
        .hasMessageStartingWith(
            "School stray differs on 2026-03-02 (UTC): 0 rows in the source, 1");
  }

  private static void fill(ObservationStore store) {
    Gap gap =
        Gap.newBuilder()
            .setFromMillis(T.toEpochMilli())
            .setToMillis(T.plusSeconds(600).toEpochMilli())
            .setFromSeq(11)
            .setToSeq(30)
            .setReason("spool-full")
            .build();
    for (int school = 0; school < SCHOOLS; school++) {
      Report.Builder report = Report.newBuilder().setAgent("a-one").addGaps(gap);
      for (int hour = 0; hour < HOURS; hour++) {
        report.addObservations(link(T.plus(Duration.ofHours(hour)), hour));
      }
      store.write(List.of(new SchoolReport("s" + school, report.build())));
    }
    store.settle();
  }

  private static Report report(Observation seen) {
    return Report.newBuilder().setAgent("a-one").addObservations(seen).build();
  }

  private static Observation link(Instant t, double inBitsPerSecond) {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(t.toEpochMilli())
        .putMeasures("up", 1)
        .putMeasures("inBitsPerSecond", inBitsPerSecond)
        .setReason("rebooted")
        .build();
  }

  private static List<String> rows(ObservationStore store) {
    List<String> rows = new ArrayList<>();
    for (int school = 0; school < SCHOOLS; school++) {
      store.visit(
          "s" + school,
          T.minusSeconds(86_400),
          T.plusSeconds(86_400 * 9),
          (at, row) -> rows.add(at + ' ' + row));
    }
    return rows;
  }
}

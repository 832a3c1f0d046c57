package org.rollcall.collector.store.questdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.Point;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** Days that were packed before their kind learned a measure, and late rows that carry it. */
class LateMeasuresTest {
  private static final Instant T = Instant.parse("2026-03-02T00:00:00Z");
  private static final Instant END = T.plus(Duration.ofDays(5));
  private static final int DAY = 86_400_000;

  @TempDir Path directory;
  private QuestDbStore store;
  private final List<Observation> written = new ArrayList<>();

  @BeforeEach
  void open() {
    store = new QuestDbStore(directory, false);
    store.start();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void daysWithFewerColumnsAreAnsweredAsTheyLie() {
    write(row(0, "up"), row(DAY, "up"));
    store.packAll();
    write(row(2 * DAY, "up", "more"));
    store.packAll();
    write(row(3 * DAY, "up", "more", "most"));
    assertWhole();
    assertThat(store.storedDays())
        .extracting(StoredDay::isPacked)
        .containsExactly(true, true, true, false);
    ObservationStore.Steps steps = new ObservationStore.Steps(T, END, Duration.ofDays(1));
    assertThat(store.series("s1", "link:wan", "more", steps))
        .extracting(Point::count)
        .containsExactly(0, 0, 1, 1, 0);
    List<Observation> newest = new ArrayList<>();
    store.latest(T, (school, seen) -> newest.add(seen));
    assertThat(newest).containsExactly(row(3 * DAY, "up", "more", "most"));
  }

  @Test
  void aMeasureThatBeganInTheMiddleOfADayKeepsItsPlace() {
    write(rows(0, 50, "up"));
    write(rows(50, 100, "up", "half"));
    write(row(2 * DAY, "up", "half", "other"));
    store.packAll();
    assertWhole();
    write(row(7_777, "up", "late"));
    assertWhole();
    store.packAll();
    assertWhole();
    write(row(8_888, "up", "later"));
    assertWhole();
  }

  @Test
  void aDayOfSeveralRowGroupsIsUnpackedWhole() {
    write(rows(0, 110_000, "up"));
    write(rows(110_000, 130_000, "up", "second"));
    write(rows(130_000, 220_000, "up"));
    write(row(2 * DAY, "up", "second", "never"));
    store.packAll();
    write(row(DAY - 1, "up", "late"));
    assertWhole();
    store.packAll();
    assertWhole();
    write(row(DAY - 2, "up", "later"));
    assertWhole();
  }

  @Test
  void theDayIsWholeAfterAnotherStart() {
    write(rows(0, 50, "up"));
    write(rows(50, 100, "up", "half"));
    write(row(2 * DAY, "up"));
    store.packAll();
    write(row(7_777, "late"));
    store.close();
    open();
    store.settle();
    assertWhole();
  }

  private void assertWhole() {
    written.sort(Comparator.comparingLong(Observation::getTimeMillis));
    List<Observation> visited = new ArrayList<>();
    store.visit("s1", T, END, (school, seen) -> visited.add(seen));
    assertThat(visited.equals(written)).isTrue(); // a list of this length cannot be told
    assertThat(store.range("s1", "link:wan", T, END).equals(written)).isTrue();
  }

  private static Observation[] rows(int from, int to, String... measures) {
    return IntStream.range(from, to)
        .mapToObj(i -> row(i * 200, measures))
        .toArray(Observation[]::new);
  }

  private static Observation row(int millis, String... measures) {
    Observation.Builder row =
        Observation.newBuilder().setSubject("link:wan").setTimeMillis(T.toEpochMilli() + millis);
    for (String measure : measures) {
      row.putMeasures(measure, millis + 1);
    }
    return row.build();
  }

  private void write(Observation... rows) {
    written.addAll(List.of(rows));
    Report report = Report.newBuilder().setAgent("a-one").addAllObservations(List.of(rows)).build();
    store.write(List.of(new SchoolReport("s1", report)));
    store.settle();
  }
}

package org.rollcall.collector.store.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.collector.store.TooOld;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** Which days the store packs and drops by itself, and which it never does. */
class ClosedDaysIT {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-02");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration WEEK = Duration.ofDays(7);

  @TempDir Path directory;

  @Test
  void daysThatAreOverForLongEnoughArePackedAndTheNewestIsNot() {
    write(0, 10);
    try (QuestDbStore store = opened(Duration.ofDays(3), Duration.ZERO, at(10, 12))) {
      // Day 6 ended three and a half days before noon of day 10, day 7 two and a half.
      awaitPacked(store, 7);
      assertThat(rows(store, 0, 11)).hasSize(22);
    }
    try (QuestDbStore store = opened(Duration.ofDays(3), Duration.ZERO, at(400, 0))) {
      awaitPacked(store, 10);
      assertThat(rows(store, 0, 11)).hasSize(22);
    }
  }

  @Test
  void nothingIsPackedWhereThatIsOff() {
    write(0, 3);
    try (QuestDbStore store = opened(Duration.ZERO, Duration.ZERO, at(400, 0))) {
      store.settle();
      assertThat(store.storedDays()).hasSize(8).noneMatch(StoredDay::isPacked);
    }
  }

  @Test
  void aDayThatLateRowsHaveUnpackedIsPackedAgain() {
    write(0, 3);
    try (QuestDbStore store = opened(Duration.ofDays(1), Duration.ZERO, at(300, 0))) {
      awaitPacked(store, 3);
      Observation late =
          Observation.newBuilder()
              .setSubject("link:wan")
              .setTimeMillis(at(1, 3).toEpochMilli())
              .putMeasures("newMeasure", 42)
              .build();
      write(store, late);
      assertThat(rows(store, 1, 2)).contains(late).hasSize(3);
    }
    try (QuestDbStore store = opened(Duration.ofDays(1), Duration.ZERO, at(300, 0))) {
      awaitPacked(store, 3);
      assertThat(rows(store, 1, 2)).hasSize(3);
    }
  }

  @Test
  void daysOlderThanKeptAreDroppedWhole() {
    write(0, 20);
    try (QuestDbStore store = opened(Duration.ofDays(3), WEEK, at(20, 12))) {
      // Day 12 ended before noon of day 13, which is a week before.
      await().atMost(PATIENCE).until(() -> store.days().first().equals(FIRST.plusDays(13)));
      assertThat(store.keptSince()).isEqualTo(at(13, 0));
      assertThat(rows(store, 0, 13)).isEmpty();
      assertThat(rows(store, 13, 21)).hasSize(16);
      assertThat(store.refuses(report(link(at(14, 0).minusMillis(1))))).isEqualTo(TooOld.REASON);
      assertThat(store.refuses(report(link(at(14, 0))))).isNull();
    }
    try (QuestDbStore store = opened(Duration.ofDays(3), Duration.ZERO, at(20, 12))) {
      assertThat(store.keptSince()).isEqualTo(at(13, 0));
      assertThat(store.refuses(report(link(at(2, 0))))).isNull();
    }
  }

  @Test
  void aClockThatLeapsAYearDropsNothingThatIsStillNeeded() {
    write(0, 7);
    try (QuestDbStore store = opened(Duration.ofDays(3), WEEK, at(7 + 365, 12))) {
      await().atMost(PATIENCE).until(() -> store.days().first().equals(FIRST.plusDays(1)));
      awaitPacked(store, 6); // the drop of another day would have come before
      assertThat(store.days()).hasSize(7);
      assertThat(store.keptSince()).isEqualTo(at(1, 0));
      // Observations of the time that has not come push out one day for each of theirs.
      write(store, link(at(7 + 365, 12)));
      assertThat(store.days().last()).isEqualTo(FIRST.plusDays(7 + 365));
    }
    try (QuestDbStore store = opened(Duration.ofDays(3), WEEK, at(7 + 365, 12))) {
      await().atMost(PATIENCE).until(() -> store.days().first().equals(FIRST.plusDays(2)));
      assertThat(store.days()).hasSize(7);
    }
  }

  @Test
  void whatWasBeingDroppedIsDroppedAfterAnAbruptEnd() throws Exception {
    write(0, 5);
    Files.writeString(directory.resolve(Retention.FILE), FIRST.plusDays(2) + "\n");
    try (QuestDbStore store = opened(Duration.ZERO, WEEK, at(5, 12))) {
      assertThat(store.keptSince()).isEqualTo(at(2, 0));
      await().atMost(PATIENCE).until(() -> store.days().first().equals(FIRST.plusDays(2)));
      assertThat(store.days()).hasSize(4);
    }
  }

  @Test
  void aStoreFilledFromABackupDoesNotClaimWhatItNeverHad() {
    write(10, 20);
    try (QuestDbStore store = opened(Duration.ZERO, Duration.ofDays(30), at(20, 12))) {
      assertThat(store.keptSince()).isEqualTo(at(20 - 30, 0));
    }
  }

  @Test
  void aDayThatCannotBeReadIsTold() throws Exception {
    Files.writeString(directory.resolve(Retention.FILE), "yesterday");
    QuestDbStore store =
        new QuestDbStore(directory, false, new QuestDbStore.Upkeep(WEEK, WEEK), Clock.systemUTC());
    assertThatThrownBy(store::start)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("kept-since")
        .hasMessageContaining("Write that day into it");
    store.close();
  }

  @Test
  void aKindOfWhichNothingNewComesIsDroppedToTheLastDay() {
    try (QuestDbStore store = opened(Duration.ZERO, Duration.ZERO, at(0, 0))) {
      write(store, Observation.newBuilder().setSubject("old:a").setTimeMillis(millis(0)).build());
    }
    write(0, 20);
    try (QuestDbStore store = opened(Duration.ofDays(1), WEEK, at(20, 12))) {
      await().atMost(PATIENCE).until(() -> store.days().first().equals(FIRST.plusDays(13)));
      assertThat(store.storedDays()).noneMatch(day -> day.kind().equals("old"));
      Observation again =
          Observation.newBuilder().setSubject("old:a").setTimeMillis(millis(20)).build();
      write(store, again);
      assertThat(rows(store, 20, 21)).contains(again);
    }
  }

  private void awaitPacked(QuestDbStore store, int daysOfAKind) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(packed(store, "link")).hasSize(daysOfAKind);
              assertThat(packed(store, "pc")).hasSize(daysOfAKind);
            });
  }

  private static List<LocalDate> packed(QuestDbStore store, String kind) {
    return store.storedDays().stream()
        .filter(day -> day.kind().equals(kind) && day.isPacked())
        .map(StoredDay::day)
        .toList();
  }

  /** A line and a computer at noon of each day. */
  private void write(int first, int last) {
    try (QuestDbStore store = opened(Duration.ZERO, Duration.ZERO, at(0, 0))) {
      List<Observation> seen = new ArrayList<>();
      for (int day = first; day <= last; day++) {
        seen.add(link(at(day, 12)));
        seen.add(
            Observation.newBuilder()
                .setSubject("pc:a")
                .setTimeMillis(millis(day))
                .putMeasures("up", 1)
                .build());
      }
      write(store, seen.toArray(new Observation[0]));
    }
  }

  private static void write(QuestDbStore store, Observation... seen) {
    store.write(List.of(new SchoolReport("s1", report(seen))));
    store.settle();
  }

  private static Report report(Observation... seen) {
    return Report.newBuilder().setAgent("a-one").addAllObservations(List.of(seen)).build();
  }

  private static Observation link(Instant t) {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(t.toEpochMilli())
        .putMeasures("up", 1)
        .build();
  }

  private static List<Observation> rows(QuestDbStore store, int fromDay, int toDay) {
    List<Observation> rows = new ArrayList<>();
    store.visit("s1", at(fromDay, 0), at(toDay, 0), (school, seen) -> rows.add(seen));
    return rows;
  }

  private static long millis(int day) {
    return at(day, 12).toEpochMilli();
  }

  private static Instant at(int day, int hour) {
    return FIRST.plusDays(day).atTime(hour, 0).toInstant(ZoneOffset.UTC);
  }

  private QuestDbStore opened(Duration packAfter, Duration keep, Instant now) {
    QuestDbStore store =
        new QuestDbStore(
            directory,
            false,
            new QuestDbStore.Upkeep(packAfter, keep),
            Clock.fixed(now, ZoneOffset.UTC));
    store.start();
    return store;
  }
}

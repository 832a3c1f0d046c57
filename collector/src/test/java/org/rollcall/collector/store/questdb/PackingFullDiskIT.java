package org.rollcall.collector.store.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.slf4j.LoggerFactory;

/** A day is to be packed on a real disk that is full. */
class PackingFullDiskIT {
  private static final Instant T = Instant.parse("2026-03-02T00:00:00Z");
  private static final int ROWS = 80_000;
  private static final int MIB = 1 << 20;

  @TempDir Path folder;
  private Path disk;
  private final Logger log = (Logger) LoggerFactory.getLogger(ClosedDays.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();

  @BeforeEach
  void listen() {
    said.list = new CopyOnWriteArrayList<>();
    said.start();
    log.addAppender(said);
  }

  @AfterEach
  void listenNoMore() {
    log.detachAppender(said);
  }

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    command("mount", "-t", "tmpfs", "-o", "size=128m", "rollcall-test", disk.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    command("umount", disk.toString());
  }

  @Test
  void theDayStaysAsItWasAndIsPackedWhenThereIsRoom() throws IOException {
    Path directory = disk.resolve("store");
    try (QuestDbStore store = new QuestDbStore(directory, false)) {
      store.start();
      Random random = new Random(1);
      write(store, IntStream.range(0, ROWS).mapToObj(i -> row(i, random.nextDouble())).toList());
      write(store, List.of(row(86_400_000, 0)));
      fill();
      assertThatThrownBy(store::packAll).isInstanceOf(StoreUnavailableException.class);
      assertThat(store.storedDays()).hasSize(2).noneMatch(StoredDay::isPacked);
      assertThat(rows(store)).isEqualTo(ROWS);
      Files.delete(disk.resolve("filling"));
      store.packAll();
      assertThat(store.storedDays()).hasSize(2).allMatch(StoredDay::isPacked);
      assertThat(rows(store)).isEqualTo(ROWS);
      write(store, List.of(row(ROWS, 1)));
      assertThat(rows(store)).isEqualTo(ROWS + 1);
    }
  }

  @Test
  void theStoreGoesOnWhenADayCannotBePacked() throws IOException {
    Path directory = disk.resolve("store");
    try (QuestDbStore store = new QuestDbStore(directory, false)) {
      store.start();
      Random random = new Random(1);
      write(store, IntStream.range(0, ROWS).mapToObj(i -> row(i, random.nextDouble())).toList());
      write(store, List.of(row(86_400_000, 0), row(2 * 86_400_000, 0)));
    }
    fill();
    Clock later = Clock.fixed(T.plus(Duration.ofDays(9)), ZoneOffset.UTC);
    QuestDbStore.Upkeep upkeep = new QuestDbStore.Upkeep(Duration.ofDays(1), Duration.ZERO);
    try (QuestDbStore store = new QuestDbStore(directory, false, upkeep, later)) {
      store.start();
      store.settle();
      await().atMost(Duration.ofSeconds(60)).until(this::packingWasTried);
      assertThat(rows(store)).isEqualTo(ROWS);
      Files.delete(disk.resolve("filling"));
      write(store, List.of(row(ROWS, 1)));
      assertThat(rows(store)).isEqualTo(ROWS + 1);
    }
    try (QuestDbStore store = new QuestDbStore(directory, false, upkeep, later)) {
      store.start();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> store.storedDays().stream().filter(StoredDay::isPacked).count() == 2);
      assertThat(rows(store)).isEqualTo(ROWS + 1);
    }
  }

  private boolean packingWasTried() {
    return List.copyOf(said.list).stream()
        .anyMatch(event -> event.getMessage().startsWith("A closed day could not be packed"));
  }

  private static int rows(QuestDbStore store) {
    return store.range("s1", "link:wan", T, T.plus(Duration.ofDays(1))).size();
  }

  private static void write(QuestDbStore store, List<Observation> rows) {
    Report report = Report.newBuilder().setAgent("a-one").addAllObservations(rows).build();
    store.write(List.of(new SchoolReport("s1", report)));
    store.settle();
  }

  private static Observation row(int millis, double value) {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(T.toEpochMilli() + millis)
        .putMeasures("value", value)
        .putMeasures("other", 1 - value)
        .build();
  }

  /** All but a few KiB. */
  private void fill() throws IOException {
    long room = Files.getFileStore(disk).getUsableSpace() - 64 * 1024;
    byte[] some = new byte[MIB];
    try (OutputStream out = Files.newOutputStream(disk.resolve("filling"))) {
      for (long left = room; left > 0; left -= some.length) {
        out.write(some, 0, (int) Math.min(some.length, left));
      }
    }
  }

  private static void command(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}

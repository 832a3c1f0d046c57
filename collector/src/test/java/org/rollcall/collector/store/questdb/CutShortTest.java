package org.rollcall.collector.store.questdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * A process that was killed while QuestDB made or altered a table: the store opens, keeps what it
 * acknowledged, and takes new observations of every kind. The damage is what was found on the disk
 * after real kills.
 */
class CutShortTest {
  private static final long TIME = Instant.parse("2026-03-02T08:00:00Z").toEpochMilli();

  @TempDir private Path directory;

  @BeforeEach
  void aStoreWithTwoTables() {
    write("link:wan", "pc:r1-01");
  }

  @Test
  void aTableWithAnEmptyDescriptionIsMadeAnew() throws Exception {
    Files.write(table("o_pc").resolve("txn_seq/_meta"), new byte[4_096]);
    mark("o_pc");
    assertThatAllKindsWork("link:wan");
  }

  @Test
  void aTableWithoutItsLogIsMadeAnew() throws Exception {
    Path log = table("o_pc").resolve("txn_seq");
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(log);
    mark("o_pc");
    assertThatAllKindsWork("link:wan");
  }

  @Test
  void aFolderThatIsNoTableYetIsRemoved() throws Exception {
    Path begun = Files.createDirectory(table("o_pc").resolveSibling("o_switch~9"));
    mark("o_switch");
    assertThatAllKindsWork("link:wan", "pc:r1-01");
    assertThat(begun).doesNotExist();
  }

  @Test
  void aWholeTableIsKeptThoughItsMarkIsStillThere() throws Exception {
    mark("o_pc");
    assertThatAllKindsWork("link:wan", "pc:r1-01");
    assertThat(directory.resolve("making")).isEmptyDirectory();
  }

  @Test
  void aColumnThatWasBeingAddedDoesNotLeaveTheTableClosed() throws Exception {
    Path table = table("o_pc");
    Files.deleteIfExists(table.resolve("_meta.prev"));
    Files.move(table.resolve("_meta"), table.resolve("_meta.prev"));
    assertThatAllKindsWork("link:wan", "pc:r1-01");
  }

  private void mark(String table) throws IOException {
    Files.createDirectories(directory.resolve("making"));
    Files.createFile(directory.resolve("making").resolve(table));
  }

  private Path table(String name) throws IOException {
    try (Stream<Path> tables = Files.list(directory.resolve("db"))) {
      return tables
          .filter(path -> path.getFileName().toString().matches(name + "~\\d+"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void write(String... subjects) {
    try (QuestDbStore store = new QuestDbStore(directory, false)) {
      store.start();
      store.write(List.of(report(TIME, subjects)));
      store.settle();
    }
  }

  private static SchoolReport report(long time, String... subjects) {
    Report.Builder report = Report.newBuilder().setAgent("a-test");
    for (String subject : subjects) {
      report.addObservations(
          Observation.newBuilder().setSubject(subject).setTimeMillis(time).putMeasures("up", 1));
    }
    return new SchoolReport("0144307001", report.build());
  }

  private void assertThatAllKindsWork(String... kept) {
    try (QuestDbStore store = new QuestDbStore(directory, false)) {
      store.start();
      store.write(List.of(report(TIME + 60_000, "link:wan", "pc:r1-01", "switch:core")));
      store.settle();
      for (String subject : List.of("link:wan", "pc:r1-01", "switch:core")) {
        int before = List.of(kept).contains(subject) ? 1 : 0;
        assertThat(
                store.range(
                    "0144307001",
                    subject,
                    Instant.ofEpochMilli(TIME),
                    Instant.ofEpochMilli(TIME + 120_000)))
            .as(subject)
            .hasSize(before + 1);
      }
    }
  }
}

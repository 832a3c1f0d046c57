package org.rollcall.collector.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final String ADD_ONE = "UPDATE register_revision SET revision = revision + 1";

  @TempDir Path folder;

  @Test
  void opensWithWriteAheadLogForeignKeysAndFullSync() {
    try (Database database = Database.open(file())) {
      assertThat(pragma(database.jdbi(), "journal_mode")).isEqualTo("wal");
      assertThat(pragma(database.jdbi(), "foreign_keys")).isEqualTo("1");
      assertThat(pragma(database.jdbi(), "synchronous")).isEqualTo("2");
      assertThat(pragma(database.jdbi(), "busy_timeout")).isEqualTo("30000");
    }
    try (Database database = Database.open(file(), Database.Sync.PROCESS)) {
      assertThat(pragma(database.jdbi(), "synchronous")).isEqualTo("1");
    }
  }

  @Test
  void keepsWhatWasWrittenWhenOpenedAgain() {
    try (Database database = Database.open(file())) {
      database.jdbi().useHandle(handle -> handle.execute(ADD_ONE));
    }
    try (Database database = Database.open(file())) {
      assertThat(revision(database)).isEqualTo(1);
    }
  }

  @Test
  void transactionsOfManyThreadsOnTwoOpenDatabasesLoseNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (Database one = Database.open(file(), Database.Sync.PROCESS);
        Database two = Database.open(file(), Database.Sync.PROCESS)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Jdbi jdbi = (i % 2 == 0 ? one : two).jdbi();
        writers.add(threads.submit(() -> readThenWrite(jdbi, 40)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      assertThat(revision(one)).isEqualTo(240);
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void twoOpenersOfANewFileBothFindTheSchema() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Long>> openers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        openers.add(
            threads.submit(
                () -> {
                  try (Database database = Database.open(file())) {
                    return revision(database);
                  }
                }));
      }
      for (Future<Long> opener : openers) {
        assertThat(opener.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aReadingTransactionSeesOneStateAndKeepsNoWriterWaiting() {
    try (Database database = Database.open(file())) {
      database
          .readOnly()
          .useTransaction(
              reader -> {
                assertThat(revision(reader)).isZero();
                database.jdbi().useTransaction(writer -> writer.execute(ADD_ONE));
                assertThat(revision(reader)).isZero();
              });
      assertThat(revision(database)).isEqualTo(1);
    }
  }

  @Test
  void readOnlyRefusesToWrite() {
    try (Database database = Database.open(file())) {
      assertThatThrownBy(() -> database.readOnly().useHandle(handle -> handle.execute(ADD_ONE)))
          .isInstanceOf(JdbiException.class);
    }
  }

  @Test
  void aFailedTransactionLeavesNothingAndTheConnectionUsable() {
    try (Database database = Database.open(file())) {
      assertThatThrownBy(
              () ->
                  database
                      .jdbi()
                      .useTransaction(
                          handle -> {
                            handle.execute(ADD_ONE);
                            throw new IllegalStateException("stop");
                          }))
          .hasMessage("stop");
      assertThat(revision(database)).isZero();
      readThenWrite(database.jdbi(), 1);
      assertThat(revision(database)).isEqualTo(1);
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedWithItsNameAndLeftAlone() throws IOException {
    byte[] text = "code,name\n".repeat(200).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(file(), text);
    assertThatThrownBy(() -> Database.open(file()))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("not a database");
    assertThat(Files.readAllBytes(file())).isEqualTo(text);
  }

  @Test
  void aDatabaseOfANewerRollcallIsRefused() {
    try (Database database = Database.open(file())) {
      database
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "INSERT INTO flyway_schema_history (installed_rank, version, description,"
                          + " type, script, checksum, installed_by, execution_time, success)"
                          + " VALUES (1000, '9999', 'later', 'SQL', 'V9999__later.sql', 1, '', 1,"
                          + " 1)"));
    }
    assertThatThrownBy(() -> Database.open(file()))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("newer Rollcall");
  }

  @Test
  void anUnreachableFolderIsNamed() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> Database.open(blocked.resolve("rollcall.db")))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("Check that its folder exists");
  }

  private Path file() {
    return folder.resolve("rollcall.db");
  }

  private static void readThenWrite(Jdbi jdbi, int times) {
    for (int i = 0; i < times; i++) {
      jdbi.useTransaction(
          handle -> {
            long before = revision(handle);
            handle.execute("UPDATE register_revision SET revision = ?", before + 1);
          });
    }
  }

  private static long revision(Database database) {
    return database.readOnly().withHandle(DatabaseTest::revision);
  }

  private static long revision(Handle handle) {
    return handle.createQuery("SELECT revision FROM register_revision").mapTo(Long.class).one();
  }

  private static String pragma(Jdbi jdbi, String name) {
    return jdbi.withHandle(
        handle -> handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
  }
}

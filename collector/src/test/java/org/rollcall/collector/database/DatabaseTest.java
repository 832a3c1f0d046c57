package org.rollcall.collector.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.Parameter;

/** What both databases promise. */
@OnBothDatabases
class DatabaseTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final String ADD_ONE = "UPDATE register_revision SET revision = revision + 1";

  @TempDir Path folder;

  @Test
  void keepsWhatWasWrittenWhenOpenedAgain() {
    try (Database database = home.open(folder)) {
      database.jdbi().useHandle(handle -> handle.execute(ADD_ONE));
    }
    try (Database database = home.open(folder)) {
      assertThat(revision(database)).isEqualTo(1);
    }
  }

  @Test
  void transactionsOfManyThreadsOnTwoOpenDatabasesLoseNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (Database one = home.open(folder);
        Database two = home.open(folder)) {
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
  void openersOfANewOneAllFindTheSchema() throws Exception {
    home.makeEmpty(folder);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Long>> openers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        openers.add(
            threads.submit(
                () -> {
                  try (Database database = home.open(folder)) {
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
    try (Database database = home.open(folder)) {
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
    try (Database database = home.open(folder)) {
      assertThatThrownBy(() -> database.readOnly().useHandle(handle -> handle.execute(ADD_ONE)))
          .isInstanceOf(JdbiException.class);
    }
  }

  @Test
  void aChangeInARolledBackTransactionIsGoneAndTheNextOneWorks() {
    try (Database database = home.open(folder)) {
      database
          .jdbi()
          .useTransaction(
              handle -> {
                handle.execute(ADD_ONE);
                handle.rollback();
              });
      assertThat(revision(database)).isZero();
      readThenWrite(database.jdbi(), 2);
      assertThat(revision(database)).isEqualTo(2);
    }
  }

  @Test
  void textsComeInTheOrderOfTheirBytesAndATruthValueIsANumber() {
    List<String> texts = List.of("Z", "a", "z", "ä", "一", "丁", "学校", "龙岗", "\uD83D\uDE00");
    try (Database database = home.open(folder)) {
      database
          .jdbi()
          .useHandle(
              handle -> {
                for (String text : texts) {
                  handle
                      .createUpdate(
                          "INSERT INTO school_class (school, name, grade, platform_declared)"
                              + " VALUES ('s', :name, 1, :declared)")
                      .bind("name", text)
                      .bind("declared", text.equals("a"))
                      .execute();
                }
              });
      assertThat(column(database, "SELECT name FROM school_class ORDER BY name", String.class))
          .isEqualTo(texts);
      assertThat(column(database, "SELECT max(name) FROM school_class", String.class))
          .containsExactly("\uD83D\uDE00");
      assertThat(
              column(
                  database,
                  "SELECT name FROM school_class WHERE platform_declared = 1 AND name < 'b'",
                  String.class))
          .containsExactly("a");
    }
  }

  /** PostgreSQL's texts cannot hold it, and an agent may send it. */
  @Test
  void aNulInATextIsReplaced() {
    try (Database database = home.open(folder)) {
      database
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "INSERT INTO dirty_day (school, date) VALUES (?, ?)", "a\0b", "2026-01-01"));
      assertThat(column(database, "SELECT school FROM dirty_day", String.class))
          .containsExactly("a\uFFFDb");
    }
  }

  private static <T> List<T> column(Database database, String sql, Class<T> type) {
    return database.readOnly().withHandle(handle -> handle.createQuery(sql).mapTo(type).list());
  }

  @Test
  void aFailedTransactionLeavesNothingAndTheConnectionUsable() {
    try (Database database = home.open(folder)) {
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
  void aDatabaseOfANewerRollcallIsRefused() {
    try (Database database = home.open(folder)) {
      database
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "INSERT INTO flyway_schema_history (installed_rank, version, description,"
                          + " type, script, checksum, installed_by, execution_time, success)"
                          + " SELECT 1000, '9999', 'later', 'SQL', 'V9999__later.sql', 1, '', 1,"
                          + " success FROM flyway_schema_history WHERE version = '1'"));
    }
    assertThatThrownBy(() -> home.open(folder))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("newer Rollcall");
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
}

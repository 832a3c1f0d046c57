package org.rollcall.collector.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.parts.postgres.PostgresServer;

/** What PostgreSQL does that a file does not: it goes away, comes back, and refuses. */
class PostgresHomeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ADD_ONE = "UPDATE register_revision SET revision = revision + 1";

  private static Database open(PostgresServer server, int connections) {
    return Database.open(
        new DatabaseSettings(
            server.url(PostgresServer.DATABASE),
            PostgresServer.USER,
            PostgresServer.PASSWORD,
            connections),
        Path.of(""));
  }

  private static long revision(Handle handle) {
    return handle.createQuery("SELECT revision FROM register_revision").mapTo(Long.class).one();
  }

  private static long revision(Database database) {
    return database.readOnly().withHandle(PostgresHomeIT::revision);
  }

  /** Counts what was told to be saved while the server is killed again and again. */
  private static final class Writer implements Runnable {
    private final Database database;
    private final AtomicBoolean end = new AtomicBoolean();
    private final AtomicLong saved = new AtomicLong();
    private final AtomicLong unsure = new AtomicLong();
    private volatile @Nullable RuntimeException strange;

    Writer(Database database) {
      this.database = database;
    }

    @Override
    public void run() {
      while (!end.get()) {
        try {
          database
              .jdbi()
              .useTransaction(
                  handle -> {
                    long before = revision(handle);
                    handle.execute("UPDATE register_revision SET revision = ?", before + 1);
                  });
          saved.incrementAndGet();
        } catch (DatabaseUnavailableException e) {
          unsure.incrementAndGet();
          if (!String.valueOf(e.getMessage()).contains("cannot be used now")) {
            strange = e;
          }
        } catch (RuntimeException e) {
          strange = e;
        }
      }
    }
  }

  @Test
  void killedAgainAndAgainUnderWritesItLosesNothingAndTheWriterGoesOnByItself() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (PostgresServer server = PostgresServer.start(true);
        Database database = open(server, 4)) {
      Writer writer = new Writer(database);
      Thread thread = new Thread(writer, "writer");
      thread.start();
      try {
        for (int round = 0; round < 4; round++) {
          long goal = writer.saved.get() + 20 + random.nextInt(50);
          await().atMost(PATIENCE).until(() -> writer.saved.get() >= goal);
          if (round % 2 == 0) {
            server.kill();
          } else {
            server.stop();
          }
          long failed = writer.unsure.get();
          await().atMost(PATIENCE).until(() -> writer.unsure.get() > failed);
          assertThatThrownBy(() -> revision(database))
              .isInstanceOf(DatabaseUnavailableException.class)
              .hasMessageContaining(server.url(PostgresServer.DATABASE))
              .hasMessageContaining("asked again at the next use")
              .hasMessageNotContaining(PostgresServer.PASSWORD);
          server.startAgain();
        }
        long goal = writer.saved.get() + 20;
        await().atMost(PATIENCE).until(() -> writer.saved.get() >= goal);
      } finally {
        writer.end.set(true);
        thread.join();
      }
      if (writer.strange != null) {
        throw new AssertionError("seed " + seed, writer.strange);
      }
      assertThat(revision(database))
          .as("seed %d: at most one commit of each death is unsure", seed)
          .isBetween(writer.saved.get(), writer.saved.get() + 4);
    }
  }

  @Test
  void refusalsSayWhatToDo() {
    try (PostgresServer server = PostgresServer.start(false)) {
      String url = server.url(PostgresServer.DATABASE);
      assertThatThrownBy(
              () ->
                  Database.open(
                      new DatabaseSettings(url, PostgresServer.USER, "wrong-word", 8), Path.of("")))
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining("password authentication failed")
          .hasMessageNotContaining("wrong-word");
      server.sql("postgres", "CREATE DATABASE other OWNER rollcall");
      server.sql("other", "CREATE TABLE accounting (id INTEGER)");
      assertThatThrownBy(() -> Database.open(settings(server, "other"), Path.of("")))
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining("give the register a database of its own");
      server.sql(
          "postgres",
          "CREATE DATABASE latin OWNER rollcall ENCODING 'LATIN1' TEMPLATE template0"
              + " LOCALE_PROVIDER libc LOCALE 'C'");
      assertThatThrownBy(() -> Database.open(settings(server, "latin"), Path.of("")))
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining("LATIN1")
          .hasMessageContaining("ENCODING 'UTF8'");
      server.stop();
      assertThatThrownBy(
              () -> Database.open(settings(server, PostgresServer.DATABASE), Path.of("")))
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining("see that PostgreSQL runs");
    }
  }

  private static DatabaseSettings settings(PostgresServer server, String database) {
    return new DatabaseSettings(
        server.url(database), PostgresServer.USER, PostgresServer.PASSWORD, 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void neverMoreConnectionsThanAllowedAreOpen(int connections) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try (PostgresServer server = PostgresServer.start(false);
        Database database = open(server, connections)) {
      CountDownLatch begin = new CountDownLatch(1);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(
            threads.submit(
                () -> {
                  begin.await();
                  for (int n = 0; n < 20; n++) {
                    database.jdbi().useTransaction(handle -> handle.execute(ADD_ONE));
                    revision(database);
                  }
                  return null;
                }));
      }
      begin.countDown();
      for (Future<?> each : all) {
        each.get();
      }
      assertThat(revision(database)).isEqualTo(400);
      long open =
          database
              .readOnly()
              .withHandle(
                  handle ->
                      handle
                          .createQuery(
                              "SELECT count(*) FROM pg_stat_activity"
                                  + " WHERE application_name = 'rollcall'")
                          .mapTo(Long.class)
                          .one());
      assertThat(open).isBetween(2L, 2L * connections);
    } finally {
      threads.shutdownNow();
    }
  }
}

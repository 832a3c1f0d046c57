package org.rollcall.collector.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * An open database with the newest schema. Several threads and several processes may have the same
 * file open: readers never wait, writers take turns and wait up to {@link #BUSY_TIMEOUT}, so a
 * write transaction must be short.
 *
 * <p>The file needs a local disk: SQLite's write-ahead log does not work over network shares.
 */
public final class Database implements AutoCloseable {
  /** How long a writer waits for its turn before it fails. */
  static final Duration BUSY_TIMEOUT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** Only one thread of this process migrates; a lock file keeps other processes waiting. */
  private static final ReentrantLock MIGRATING = new ReentrantLock();

  private final Connections writing;
  private final Connections reading;
  private final Jdbi jdbi;
  private final Jdbi readOnly;

  /** What a committed transaction survives. */
  public enum Sync {
    /** The end of the process, however sudden. */
    PROCESS,
    /** A power cut too; each commit waits for the disk. */
    POWER_CUT
  }

  private Database(Connections writing, Connections reading) {
    this.writing = writing;
    this.reading = reading;
    this.jdbi = Jdbi.create(writing);
    this.readOnly = Jdbi.create(reading);
  }

  /** Opens {@code file} so that commits survive a power cut. */
  public static Database open(Path file) {
    return open(file, Sync.POWER_CUT);
  }

  /**
   * Opens {@code file}, makes it and its folder if missing, and brings its schema up to date.
   *
   * @throws DatabaseUnavailableException if the file is no database, cannot be written, or was made
   *     by a newer Rollcall
   */
  public static Database open(Path file, Sync sync) {
    Path path = file.toAbsolutePath().normalize();
    migrate(path, sync);
    return new Database(
        new Connections(Connections.source(path, sync, TransactionMode.IMMEDIATE), false),
        new Connections(Connections.source(path, sync, TransactionMode.DEFERRED), true));
  }

  /**
   * For reading and writing. A transaction takes the write lock as it begins; a single statement
   * outside one takes only what it needs.
   */
  public Jdbi jdbi() {
    return jdbi;
  }

  /**
   * For reading alone: a transaction sees one consistent state and keeps no writer waiting; a
   * statement that writes fails.
   */
  public Jdbi readOnly() {
    return readOnly;
  }

  /**
   * Writes a copy as it is at this moment; readers and writers go on meanwhile.
   *
   * @param file must not exist
   */
  public void copyTo(Path file) {
    jdbi.useHandle(handle -> handle.execute("VACUUM INTO ?", file.toString()));
  }

  /** What is wrong with the file, in SQLite's words; empty when nothing is. Reads all of it. */
  public List<String> damage() {
    return readOnly.withHandle(
        handle ->
            handle.createQuery("PRAGMA quick_check").mapTo(String.class).list().stream()
                .filter(line -> !line.equals("ok"))
                .toList());
  }

  private static void migrate(Path path, Sync sync) {
    MIGRATING.lock();
    try {
      Files.createDirectories(path.resolveSibling("."));
      Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        LOG.atDebug().addKeyValue("lock", lock.isValid()).log("Migrating the database");
        runFlyway(path, sync);
      }
    } catch (IOException e) {
      throw new DatabaseUnavailableException(
          "Cannot open the database "
              + path
              + ": "
              + e
              + ". Check that its folder exists and may be written.",
          e);
    } catch (FlywayException e) {
      throw new DatabaseUnavailableException(
          "Cannot use the database "
              + path
              + ": "
              + firstLine(e)
              + " If a newer Rollcall made it, run that version; if the file is damaged, restore a"
              + " backup.",
          e);
    } finally {
      MIGRATING.unlock();
    }
  }

  private static void runFlyway(Path path, Sync sync) {
    // Nothing is ignored: a migration that this program does not know means that a newer one made
    // the file.
    int applied =
        Flyway.configure(Database.class.getClassLoader())
            .dataSource(Connections.source(path, sync, TransactionMode.DEFERRED))
            .locations("classpath:db/migration")
            .loggers("slf4j")
            .ignoreMigrationPatterns(new String[0])
            .load()
            .migrate()
            .migrationsExecuted;
    if (applied > 0) {
      LOG.atInfo()
          .addKeyValue("file", path)
          .addKeyValue("migrations", applied)
          .log("Database schema brought up to date");
    }
  }

  private static String firstLine(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = String.valueOf(deepest.getMessage()).strip();
    return message.endsWith(".") ? message : message + ".";
  }

  @Override
  public void close() {
    try {
      reading.close();
      writing.close();
    } catch (SQLException e) {
      LOG.atWarn().setCause(e).log("The database did not close cleanly; nothing is lost");
    }
  }
}

package org.rollcall.collector.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * A register in a SQLite file. The file needs a local disk: SQLite's write-ahead log does not work
 * over network shares.
 */
final class SqliteHome implements Home {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteHome.class);

  /** Only one thread of this process migrates; a lock file keeps other processes waiting. */
  private static final ReentrantLock MIGRATING = new ReentrantLock();

  private final Path file;
  private final Database.Sync sync;
  private final SqliteConnections writing;
  private final SqliteConnections reading;

  SqliteHome(Path file, Database.Sync sync) {
    this.file = file.toAbsolutePath().normalize();
    this.sync = sync;
    this.writing =
        new SqliteConnections(
            SqliteConnections.source(this.file, sync, TransactionMode.IMMEDIATE), false);
    this.reading =
        new SqliteConnections(
            SqliteConnections.source(this.file, sync, TransactionMode.DEFERRED), true);
  }

  @Override
  public void migrate() {
    MIGRATING.lock();
    try {
      Files.createDirectories(file.resolveSibling("."));
      try (FileChannel channel =
              FileChannel.open(
                  lockFile(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        LOG.atDebug().addKeyValue("lock", lock.isValid()).log("Migrating the database");
        Migrations.run(
            SqliteConnections.source(file, sync, TransactionMode.DEFERRED),
            Migrations.SQLITE,
            name());
      }
    } catch (IOException e) {
      throw new DatabaseUnavailableException(
          "Cannot open the database "
              + file
              + ": "
              + e
              + ". Check that its folder exists and may be written.",
          e);
    } finally {
      MIGRATING.unlock();
    }
  }

  /** Kept beside the file by those who migrate it. */
  static Path lockFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  @Override
  public Jdbi writing() {
    return Jdbi.create(writing);
  }

  @Override
  public Jdbi reading() {
    return Jdbi.create(reading);
  }

  /** A row's number is one above the highest; nothing to do. */
  @Override
  public void countOn(Handle handle, String table, String column) {}

  @Override
  public List<String> tables(Handle handle) {
    return handle
        .createQuery(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'")
        .mapTo(String.class)
        .list();
  }

  /** A writing transaction has the whole file to itself. */
  @Override
  public void holdStill(Handle handle, List<String> tables) {}

  @Override
  public void copyTo(Database database, Path copy) {
    database.jdbi().useHandle(handle -> handle.execute("VACUUM INTO ?", copy.toString()));
  }

  @Override
  public List<String> damage(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle.createQuery("PRAGMA quick_check").mapTo(String.class).list().stream()
                .filter(line -> !line.equals("ok"))
                .toList());
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void close() throws SQLException {
    reading.close();
    writing.close();
  }
}

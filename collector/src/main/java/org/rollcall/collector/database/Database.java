package org.rollcall.collector.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open database with the newest schema, in a SQLite file or in PostgreSQL. Several threads and
 * several processes may have the same one open: readers never wait, writers take turns and wait up
 * to {@link #BUSY_TIMEOUT}, so a write transaction must be short.
 *
 * <p>While PostgreSQL is away every use throws {@link DatabaseUnavailableException}; when it is
 * back, the next use works.
 */
public final class Database implements AutoCloseable {
  /** How long a writer waits for its turn before it fails. A project default. */
  static final Duration BUSY_TIMEOUT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final Home home;
  private final Jdbi jdbi;
  private final Jdbi readOnly;

  /** What a committed transaction in a SQLite file survives; PostgreSQL has settings of its own. */
  public enum Sync {
    /** The end of the process, however sudden. */
    PROCESS,
    /** A power cut too; each commit waits for the disk. */
    POWER_CUT
  }

  private Database(Home home) {
    this.home = home;
    this.jdbi = home.writing().registerArgument(new Bindings());
    this.readOnly = home.reading().registerArgument(new Bindings());
  }

  /** Opens a SQLite file so that commits survive a power cut. */
  public static Database open(Path file) {
    return open(file, Sync.POWER_CUT);
  }

  /**
   * Opens a SQLite file, makes it and its folder if missing, and brings its schema up to date.
   *
   * @throws DatabaseUnavailableException if the file is no database, cannot be written, or was made
   *     by a newer Rollcall
   */
  public static Database open(Path file, Sync sync) {
    return open(new SqliteHome(file, sync));
  }

  /**
   * Opens what the settings name and brings its schema up to date.
   *
   * @param file where SQLite keeps the register if the settings name no other place
   * @throws DatabaseUnavailableException if it cannot be reached, is no register, or was made by a
   *     newer Rollcall
   */
  public static Database open(DatabaseSettings settings, Path file) {
    return settings.url() == null ? open(file) : open(new PostgresHome(settings, settings.url()));
  }

  private static Database open(Home home) {
    Database database = openAsItIs(home);
    if (database.isHalfMoved()) {
      database.close();
      throw new DatabaseUnavailableException(
          "The register in "
              + home.name()
              + " is half moved: run move-register again to its end before anything uses it.",
          null);
    }
    return database;
  }

  /**
   * As {@link #open(DatabaseSettings, Path)}, but also one into which a register is being moved.
   */
  static Database openHalfMoved(DatabaseSettings settings, Path file) {
    return openAsItIs(
        settings.url() == null
            ? new SqliteHome(file, Sync.POWER_CUT)
            : new PostgresHome(settings, settings.url()));
  }

  private static Database openAsItIs(Home home) {
    Database database = new Database(home);
    try {
      home.migrate();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  boolean isHalfMoved() {
    return readOnly.withHandle(handle -> home.tables(handle).contains(RegisterMove.MARK));
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
   * Writes a copy of the register as it is at this moment, as a SQLite file, wherever it is kept.
   * Readers and writers go on meanwhile.
   *
   * @param file must not exist
   * @throws DatabaseUnavailableException if either cannot be used
   */
  public void copyTo(Path file) {
    home.copyTo(this, file);
  }

  /**
   * Deletes a SQLite file that nobody has open, and what is kept beside it.
   *
   * @throws IOException if it cannot be deleted
   */
  public static void delete(Path file) throws IOException {
    for (String suffix : new String[] {"-wal", "-shm", ".lock", ""}) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
    }
  }

  /**
   * What is wrong with it, in the database's own words; empty when nothing is. Reads all of a
   * SQLite file; PostgreSQL looks after itself.
   */
  public List<String> damage() {
    return home.damage(readOnly);
  }

  Home home() {
    return home;
  }

  @Override
  public void close() {
    try {
      home.close();
    } catch (SQLException e) {
      LOG.atWarn().setCause(e).log("The database did not close cleanly; nothing is lost");
    }
  }
}

package org.rollcall.collector.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jdbi.v3.core.ConnectionFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Lends connections and keeps up to {@link #IDLE} returned ones open, with their prepared pages
 * warm. It never waits for a connection: one that is missing is opened, one too many is closed, so
 * that a thread that holds two handles cannot lock itself out. Any thread.
 */
final class SqliteConnections implements ConnectionFactory, AutoCloseable {
  private static final int IDLE = 8;

  private final SQLiteDataSource source;
  private final boolean queryOnly;
  private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(IDLE);
  private volatile boolean closed;

  /**
   * @param queryOnly refuse statements that write
   */
  SqliteConnections(SQLiteDataSource source, boolean queryOnly) {
    this.source = source;
    this.queryOnly = queryOnly;
  }

  /**
   * A source of connections to {@code file}.
   *
   * @param mode IMMEDIATE takes the write lock when a transaction begins, so that it waits its turn
   *     instead of failing when it turns from reading to writing; DEFERRED reads one snapshot and
   *     locks nobody out
   */
  static SQLiteDataSource source(Path file, Database.Sync sync, SQLiteConfig.TransactionMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setBusyTimeout((int) Database.BUSY_TIMEOUT.toMillis());
    config.enforceForeignKeys(true);
    config.setSynchronous(
        sync == Database.Sync.POWER_CUT
            ? SQLiteConfig.SynchronousMode.FULL
            : SQLiteConfig.SynchronousMode.NORMAL);
    config.setTransactionMode(mode);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  @Override
  public Connection openConnection() throws SQLException {
    if (closed) {
      throw new SQLException("The database is closed.");
    }
    Connection kept = idle.poll();
    return kept != null ? kept : open();
  }

  private Connection open() throws SQLException {
    Connection connection = source.getConnection();
    if (queryOnly) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA query_only = 1");
      }
    }
    return connection;
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    boolean reusable = !closed && !connection.isClosed() && connection.getAutoCommit();
    if (!reusable || !idle.offer(connection)) {
      connection.close();
      return;
    }
    if (closed) {
      close();
    }
  }

  /** Closes what is idle; a connection still lent is closed when it comes back. */
  @Override
  public void close() throws SQLException {
    closed = true;
    Connection connection = idle.poll();
    while (connection != null) {
      connection.close();
      connection = idle.poll();
    }
  }
}

package org.rollcall.collector.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lends a bounded number of connections. Whoever finds all of them lent waits, up to {@link
 * Database#BUSY_TIMEOUT}; one thread never needs two of the same kind, because Jdbi hands a thread
 * the handle it has. A connection that rested, or that was there when another broke, is tried
 * before it is lent, so that a restart of PostgreSQL is noticed here and not by a statement. Any
 * thread.
 */
final class PostgresConnections implements ConnectionFactory {
  /** A connection used this short a time ago is taken to be good. A project default. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** How long an answer to "are you there" may take. A project default. */
  private static final Duration TRIAL = Duration.ofSeconds(5);

  private final Opener opener;
  private final String name;
  private final int most;
  private final Semaphore free;
  private final Deque<Rested> idle = new ArrayDeque<>();
  private boolean closed;

  /** Counts the connections that broke; what rested since before is not trusted. */
  private long broken;

  /** Makes a connection ready for use. */
  @FunctionalInterface
  interface Opener {
    Connection open() throws SQLException;
  }

  private record Rested(Connection connection, long sinceNanos, long broken) {}

  /**
   * @param most how many may be open at once
   * @param name of the database, for people
   */
  PostgresConnections(Opener opener, int most, String name) {
    this.opener = opener;
    this.name = name;
    this.most = most;
    this.free = new Semaphore(most, true);
  }

  /**
   * A connection that works.
   *
   * @throws DatabaseUnavailableException if none can be had
   */
  @Override
  public Connection openConnection() {
    await();
    boolean lent = false;
    try {
      Connection connection = keptOrNew();
      lent = true;
      return connection;
    } catch (SQLException e) {
      throw PostgresFaults.unavailable(name, e);
    } finally {
      if (!lent) {
        free.release();
      }
    }
  }

  private void await() {
    try {
      if (!free.tryAcquire(Database.BUSY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new DatabaseUnavailableException(
            "All "
                + most
                + " connections to the database "
                + name
                + " were in use for "
                + Database.BUSY_TIMEOUT.toSeconds()
                + " s: raise register.connections, or find what takes so long.",
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException(
          "The wait for a connection to the database " + name + " was interrupted.", e);
    }
  }

  /** Ends because each turn takes one of a bounded number of kept ones away. */
  private Connection keptOrNew() throws SQLException {
    Rested kept = poll();
    while (kept != null) {
      if (isGood(kept)) {
        return kept.connection();
      }
      discard(kept.connection());
      kept = poll();
    }
    return opener.open();
  }

  private synchronized @Nullable Rested poll() {
    if (closed) {
      throw new DatabaseUnavailableException("The database " + name + " is closed.", null);
    }
    return idle.pollFirst();
  }

  private boolean isGood(Rested kept) throws SQLException {
    boolean fresh = System.nanoTime() - kept.sinceNanos() < FRESH.toNanos();
    boolean trusted = fresh && kept.broken() == broken();
    return trusted
        ? !kept.connection().isClosed()
        : kept.connection().isValid((int) TRIAL.toSeconds());
  }

  private synchronized long broken() {
    return broken;
  }

  private void discard(Connection connection) {
    synchronized (this) {
      broken++;
    }
    end(connection);
  }

  /** Its end is all that is wanted; it may be broken. */
  private static void end(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is gone either way.
    }
  }

  @Override
  public void closeConnection(Connection connection) {
    try {
      if (!isReusable(connection)) {
        discard(connection);
      } else if (!rest(connection)) {
        end(connection);
      }
    } finally {
      free.release();
    }
  }

  private static boolean isReusable(Connection connection) {
    try {
      return !connection.isClosed() && connection.getAutoCommit();
    } catch (SQLException e) {
      return false;
    }
  }

  private synchronized boolean rest(Connection connection) {
    if (!closed) {
      idle.addFirst(new Rested(connection, System.nanoTime(), broken));
    }
    return !closed;
  }

  /** Closes what rests; a connection still lent is closed when it comes back. */
  void close() {
    Deque<Rested> last;
    synchronized (this) {
      closed = true;
      last = new ArrayDeque<>(idle);
      idle.clear();
    }
    last.forEach(rested -> end(rested.connection()));
  }
}

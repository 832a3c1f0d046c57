package org.rollcall.collector.database;

import java.sql.SQLException;
import java.util.Locale;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Turns what PostgreSQL or the way to it says while it is away into {@link
 * DatabaseUnavailableException}; everything else stays what it is. It is told as a logger because
 * that is where Jdbi hands out a statement's fault before it wraps it.
 */
final class PostgresFaults implements SqlLogger {
  /** The transaction waited too long for its turn (SQLSTATE lock_not_available). */
  private static final String LOCK_TIMEOUT = "55P03";

  private final String name;

  PostgresFaults(String name) {
    this.name = name;
  }

  @Override
  public void logException(StatementContext context, SQLException e) {
    DatabaseUnavailableException told = tell(name, e);
    if (told != null) {
      throw told;
    }
  }

  /** Null if the database is there and the statement is to blame. */
  static @Nullable DatabaseUnavailableException tell(String name, SQLException e) {
    if (LOCK_TIMEOUT.equals(e.getSQLState())) {
      return new DatabaseUnavailableException(
          "The database "
              + name
              + " was busy: another change did not end within "
              + Database.BUSY_TIMEOUT.toSeconds()
              + " s. Try again when it has.",
          e);
    }
    return isAway(e) ? unavailable(name, e) : null;
  }

  /**
   * SQLSTATE classes 08 (connection), 53 (no room: connections, memory, disk) and 57P (shut down,
   * starting up).
   */
  private static boolean isAway(SQLException e) {
    String state = String.valueOf(e.getSQLState()).toUpperCase(Locale.ROOT);
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
  }

  static DatabaseUnavailableException unavailable(String name, SQLException e) {
    return new DatabaseUnavailableException(
        "The database "
            + name
            + " cannot be used now: "
            + Migrations.firstLine(e)
            + " It is asked again at the next use; if this lasts, see that PostgreSQL runs and lets"
            + " this user in.",
        e);
  }
}

package org.rollcall.collector.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A register in a database of PostgreSQL. A writing transaction takes an advisory lock as it begins
 * and keeps it to its end, so that writers take turns as they do with SQLite; under it every
 * statement sees what was committed last (READ COMMITTED). A reading transaction is REPEATABLE
 * READ, which takes no lock that a writer waits for.
 */
final class PostgresHome implements Home {
  /** "rollcall" in ASCII: the lock of the writers, within one database of the server. */
  static final long WRITERS = 0x726f6c6c63616c6cL;

  /** No answer for so long is an end of the connection. A project default. */
  private static final Duration ANSWER = Duration.ofMinutes(2);

  /**
   * A client that is gone without a word must not keep the writers' lock for hours: the server asks
   * after a minute of silence, and gives up after another.
   */
  private static final String SESSION =
      "SET tcp_keepalives_idle = 60; SET tcp_keepalives_interval = 10;"
          + " SET tcp_keepalives_count = 6; ";

  /** For work of any length: migrations. */
  private final PGSimpleDataSource patient;

  private final PGSimpleDataSource source;
  private final String name;
  private final PostgresConnections writing;
  private final PostgresConnections reading;

  PostgresHome(DatabaseSettings settings, String url) {
    this.name = settings.name();
    this.patient = source(settings, url);
    this.source = source(settings, url);
    if (source.getSocketTimeout() == 0) {
      source.setSocketTimeout((int) ANSWER.toSeconds());
    }
    this.writing =
        new PostgresConnections(
            () -> open("SET lock_timeout = " + Database.BUSY_TIMEOUT.toMillis()),
            settings.connections(),
            name);
    this.reading =
        new PostgresConnections(
            () ->
                open(
                    "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ,"
                        + " READ ONLY"),
            settings.connections(),
            name);
  }

  private static PGSimpleDataSource source(DatabaseSettings settings, String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    try {
      source.setUrl(url);
    } catch (IllegalArgumentException e) {
      throw new DatabaseUnavailableException(
          "The driver cannot read the url "
              + settings.name()
              + ": write it as jdbc:postgresql://host:5432/database.",
          e);
    }
    source.setUser(settings.user());
    source.setPassword(settings.password());
    source.setApplicationName("rollcall");
    source.setTcpKeepAlive(true);
    return source;
  }

  private Connection open(String mode) throws SQLException {
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(SESSION + mode);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void migrate() {
    Connection connection = writing.openConnection();
    try {
      requireUtf8(connection);
    } catch (SQLException e) {
      throw PostgresFaults.unavailable(name, e);
    } finally {
      writing.closeConnection(connection);
    }
    Migrations.run(patient, Migrations.POSTGRESQL, name);
  }

  private void requireUtf8(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SHOW server_encoding")) {
      String encoding = answer.next() ? answer.getString(1) : "";
      if (!encoding.equals("UTF8")) {
        throw new DatabaseUnavailableException(
            "The database "
                + name
                + " keeps its texts as "
                + encoding
                + ", which has not every character: make one with ENCODING 'UTF8' TEMPLATE"
                + " template0.",
            null);
      }
    }
  }

  @Override
  public Jdbi writing() {
    Jdbi jdbi = Jdbi.create(writing).setTransactionHandler(new WritersInTurn(name));
    return toldPlainly(jdbi);
  }

  @Override
  public Jdbi reading() {
    return toldPlainly(Jdbi.create(reading));
  }

  private Jdbi toldPlainly(Jdbi jdbi) {
    jdbi.getConfig(SqlStatements.class).setSqlLogger(new PostgresFaults(name));
    return jdbi;
  }

  /** Rows that bring their number do not move the sequence from which numbers are given. */
  @Override
  public void countOn(Handle handle, String table, String column) {
    // A column that is given its numbers has no sequence; then this does nothing.
    handle.execute(
        "SELECT setval(pg_get_serial_sequence(?, ?), coalesce(max("
            + column
            + "), 0) + 1, false) FROM "
            + table,
        table,
        column);
  }

  @Override
  public List<String> tables(Handle handle) {
    return handle
        .createQuery("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        .mapTo(String.class)
        .list();
  }

  /** The lock of the writers keeps out transactions; this keeps out single statements too. */
  @Override
  public void holdStill(Handle handle, List<String> tables) {
    handle.execute("LOCK TABLE " + String.join(", ", tables) + " IN SHARE MODE");
  }

  @Override
  public void copyTo(Database database, Path copy) {
    RegisterMove.copy(database, copy);
  }

  /** PostgreSQL looks after its files itself. */
  @Override
  public List<String> damage(Jdbi jdbi) {
    return List.of();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() throws SQLException {
    reading.close();
    writing.close();
  }
}

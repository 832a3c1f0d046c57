package org.rollcall.collector.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.RegisterTable.Content;

/**
 * Moves a register from one database into another: every table, row by row in the order of its key,
 * in many short transactions. While it runs nobody else can change the register it comes from; a
 * {@link #copy} reads it as it was at the beginning instead, and keeps nobody waiting. A mark in
 * the target tells that it is half moved, so that nothing else uses it; when counts and digests of
 * every table are the same on both sides, the mark goes.
 *
 * <p>It may be interrupted anywhere and run again: rows that are there already, and are the first
 * ones of what should be there, stay; a table that holds anything else is filled anew. The caller's
 * thread does it all.
 */
public final class RegisterMove {
  /** The table that marks a target until everything is in it. */
  static final String MARK = "register_move";

  private static final String HISTORY = "flyway_schema_history";
  private static final String REVISION = "register_revision";
  private static final int ROWS_PER_TRANSACTION = 1_000;

  private final Database from;
  private final Database to;
  private final Consumer<String> step;
  private final int rowsPerTransaction;

  /** Whether the register it comes from is held still, or read as it was at the beginning. */
  private final boolean still;

  /**
   * A table that was moved.
   *
   * @param sha256 in hexadecimal, of its rows in the order of their key; the same on both sides
   */
  public record Moved(String table, long rows, String sha256) {}

  /** The target holds something else, or something else wrote to it; the message says what. */
  public static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String sentence) {
      super(sentence);
    }
  }

  RegisterMove(Database from, Database to, Consumer<String> step, int rowsPerTransaction) {
    this(from, to, step, rowsPerTransaction, true);
  }

  private RegisterMove(
      Database from, Database to, Consumer<String> step, int rowsPerTransaction, boolean still) {
    this.from = from;
    this.to = to;
    this.step = step;
    this.rowsPerTransaction = rowsPerTransaction;
    this.still = still;
  }

  /**
   * Moves a register, or the rest of it.
   *
   * @param target where to; an empty database, or one into which the same register was being moved
   * @param file where the target's SQLite file is, if it is one
   * @param step told the table's name, before its rows and after each thousand of them
   * @return every table
   * @throws RefusedException if the target holds something else
   * @throws DatabaseUnavailableException if one of the two cannot be used
   */
  public static List<Moved> move(
      Database from, DatabaseSettings target, Path file, Consumer<String> step) {
    try (Database to = Database.openHalfMoved(target, file)) {
      return new RegisterMove(from, to, step, ROWS_PER_TRANSACTION).run();
    }
  }

  /**
   * Copies a register as it is at this moment, while others read and write it.
   *
   * @param file must not exist
   * @throws DatabaseUnavailableException if one of the two cannot be used
   */
  static void copy(Database from, Path file) {
    try (Database to = Database.openHalfMoved(DatabaseSettings.SQLITE, file)) {
      new RegisterMove(from, to, table -> {}, ROWS_PER_TRANSACTION, false).run();
    }
    try {
      Files.deleteIfExists(SqliteHome.lockFile(file));
    } catch (IOException e) {
      throw new DatabaseUnavailableException("The copy " + file + " cannot be used: " + e, e);
    }
  }

  List<Moved> run() {
    if (from.home().name().equals(to.home().name())) {
      throw new RefusedException("The register is in " + to.home().name() + " already.");
    }
    try {
      return (still ? from.jdbi() : from.readOnly()).inTransaction(this::run);
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(
          "The register could not be moved from "
              + from.home().name()
              + " to "
              + to.home().name()
              + ": "
              + Migrations.firstLine(e)
              + " What is there stays; run the move again.",
          e);
    }
  }

  private List<Moved> run(Handle source) throws SQLException {
    List<RegisterTable> tables = tables(source);
    if (!to.isHalfMoved()) {
      List<Moved> there = alreadyThere(source, tables);
      if (there != null) {
        return there;
      }
      mark();
    }
    requireSameSource();
    for (RegisterTable table : tables) {
      step.accept(table.name());
      fill(source, table);
    }
    List<Moved> moved = verify(source, tables);
    finish(tables);
    return moved;
  }

  private List<RegisterTable> tables(Handle source) throws SQLException {
    List<String> names =
        from.home().tables(source).stream().filter(name -> !name.equals(HISTORY)).sorted().toList();
    if (still) {
      from.home().holdStill(source, names);
    }
    List<RegisterTable> tables = new ArrayList<>();
    for (String name : names) {
      tables.add(RegisterTable.read(source.getConnection(), name));
    }
    return tables;
  }

  /** Null if there is nothing at all yet; refuses what is not the same. */
  private @Nullable List<Moved> alreadyThere(Handle source, List<RegisterTable> tables)
      throws SQLException {
    List<Moved> same = new ArrayList<>();
    String other = null;
    for (RegisterTable table : tables) {
      Content there = content(table);
      if (there.equals(table.content(source.getConnection()))) {
        same.add(new Moved(table.name(), there.rows(), there.sha256()));
      } else if (there.rows() > 0 && !isUntouchedRevision(table)) {
        other = "its table " + table.name() + " has " + there.rows() + " rows";
      }
    }
    if (same.size() == tables.size()) {
      return same;
    }
    if (other != null) {
      throw new RefusedException(
          "The target "
              + to.home().name()
              + " holds something already: "
              + other
              + ". Move into an empty one.");
    }
    return null;
  }

  /** Every new register has this one row. */
  private boolean isUntouchedRevision(RegisterTable table) {
    return table.name().equals(REVISION)
        && to.readOnly()
            .withHandle(
                handle ->
                    handle.createQuery("SELECT revision FROM " + REVISION).mapTo(Long.class).one()
                        == 0);
  }

  private void mark() {
    to.jdbi()
        .useTransaction(
            handle -> {
              handle.execute("CREATE TABLE " + MARK + " (source TEXT NOT NULL)");
              handle.execute("INSERT INTO " + MARK + " (source) VALUES (?)", from.home().name());
            });
  }

  private void requireSameSource() {
    String source =
        to.readOnly()
            .withHandle(
                handle ->
                    handle.createQuery("SELECT source FROM " + MARK).mapTo(String.class).one());
    if (!source.equals(from.home().name())) {
      throw new RefusedException(
          "The target "
              + to.home().name()
              + " is half filled from "
              + source
              + ": end that move first, or empty the target.");
    }
  }

  private Content content(RegisterTable table) throws SQLException {
    return to.readOnly().inTransaction(handle -> table.content(handle.getConnection()));
  }

  private void fill(Handle source, RegisterTable table) throws SQLException {
    Content there = content(table);
    if (there.rows() > 0 && !isBeginning(source, table, there)) {
      to.jdbi().useTransaction(handle -> handle.execute("DELETE FROM " + table.name()));
      there = new Content(0, "");
    }
    Batches batches = new Batches(table, there.rows());
    table.each(source.getConnection(), batches::take);
    batches.flush();
  }

  /** Whether the rows there are the first ones of what should be there. */
  private static boolean isBeginning(Handle source, RegisterTable table, Content there)
      throws SQLException {
    RegisterTable.Digest digest = new RegisterTable.Digest();
    table.each(
        source.getConnection(),
        row -> {
          digest.add(row);
          return digest.rows() < there.rows();
        });
    return digest.content().equals(there);
  }

  /** Puts rows in, after those that are there, some in each transaction. */
  private final class Batches {
    private final RegisterTable table;
    private final List<@Nullable Object[]> waiting = new ArrayList<>();
    private long left;

    Batches(RegisterTable table, long there) {
      this.table = table;
      this.left = there;
    }

    boolean take(@Nullable Object[] row) throws SQLException {
      if (left > 0) {
        left--;
        return true;
      }
      waiting.add(row);
      if (waiting.size() == rowsPerTransaction) {
        flush();
      }
      return true;
    }

    void flush() throws SQLException {
      if (!waiting.isEmpty()) {
        to.jdbi().useTransaction(handle -> table.insert(handle.getConnection(), waiting));
        waiting.clear();
        step.accept(table.name());
      }
    }
  }

  private List<Moved> verify(Handle source, List<RegisterTable> tables) throws SQLException {
    List<Moved> moved = new ArrayList<>();
    for (RegisterTable table : tables) {
      Content wanted = table.content(source.getConnection());
      Content there = content(table);
      if (!there.equals(wanted)) {
        throw new RefusedException(
            "The table "
                + table.name()
                + " of "
                + to.home().name()
                + " has "
                + there.rows()
                + " rows that are not the "
                + wanted.rows()
                + " of the register: something else wrote to it. Run the move again.");
      }
      moved.add(new Moved(table.name(), there.rows(), there.sha256()));
    }
    return moved;
  }

  private void finish(List<RegisterTable> tables) {
    to.jdbi()
        .useTransaction(
            handle -> {
              for (RegisterTable table : tables) {
                if (table.key().equals(List.of("id"))
                    && table.columns().get("id") == RegisterTable.Holds.INTEGER) {
                  to.home().countOn(handle, table.name(), "id");
                }
              }
              handle.execute("DROP TABLE " + MARK);
            });
  }
}

package org.rollcall.collector.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Where a register is kept. Both kinds promise the same: writing transactions take turns, a reading
 * one sees a single state and keeps nobody waiting. Any thread.
 */
interface Home {
  /** Brings the schema up to date; processes that do so at the same time wait for each other. */
  void migrate();

  Jdbi writing();

  Jdbi reading();

  /**
   * After rows were put in with their numbers: numbers given from now on are above them. Part of
   * moving a register.
   */
  void countOn(Handle handle, String table, String column);

  /** Names of all tables, in any order. */
  List<String> tables(Handle handle);

  /** Until the transaction of {@code handle} ends, nobody else changes these tables. */
  void holdStill(Handle handle, List<String> tables);

  /** Writes what {@code database}, which is here, holds at this moment into a new SQLite file. */
  void copyTo(Database database, Path file);

  /** What is wrong, in the database's own words; empty when nothing is known to be. */
  List<String> damage(Jdbi reading);

  /** For people. */
  String name();

  void close() throws SQLException;
}

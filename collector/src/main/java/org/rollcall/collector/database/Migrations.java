package org.rollcall.collector.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a schema up to date. Each kind of database has scripts of its own, numbered alike. */
final class Migrations {
  static final String SQLITE = "classpath:db/migration";
  static final String POSTGRESQL = "classpath:db/postgresql";

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private Migrations() {}

  /**
   * Runs what is missing.
   *
   * @param name of the database, for people
   * @throws DatabaseUnavailableException if it cannot be used as it is
   */
  static void run(DataSource source, String scripts, String name) {
    try {
      // Nothing is ignored: a migration that this program does not know means that a newer one made
      // the database.
      int applied =
          Flyway.configure(Database.class.getClassLoader())
              .dataSource(source)
              .locations(scripts)
              .loggers("slf4j")
              .ignoreMigrationPatterns(new String[0])
              .load()
              .migrate()
              .migrationsExecuted;
      if (applied > 0) {
        LOG.atInfo()
            .addKeyValue("database", name)
            .addKeyValue("migrations", applied)
            .log("Database schema brought up to date");
      }
    } catch (FlywayException e) {
      throw new DatabaseUnavailableException(
          "Cannot use the database "
              + name
              + ": "
              + firstLine(e)
              + " If a newer Rollcall made it, run that version; if it is damaged, restore a"
              + " backup; if it holds something else, give the register a database of its own.",
          e);
    }
  }

  /** What is at the bottom of it, as a sentence. */
  static String firstLine(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = String.valueOf(deepest.getMessage()).strip().lines().findFirst().orElse("");
    return message.endsWith(".") ? message : message + ".";
  }
}

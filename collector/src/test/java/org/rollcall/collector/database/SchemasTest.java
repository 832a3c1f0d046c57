package org.rollcall.collector.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both databases have the same tables and columns, after each migration. */
class SchemasTest {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("rollcall.root", ".."), "collector/src/main/resources/db");

  @TempDir Path folder;

  @Test
  void everyMigrationIsThereForBoth() throws IOException {
    assertThat(names("migration")).isNotEmpty().isEqualTo(names("postgresql"));
  }

  private static List<String> names(String place) throws IOException {
    try (Stream<Path> scripts = Files.list(SCRIPTS.resolve(place))) {
      return scripts.map(script -> script.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void tablesKeysAndColumnsAreTheSameAfterEachMigration() throws SQLException {
    for (RegisterHome home : RegisterHome.values()) {
      home.makeEmpty(folder);
    }
    for (MigrationInfo version : flyway(RegisterHome.SQLITE, "latest").info().all()) {
      Map<String, RegisterTable> sqlite = migrated(RegisterHome.SQLITE, version);
      assertThat(sqlite).containsKey("school");
      assertThat(migrated(RegisterHome.POSTGRESQL, version))
          .as("after version " + version.getVersion())
          .isEqualTo(sqlite);
    }
  }

  private Flyway flyway(RegisterHome home, String target) {
    return Flyway.configure()
        .dataSource(home.source(folder))
        .locations(home.migrations())
        .target(target)
        .load();
  }

  private Map<String, RegisterTable> migrated(RegisterHome home, MigrationInfo version)
      throws SQLException {
    flyway(home, version.getVersion().getVersion()).migrate();
    Map<String, RegisterTable> tables = new TreeMap<>();
    Home opened = home.unopened(folder);
    try (Connection connection = home.source(folder).getConnection()) {
      for (String name : opened.tables(Jdbi.open(connection))) {
        if (!name.equals("flyway_schema_history")) {
          tables.put(name, RegisterTable.read(connection, name));
        }
      }
    } finally {
      opened.close();
    }
    return tables;
  }

  @Test
  void everyTextOfPostgresqlIsComparedByItsBytes() {
    try (Database database = RegisterHome.POSTGRESQL.open(folder)) {
      List<String> others =
          database
              .readOnly()
              .withHandle(
                  handle ->
                      handle
                          .createQuery(
                              "SELECT attrelid::regclass || '.' || attname FROM pg_attribute"
                                  + " JOIN pg_class c ON c.oid = attrelid"
                                  + " JOIN pg_collation l ON l.oid = attcollation"
                                  + " WHERE c.relnamespace = current_schema()::regnamespace"
                                  + " AND c.relname NOT LIKE 'flyway%' AND l.collname <> 'C'")
                          .mapTo(String.class)
                          .list());
      assertThat(others).isEmpty();
    }
  }
}

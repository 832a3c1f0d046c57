package org.rollcall.collector.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** A register of the version before is opened with all it holds. */
@OnBothDatabases
class PreviousSchemaTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  @TempDir Path folder;

  @Test
  void everythingIsThereAfterTheNewestMigration() throws Exception {
    home.makeEmpty(folder);
    MigrationInfo[] all = flyway("latest").info().all();
    flyway(all[all.length - 2].getVersion().getVersion()).migrate();
    List<RegisterTable> before = new ArrayList<>();
    Map<String, RegisterTable.Content> contents;
    try (Connection connection = home.source(folder).getConnection()) {
      Handle handle = Jdbi.open(connection);
      List<String> tables = tables(handle);
      assertThat(tables)
          .as("a table without rows here")
          .containsExactlyInAnyOrderElementsOf(
              FilledRegister.tables().stream()
                  .filter(table -> !FilledRegister.NEWEST.contains(table))
                  .toList());
      FilledRegister.fill(handle, tables, 30);
      for (String table : tables) {
        before.add(RegisterTable.read(connection, table));
      }
      contents = contents(connection, before);
      assertThat(contents.values()).noneMatch(content -> content.rows() == 0);
    }
    try (Database database = home.open(folder);
        Connection connection = home.source(folder).getConnection()) {
      assertThat(contents(connection, before)).isEqualTo(contents);
      assertThat(tables(Jdbi.open(connection)))
          .containsExactlyInAnyOrderElementsOf(FilledRegister.tables());
      assertThat(database.isHalfMoved()).isFalse();
    }
  }

  private Flyway flyway(String target) {
    return Flyway.configure()
        .dataSource(home.source(folder))
        .locations(home.migrations())
        .target(target)
        .load();
  }

  private List<String> tables(Handle handle) throws Exception {
    Home opened = home.unopened(folder);
    try {
      return opened.tables(handle).stream().filter(t -> !t.startsWith("flyway")).toList();
    } finally {
      opened.close();
    }
  }

  /** What the columns of those tables hold. */
  private static Map<String, RegisterTable.Content> contents(
      Connection connection, List<RegisterTable> tables) throws Exception {
    Map<String, RegisterTable.Content> contents = new TreeMap<>();
    for (RegisterTable table : tables) {
      contents.put(table.name(), table.content(connection));
    }
    return contents;
  }
}

package org.rollcall.collector.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** A register made before records had dates is in force ever since. */
@OnBothDatabases
class EffectiveDatesMigrationTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  @TempDir Path folder;

  @Test
  void whatStoodThereIsInForceEverSince() {
    home.makeEmpty(folder);
    var source = home.source(folder);
    Flyway.configure().dataSource(source).locations(home.migrations()).target("4").load().migrate();
    Jdbi.create(source)
        .useHandle(
            handle ->
                List.of(
                        "INSERT INTO region VALUES ('440307', '龙岗区', '', 'COUNTY', NULL)",
                        "INSERT INTO region VALUES ('440307001', '平湖', '', 'TOWNSHIP', '440307')",
                        "INSERT INTO school VALUES ('2144000001', '校', '', '440307001', 'PRIMARY',"
                            + " 'A', 'PUBLIC', 'URBAN', 900, 50, 20, 114.1, 22.7, 'GCJ02', 'FIBRE',"
                            + " '电信', 100.0, 1)",
                        "INSERT INTO school_class VALUES ('2144000001', '一班', 1, 1)",
                        "INSERT INTO device VALUES ('2144000001', 'link', 'wan', '', '10.0.0.1',"
                            + " 'snmp')",
                        "INSERT INTO account VALUES ('a', 'SCHOOL', NULL, '2144000001', 'x', 1, 7)",
                        "UPDATE register_revision SET revision = 5")
                    .forEach(handle::execute));
    try (Database database = home.open(folder)) {
      for (String table : List.of("region", "school", "school_class", "device")) {
        assertThat(rows(database, "SELECT DISTINCT valid_from, valid_to FROM " + table))
            .as(table)
            .containsExactly(Map.of("valid_from", "0001-01-01", "valid_to", "9999-12-31"));
      }
      assertThat(rows(database, "SELECT region, source_crs, status, contract_mbps FROM school"))
          .containsExactly(
              Map.of(
                  "region",
                  "440307001",
                  "source_crs",
                  "GCJ02",
                  "status",
                  "OPEN",
                  "contract_mbps",
                  100.0));
      assertThat(rows(database, "SELECT school, created_at FROM account")).hasSize(1);
      assertThat(rows(database, "SELECT revision FROM register_revision"))
          .extracting(row -> String.valueOf(row.get("revision")))
          .containsExactly("5");
    }
  }

  private static List<Map<String, Object>> rows(Database database, String sql) {
    return database.readOnly().withHandle(handle -> handle.createQuery(sql).mapToMap().list());
  }
}

package org.rollcall.parts.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresServerIT {
  @Test
  void itKeepsWhatItWasToldWhenItIsKilledAndForgetsNothingWhenItEnds() {
    try (PostgresServer server = PostgresServer.start(true)) {
      server.sql(PostgresServer.DATABASE, "CREATE TABLE kept (id INTEGER PRIMARY KEY)");
      server.kill();
      server.startAgain();
      server.sql(PostgresServer.DATABASE, "INSERT INTO kept VALUES (1)");
      server.stop();
      server.startAgain();
      assertThatThrownBy(() -> server.sql(PostgresServer.DATABASE, "INSERT INTO kept VALUES (1)"))
          .hasMessageContaining("duplicate key");
    }
  }
}

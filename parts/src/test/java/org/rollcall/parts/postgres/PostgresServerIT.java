package org.rollcall.parts.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
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

  @Test
  void aStalledOneAnswersNobodyUntilItIsResumed() throws Exception {
    byte[] doYouSpeakTls = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};
    try (PostgresServer server = PostgresServer.start(false)) {
      server.stall();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.getOutputStream().write(doYouSpeakTls);
        socket.setSoTimeout(500);
        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
        server.resume();
        socket.setSoTimeout(60_000);
        assertThat(socket.getInputStream().read()).as("it was not given a key").isEqualTo('N');
      }
      server.stall();
    }
  }
}

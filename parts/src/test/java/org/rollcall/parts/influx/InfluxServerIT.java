package org.rollcall.parts.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfluxServerIT {
  @TempDir Path folder;

  @Test
  void comesUpOverItsDataAndEndsWithWhoeverStartedIt() throws Exception {
    InfluxServer server = InfluxServer.start(folder, InfluxServer.Options.USUAL);
    try {
      server.query("CREATE DATABASE r");
      assertThat(server.write("r", "autogen", "m,a=b f=1 1")).isEqualTo(204);
      server.kill();
      assertThat(server.isAlive()).isFalse();
      server.start();
      assertThat(server.query("SELECT f FROM r.autogen.m")).contains("[[1,1]]");
    } finally {
      server.close();
    }
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void aStalledOneIsWokenAndEnded() throws Exception {
    InfluxServer server = InfluxServer.start(folder, InfluxServer.Options.USUAL);
    server.stall();
    assertThat(server.isAlive()).isTrue();
    server.close();
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void oneThatCannotComeUpSaysWhereItSaysWhy() {
    InfluxServer.Options broken =
        new InfluxServer.Options(false, folder.resolve("no-such.pem"), 1_000, false);
    assertThatThrownBy(() -> InfluxServer.start(folder, broken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("influxd.log");
  }
}

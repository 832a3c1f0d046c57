package org.rollcall.collector.store.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.CollectorSettings;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

class InfluxSettingsTest {
  @TempDir Path folder;

  record Whole(CollectorSettings.Store store) {}

  private CollectorSettings.Store read(String text) throws SettingsException {
    return SettingsReader.read("server.yaml", text, folder, Whole.class).store();
  }

  @Test
  void withoutAWordOfItTheStoreIsQuestDb() throws Exception {
    CollectorSettings.Store store = read("store: {sync: true}");
    assertThat(store.kind()).isEqualTo(CollectorSettings.Store.Kind.QUESTDB);
    assertThat(store.sync()).isTrue();
  }

  @Test
  void influxIsReadWithItsPasswordFromAFile() throws Exception {
    Files.writeString(folder.resolve("influx.secret"), "geheim\n");
    InfluxStore.Settings settings =
        read("""
                store:
                  kind: influx
                  influx:
                    url: https://influx.example:8086
                    database: district
                    username: rollcall
                    password: file:influx.secret
                    ca: ca.pem
                    keep: {raw: 30d}
                """)
            .influx();
    assertThat(settings.password()).isEqualTo("geheim");
    assertThat(settings.ca()).isEqualTo(folder.resolve("ca.pem"));
    assertThat(settings.keep().raw()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.keep().fiveMinutes()).isEqualTo(Duration.ofDays(365));
    assertThat(settings.toString()).doesNotContain("geheim");
  }

  @Test
  void everythingThatDoesNotFitIsTold() {
    assertProblem("url: influx:8086", "store.influx", "http://HOST:PORT");
    assertProblem("url: 'http://a:b@influx:8086'", "store.influx", "without a user");
    assertProblem("username: a", "store.influx", "username and password, or neither");
    assertProblem("ca: x.pem", "store.influx", "https");
    assertProblem("database: ' '", "store.influx", "name a database");
    assertProblem("keep: {raw: 1d}", "store.influx.keep", "7d or longer");
    assertProblem("keep: {fiveMinutes: 30d}", "store.influx.keep", "must not grow shorter");
    assertProblem("writeTimeout: 1ms", "store.influx.writeTimeout", "100ms");
    assertProblem("password: file:none", "store.influx.password", "there is no file");
  }

  private void assertProblem(String line, String place, String hint) {
    assertThatThrownBy(() -> read("store:\n  kind: influx\n  influx:\n    " + line + "\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(place)
        .hasMessageContaining(hint);
  }
}

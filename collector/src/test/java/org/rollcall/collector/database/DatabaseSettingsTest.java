package org.rollcall.collector.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

class DatabaseSettingsTest {
  @TempDir Path folder;

  private record Settings(DatabaseSettings register) {}

  private DatabaseSettings read(String yaml) throws SettingsException {
    return SettingsReader.read("server.yaml", yaml, folder, Settings.class).register();
  }

  @Test
  void nothingSetIsSqlite() throws SettingsException {
    assertThat(read("")).isEqualTo(DatabaseSettings.SQLITE);
  }

  @Test
  void thePasswordComesFromAFileAndIsNeverShown() throws Exception {
    Files.writeString(folder.resolve("secret"), "s3cret-word\n");
    DatabaseSettings settings =
        read(
            "register: {url: 'jdbc:postgresql://db.example/rollcall?sslmode=verify-full',"
                + " user: rollcall, password: 'file:secret'}");
    assertThat(settings.password()).isEqualTo("s3cret-word");
    assertThat(settings.connections()).isEqualTo(8);
    assertThat(settings).hasToString("jdbc:postgresql://db.example/rollcall as rollcall");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{user: rollcall} | go with a url",
        "{url: 'jdbc:mysql://h/d', user: u} | jdbc:postgresql://host:5432/database",
        "{url: 'jdbc:postgresql://h/d'} | set user",
        "{url: 'jdbc:postgresql://h/d?password=pq7', user: u} | no password",
        "{url: 'jdbc:postgresql://u:pq7@h/d', user: u} | no password",
        "{url: 'jdbc:postgresql://h/d', user: u, connections: 1} | use 2 to 100",
      })
  void whatCannotBeIsNamedWithoutSecrets(String yaml, String reason) {
    assertThatThrownBy(() -> read("register: " + yaml))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("register")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("pq7");
  }
}

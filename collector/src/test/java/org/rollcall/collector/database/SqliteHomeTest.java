package org.rollcall.collector.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a SQLite file does beyond what both databases do. */
class SqliteHomeTest {
  @TempDir Path folder;

  @Test
  void opensWithWriteAheadLogForeignKeysAndFullSync() {
    try (Database database = Database.open(file())) {
      assertThat(pragma(database.jdbi(), "journal_mode")).isEqualTo("wal");
      assertThat(pragma(database.jdbi(), "foreign_keys")).isEqualTo("1");
      assertThat(pragma(database.jdbi(), "synchronous")).isEqualTo("2");
      assertThat(pragma(database.jdbi(), "busy_timeout")).isEqualTo("30000");
    }
    try (Database database = Database.open(file(), Database.Sync.PROCESS)) {
      assertThat(pragma(database.jdbi(), "synchronous")).isEqualTo("1");
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedWithItsNameAndLeftAlone() throws IOException {
    byte[] text = "code,name\n".repeat(200).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(file(), text);
    assertThatThrownBy(() -> Database.open(file()))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("not a database");
    assertThat(Files.readAllBytes(file())).isEqualTo(text);
  }

  @Test
  void anUnreachableFolderIsNamed() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> Database.open(blocked.resolve("rollcall.db")))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("Check that its folder exists");
  }

  private Path file() {
    return folder.resolve("rollcall.db");
  }

  private static String pragma(Jdbi jdbi, String name) {
    return jdbi.withHandle(
        handle -> handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
  }
}

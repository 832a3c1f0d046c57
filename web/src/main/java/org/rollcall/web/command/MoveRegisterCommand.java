package org.rollcall.web.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.ServerLock;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.DatabaseSettings;
import org.rollcall.collector.database.RegisterMove;
import org.rollcall.collector.database.RegisterMove.Moved;
import org.rollcall.config.SettingsException;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./rollcall move-register}: from SQLite to PostgreSQL, or back. */
@Command(
    name = "move-register",
    description = {
      "Moves the register from where the settings have it to another database: every table, with",
      "counts and digests compared. The server must not run. If it is interrupted, run it again."
    },
    mixinStandardHelpOptions = true)
final class MoveRegisterCommand implements Callable<Integer> {
  private static final String SQLITE = "sqlite";
  private static final String POSTGRESQL = "jdbc:";

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--to",
      paramLabel = "PLACE",
      required = true,
      description = {
        "jdbc:postgresql://host:5432/database of an empty database; or sqlite for the file of the",
        "data folder; or another file."
      })
  private String to = "";

  @Option(names = "--user", paramLabel = "U", description = "Whom PostgreSQL knows.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Holds the password, where PostgreSQL asks for one.")
  private @Nullable Path passwordFile;

  @Override
  public Integer call() throws SettingsException, IOException {
    ServerSettings settings = config.settings();
    DatabaseSettings target = target();
    Path file =
        target.url() != null || to.equals(SQLITE)
            ? Collector.registerFile(settings.data())
            : Path.of(to);
    ServerLock noServer = ServerLock.take(settings.data());
    try (Database from = config.database(settings)) {
      // It goes along, and stands in both: the new register is the old one, byte for byte.
      Recorded.note(
          from, "register.move", target.url() == null ? "sqlite" : "postgresql", Map.of());
      print(RegisterMove.move(from, target, file, new Told()));
    } finally {
      noServer.close();
    }
    return 0;
  }

  /** Says the name of each table once. */
  private static final class Told implements Consumer<String> {
    private String last = "";

    @Override
    public void accept(String table) {
      if (!table.equals(last)) {
        System.err.println("Moving " + table + " ...");
        last = table;
      }
    }
  }

  private void print(List<Moved> moved) {
    moved.forEach(
        each -> System.out.printf("%-22s %9d  %s%n", each.table(), each.rows(), each.sha256()));
    System.out.println(
        "The register is moved: counts and digests are the same. Now set register: in "
            + config.path()
            + " and start the server. The old register is as it was.");
  }

  private DatabaseSettings target() throws IOException {
    if (!to.startsWith(POSTGRESQL)) {
      return DatabaseSettings.SQLITE;
    }
    try {
      return new DatabaseSettings(to, user, password(), DatabaseSettings.SQLITE.connections());
    } catch (IllegalArgumentException e) {
      throw new Fault("--to, --user: " + e.getMessage() + ".");
    }
  }

  private @Nullable String password() throws IOException {
    if (passwordFile == null) {
      return null;
    }
    if (!Files.isReadable(passwordFile)) {
      throw new Fault("The password file " + passwordFile + " cannot be read.");
    }
    return Files.readString(passwordFile).strip();
  }
}

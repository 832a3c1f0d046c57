package org.rollcall.web.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.archive.Restore;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.config.SettingsException;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./rollcall restore}: a data folder from a backup. */
@Command(
    name = "restore",
    description = "Fills an empty data folder from a backup, and compares what it wrote.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Parameters(paramLabel = "DIR", description = "What backup made.")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws SettingsException, IOException {
    ServerSettings settings = config.settings();
    Path backup = folder.toAbsolutePath().normalize();
    Restore.Restored done =
        Restore.open(backup)
            .into(settings.data(), settings.register(), () -> store(settings), System.err::println);
    try (Database database = config.database(settings)) {
      Recorded.note(
          database,
          "restore",
          String.valueOf(backup.getFileName()),
          Map.of("observations", done.rows(), "made", String.valueOf(done.made())));
    }
    System.out.printf(
        "Restored to %s: %d observations, as of %s. Settings, targets and calendars of then are in"
            + " %s.%n",
        settings.data(), done.rows(), done.made(), backup.resolve("settings"));
    return 0;
  }

  private static ObservationStore store(ServerSettings settings) {
    return settings
        .store()
        .keepingAll()
        .open(Collector.observations(settings.data()), Clock.systemUTC());
  }
}

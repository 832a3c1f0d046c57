package org.rollcall.web.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.database.Database;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.Option;

/** The server's settings, as every command of its operators takes them. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The server's settings (default: config/server.yaml).")
  private @Nullable Path file;

  ServerSettings settings() throws SettingsException {
    return SettingsReader.read(path(), ServerSettings.class);
  }

  Path path() {
    if (file != null) {
      return file;
    }
    return Path.of(System.getProperty("rollcall.root", "."), "config", "server.yaml");
  }

  Database database(ServerSettings settings) throws IOException {
    Files.createDirectories(settings.data());
    return Collector.database(settings.collector());
  }
}

package org.rollcall.web.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.imports.ImportOptions;
import org.rollcall.collector.registry.imports.ImportResult;
import org.rollcall.collector.registry.imports.Imports;
import org.rollcall.config.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./rollcall import}: fills the register from a file, all of it or nothing. */
@Command(
    name = "import",
    description = "Fills the register from a CSV or XLSX file: all of it, or nothing.",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  /** What a file holds. */
  enum What {
    regions,
    schools,
    classes,
    devices
  }

  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private LanguageOption language = new LanguageOption();

  @Parameters(index = "0", paramLabel = "WHAT", description = "One of ${COMPLETION-CANDIDATES}.")
  private What what = What.schools;

  @Parameters(index = "1", paramLabel = "FILE", description = "UTF-8 or GB18030 CSV, or XLSX.")
  private Path file = Path.of("");

  @Option(
      names = "--crs",
      description = "Datum of the coordinates: wgs84 (default), gcj02, bd09.",
      defaultValue = "wgs84")
  private String crs = "wgs84";

  @Option(names = "--dry-run", description = "Check and count, write nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws SettingsException, IOException {
    ImportOptions options = new ImportOptions(datum(), dryRun);
    try (Database database = config.database(config.settings())) {
      Imports imports = new Imports(new Registry(database));
      ImportResult result =
          switch (what) {
            case regions -> imports.regions(file, options);
            case schools -> imports.schools(file, options);
            case classes -> imports.classes(file, options);
            case devices -> imports.devices(file, options);
          };
      for (String line : result.lines(language.locale())) {
        (result.ok() ? System.out : System.err).println(line);
      }
      return result.ok() ? 0 : 1;
    }
  }

  private Crs datum() {
    for (Crs each : Crs.values()) {
      if (each.name().equals(crs.toUpperCase(Locale.ROOT))) {
        return each;
      }
    }
    throw new Fault("--crs cannot be '" + crs + "': use wgs84, gcj02 or bd09.");
  }
}

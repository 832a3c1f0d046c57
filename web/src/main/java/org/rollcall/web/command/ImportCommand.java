package org.rollcall.web.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.imports.ImportOptions;
import org.rollcall.collector.registry.imports.ImportResult;
import org.rollcall.collector.registry.imports.Imports;
import org.rollcall.config.SettingsException;
import org.rollcall.web.ServerSettings;
import org.rollcall.web.boundaries.Boundaries;
import org.rollcall.web.boundaries.BoundaryFile;
import org.rollcall.web.boundaries.BoundaryImport;
import org.rollcall.web.boundaries.BoundarySource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./rollcall import}: fills the register from a file, all of it or nothing. */
@Command(
    name = "import",
    description = "Fills the register from a CSV or XLSX file: all of it, or nothing.",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  /** Days that no slip of the keyboard would name. */
  private static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);

  private static final LocalDate LAST_DAY = LocalDate.of(2099, 12, 31);

  /** What a file holds. */
  enum What {
    regions,
    schools,
    classes,
    devices,
    lines,
    declared,
    boundaries
  }

  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private LanguageOption language = new LanguageOption();

  @Parameters(index = "0", paramLabel = "WHAT", description = "One of ${COMPLETION-CANDIDATES}.")
  private What what = What.schools;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "UTF-8 or GB18030 CSV, or XLSX; of boundaries GeoJSON.")
  private Path file = Path.of("");

  @Option(
      names = "--crs",
      description = "Datum of the coordinates: wgs84 (default), gcj02, bd09.",
      defaultValue = "wgs84")
  private String crs = "wgs84";

  @Option(
      names = "--effective",
      paramLabel = "D",
      description = {
        "First day on which what the file says is so, past or future, e.g. 2026-09-01.",
        "Default: today (Asia/Shanghai); what is quite new counts as so ever since.",
        "To correct a mistake, name the day since which it was one. Not for declared values."
      })
  private @Nullable LocalDate effective;

  @Option(
      names = "--replace",
      description = {
        "Classes, devices and lines which the file does not name end on that day,",
        "for the schools that it names."
      })
  private boolean replace;

  @Option(
      names = "--approval",
      paramLabel = "NUMBER",
      description = "Of boundaries: the map's approval number (审图号), as the map then shows it.")
  private @Nullable String approval;

  @Option(
      names = "--unapproved",
      description = "Of boundaries: there is no approval number, and the map shall say so.")
  private boolean unapproved;

  @Option(
      names = "--source",
      paramLabel = "TEXT",
      description = "Of boundaries: who drew them, as the map then shows it.")
  private @Nullable String source;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--dry-run", description = "Check and count, write nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws SettingsException, IOException {
    checkOptions();
    if (what == What.boundaries) {
      return boundaries();
    }
    ImportOptions options = new ImportOptions(datum(), dryRun, effective, replace);
    try (Database database = config.database(config.settings())) {
      Clock clock = Clock.systemUTC();
      Imports imports = new Imports(new Registry(database, clock));
      ImportResult result =
          imports.file(what.name(), file, options, new DeclaredValues(database, clock));
      for (String line : result.lines(language.locale())) {
        (result.ok() ? System.out : System.err).println(line);
      }
      return result.ok() ? 0 : 1;
    }
  }

  private int boundaries() throws SettingsException, IOException {
    ServerSettings settings = config.settings();
    BoundaryImport.Label label = new BoundaryImport.Label(approval, unapproved, source);
    try (Database database = config.database(settings)) {
      Register register = new Registry(database, Clock.systemUTC()).snapshot();
      Boundaries checked = BoundaryImport.check(file, datum(), label, register);
      if (!dryRun) {
        BoundaryFile.write(checked, BoundarySource.imported(settings.data()));
        Recorded.note(
            database,
            "import.boundaries",
            String.valueOf(file.getFileName()),
            Map.of("areas", checked.byCode().size(), "approval", approval == null ? "" : approval));
      }
      System.out.println(BoundaryImport.told(checked, register, dryRun, language.locale()));
      return 0;
    }
  }

  private void checkOptions() {
    if (spec == null) {
      throw new IllegalStateException("BUG: the command does not know its own command line");
    }
    if (what == What.boundaries ? replace || effective != null : label()) {
      throw new ParameterException(
          spec.commandLine(),
          "--approval, --unapproved and --source go with boundaries alone,"
              + " --effective and --replace do not go with them");
    }
    if (replace && what != What.classes && what != What.devices && what != What.lines) {
      throw new ParameterException(
          spec.commandLine(), "--replace goes with classes, devices and lines, not with " + what);
    }
    if (effective == null) {
      return;
    }
    if (what == What.declared) {
      throw new ParameterException(
          spec.commandLine(),
          "--effective does not go with declared: the column as_of says since when");
    }
    if (effective.isBefore(FIRST_DAY) || effective.isAfter(LAST_DAY)) {
      throw new ParameterException(
          spec.commandLine(),
          "--effective " + effective + " is not between " + FIRST_DAY + " and " + LAST_DAY);
    }
  }

  private boolean label() {
    return approval != null || unapproved || source != null;
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

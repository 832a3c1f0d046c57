package org.rollcall.web.command;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.AuditLog.Told;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.MaintenanceWindow;
import org.rollcall.collector.day.MaintenanceWindows;
import org.rollcall.collector.registry.Registry;
import org.rollcall.config.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./rollcall maintenance}: stretches in which a school may be off on purpose. */
@Command(
    name = "maintenance",
    description = "Maintenance windows: minutes in them are neither up nor down.",
    mixinStandardHelpOptions = true,
    subcommands = {
      MaintenanceCommand.AddCommand.class,
      MaintenanceCommand.ListCommand.class,
      MaintenanceCommand.EndCommand.class
    })
final class MaintenanceCommand {
  /** The zone of all school time, as in every calendar. */
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private MaintenanceCommand() {}

  private static Instant time(String option, String text) {
    try {
      return LocalDateTime.parse(text).atZone(ZONE).toInstant();
    } catch (DateTimeParseException e) {
      throw new Fault(option + " cannot be '" + text + "': write 2026-11-20T14:00 (Beijing time).");
    }
  }

  private static Told entry(String action, MaintenanceWindow window) {
    return new Told(
        action,
        window.school(),
        Map.of(
            "from", LocalDateTime.ofInstant(window.from(), ZONE).toString(),
            "to", LocalDateTime.ofInstant(window.to(), ZONE).toString(),
            "reason", window.reason()));
  }

  private static String told(MaintenanceWindow window) {
    return window.id()
        + "  "
        + window.school()
        + "  "
        + LocalDateTime.ofInstant(window.from(), ZONE)
        + " to "
        + LocalDateTime.ofInstant(window.to(), ZONE)
        + "  "
        + window.reason();
  }

  @Command(
      name = "add",
      description = "Plans maintenance; may also say so afterwards.",
      mixinStandardHelpOptions = true)
  static final class AddCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();

    @Option(names = "--school", paramLabel = "S", required = true)
    private String school = "";

    @Option(names = "--from", paramLabel = "T", required = true, description = "2026-11-20T14:00")
    private String from = "";

    @Option(names = "--to", paramLabel = "T", required = true, description = "2026-11-20T15:30")
    private String to = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true)
    private String reason = "";

    @Option(
        names = "--weekly-until",
        paramLabel = "D",
        description = "the same each week up to this day, 2027-01-29; each can be ended by itself")
    private @Nullable LocalDate weeklyUntil;

    @Override
    public Integer call() throws SettingsException, IOException {
      Instant begins = time("--from", from);
      Instant ends = time("--to", to);
      MaintenanceWindow window = window(begins, ends);
      try (Database database = config.database(config.settings())) {
        if (new Registry(database).snapshot().school(school) == null) {
          throw new Fault("There is no school " + school + " in the register: import it first.");
        }
        MaintenanceWindows windows = new MaintenanceWindows(database);
        for (MaintenanceWindow each : MaintenanceWindow.weekly(window, last(window), ZONE)) {
          System.out.println(
              told(
                  Recorded.change(
                      database, () -> windows.add(each), made -> entry("maintenance.add", made))));
        }
      }
      return 0;
    }

    /** The day of the last one; that of the first where it is not repeated. */
    private LocalDate last(MaintenanceWindow window) {
      LocalDate first = LocalDate.ofInstant(window.from(), ZONE);
      LocalDate last = weeklyUntil;
      if (last == null) {
        return first;
      }
      if (last.isBefore(first) || last.isAfter(first.plusYears(1))) {
        throw new Fault(
            "--weekly-until cannot be "
                + last
                + ": write a day within a year after "
                + first
                + ".");
      }
      return last;
    }

    private MaintenanceWindow window(Instant begins, Instant ends) {
      try {
        return new MaintenanceWindow(null, school, begins, ends, reason);
      } catch (IllegalArgumentException e) {
        throw new Fault("" + e.getMessage());
      }
    }
  }

  @Command(name = "list", description = "Windows, oldest first.", mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();

    @Option(names = "--school", paramLabel = "S")
    private @Nullable String school;

    @Override
    public Integer call() throws SettingsException, IOException {
      try (Database database = config.database(config.settings())) {
        MaintenanceWindows windows = new MaintenanceWindows(database);
        Instant end = Instant.ofEpochMilli(Long.MAX_VALUE);
        (school == null
                ? windows.between(Instant.EPOCH, end)
                : windows.of(school, Instant.EPOCH, end))
            .forEach(window -> System.out.println(told(window)));
      }
      return 0;
    }
  }

  @Command(
      name = "end",
      description = "Ends one now, or at a time; one that has not begun is removed.",
      mixinStandardHelpOptions = true)
  static final class EndCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();

    @Option(names = "--id", paramLabel = "N", required = true, description = "As list shows it.")
    private long id;

    @Option(names = "--to", paramLabel = "T", description = "2026-11-20T15:00 (default: now)")
    private @Nullable String to;

    @Override
    public Integer call() throws SettingsException, IOException {
      Instant at = to == null ? Clock.systemUTC().instant() : time("--to", to);
      try (Database database = config.database(config.settings())) {
        Optional<MaintenanceWindow> found =
            Recorded.change(
                database,
                () -> Optional.ofNullable(new MaintenanceWindows(database).end(id, at)),
                ended -> ended.map(window -> entry("maintenance.end", window)).orElse(null));
        if (found.isEmpty()) {
          throw new Fault("There is no maintenance " + id + " that could still be ended then.");
        }
        System.out.println("Ended: " + told(found.get()));
      }
      return 0;
    }
  }
}

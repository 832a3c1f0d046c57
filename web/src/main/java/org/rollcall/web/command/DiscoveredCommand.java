package org.rollcall.web.command;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.discovery.Approval;
import org.rollcall.collector.discovery.ApprovalFault;
import org.rollcall.collector.discovery.Discovered;
import org.rollcall.collector.discovery.Discovered.State;
import org.rollcall.collector.discovery.DiscoveryQueue;
import org.rollcall.collector.registry.Registry;
import org.rollcall.config.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./rollcall discovered}: devices that agents found and nobody has registered. */
@Command(
    name = "discovered",
    description = "Devices that agents found on campus networks and nobody has registered.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DiscoveredCommand.ListCommand.class,
      DiscoveredCommand.ApproveCommand.class,
      DiscoveredCommand.IgnoreCommand.class
    })
final class DiscoveredCommand {
  private DiscoveredCommand() {}

  private static DiscoveryQueue queue(Database database) {
    return new DiscoveryQueue(
        database,
        new Registry(database),
        new AuditLog(database.jdbi(), Clock.systemUTC()),
        Clock.systemUTC());
  }

  @Command(
      name = "list",
      description = "What waits for a decision.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();

    @Option(names = "--school", paramLabel = "S", description = "Of this school only.")
    private @Nullable String school;

    @Option(names = "--ignored", description = "Those that were ignored instead.")
    private boolean ignored;

    @Override
    public Integer call() throws SettingsException, IOException {
      try (Database database = config.database(config.settings())) {
        List<Discovered> found = queue(database).list(school, ignored ? State.IGNORED : State.NEW);
        if (found.isEmpty()) {
          System.out.println("Nothing waits for a decision.");
          return 0;
        }
        System.out.printf(
            "%-6s %-12s %-18s %-16s %-10s %-16s %s%n",
            "id", "school", "mac", "address", "perhaps a", "last seen", "what it says");
        found.forEach(ListCommand::print);
      }
      return 0;
    }

    private static void print(Discovered device) {
      System.out.printf(
          "%-6d %-12s %-18s %-16s %-10s %-16s %s%n",
          device.id(),
          device.school(),
          device.mac().isEmpty() ? "-" : device.mac(),
          device.address().isEmpty() ? "-" : device.address(),
          device.suggestedKind().isEmpty() ? "-" : device.suggestedKind(),
          LocalDateTime.ofInstant(device.lastSeen(), Registry.ZONE).withSecond(0).withNano(0),
          (device.name() + " " + device.description() + " " + device.seenAt()).strip());
    }
  }

  @Command(
      name = "approve",
      description = "Registers a device, so that it is looked at.",
      mixinStandardHelpOptions = true)
  static final class ApproveCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();

    @Parameters(index = "0", paramLabel = "ID", description = "As list shows it.")
    private long id;

    @Option(names = "--kind", paramLabel = "K", description = "Default: as list guesses.")
    private @Nullable String kind;

    @Option(
        names = "--name",
        paramLabel = "N",
        required = true,
        description = "Unique in its kind.")
    private String name = "";

    @Option(names = "--space", paramLabel = "C", description = "The class or room it stands in.")
    private String space = "";

    @Option(
        names = "--probe",
        paramLabel = "P",
        defaultValue = "snmp",
        description = "How it is looked at (default: ${DEFAULT-VALUE}).")
    private String probe = "snmp";

    @Override
    public Integer call() throws SettingsException, IOException {
      try (Database database = config.database(config.settings())) {
        DiscoveryQueue queue = queue(database);
        Discovered found = queue.find(id);
        if (found == null) {
          throw new Fault("Nothing of number " + id + " was found: see discovered list.");
        }
        Approval as = new Approval(kind == null ? found.suggestedKind() : kind, name, space, probe);
        ApprovalFault fault = queue.approve(Actor.console(), id, as);
        if (fault != null) {
          throw new Fault(fault.text(Locale.ENGLISH));
        }
        System.out.println(
            "Registered: " + as.kind() + ":" + name + " of school " + found.school() + ".");
      }
      return 0;
    }
  }

  @Command(
      name = "ignore",
      description = "Not ours, or of no interest: it is not offered again.",
      mixinStandardHelpOptions = true)
  static final class IgnoreCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();

    @Parameters(index = "0", paramLabel = "ID", description = "As list shows it.")
    private long id;

    @Override
    public Integer call() throws SettingsException, IOException {
      try (Database database = config.database(config.settings())) {
        if (!queue(database).ignore(Actor.console(), id)) {
          throw new Fault("Nothing of number " + id + " was found: see discovered list.");
        }
        System.out.println("Ignored: " + id + ".");
      }
      return 0;
    }
  }
}

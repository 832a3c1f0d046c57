package org.rollcall.web.command;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.AuditLog.Told;
import org.rollcall.collector.configuration.AgentConfiguration;
import org.rollcall.collector.configuration.AgentConfigurations;
import org.rollcall.collector.configuration.ConfigurationCheck;
import org.rollcall.collector.configuration.RegisteredDevices;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.identity.AgentEntry;
import org.rollcall.collector.registry.Registry;
import org.rollcall.config.SettingsException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./rollcall agents config AGENT}: what an agent is to run beyond its own file. */
@Command(
    name = "config",
    description = {
      "What an agent is to run beyond its own file: devices, report, and, where its own file has"
          + " no such section, lineTests and discovery.",
      "A running server tells the agent within seconds; without an option this command says which"
          + " revision is in force, or why the agent refuses it."
    },
    mixinStandardHelpOptions = true)
final class AgentsConfigCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Parameters(index = "0", paramLabel = "AGENT")
  private String agent = "";

  @ArgGroup(multiplicity = "0..1")
  private What what = new What();

  /** One of these; none lists the revisions. */
  static final class What {
    @Option(
        names = "--show",
        description = "Print what is pushed; without any option, its revisions.")
    private boolean show;

    @Option(names = "--file", paramLabel = "F", description = "Push what this YAML file says.")
    private @Nullable Path file;

    @Option(
        names = "--from-register",
        description = "Push the school's devices as they are in the register.")
    private boolean fromRegister;

    @Option(names = "--clear", description = "Take back what was pushed.")
    private boolean clear;
  }

  @Override
  public Integer call() throws SettingsException, IOException {
    try (Database database = config.database(config.settings())) {
      AgentEntry entry = entry(database);
      if (what.file != null) {
        push(database, text(what.file), what.file.toString());
      } else if (what.fromRegister) {
        fromRegister(database, entry);
      } else if (what.clear) {
        push(database, "", "nothing");
      } else {
        show(configurations(database), what.show);
      }
    }
    return 0;
  }

  private AgentEntry entry(Database database) {
    for (AgentEntry each : AgentsCommand.agents(database).list()) {
      if (each.id().equals(agent)) {
        if (each.kind() == AgentEntry.Kind.FOREIGN) {
          throw new Fault(agent + " is a foreign agent: it takes no configuration from here.");
        }
        if (each.revoked() != null) {
          throw new Fault(agent + " was revoked: it hears nothing any more.");
        }
        return each;
      }
    }
    throw new Fault("There is no agent " + agent + ": see agents list.");
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new Fault("There is no file " + file + ".");
    } catch (MalformedInputException e) {
      throw new Fault(file + " is not UTF-8.");
    }
  }

  private static AgentConfigurations configurations(Database database) {
    return new AgentConfigurations(database, Clock.systemUTC());
  }

  private void fromRegister(Database database, AgentEntry entry) throws SettingsException {
    RegisteredDevices.Composed composed =
        RegisteredDevices.compose(new Registry(database).inventory(entry.school()).devices());
    if (!composed.leftOut().isEmpty()) {
      System.err.println(
          "Left out, because the agent does not know their probe: "
              + String.join(", ", composed.leftOut()));
    }
    if (composed.devices() == 0) {
      throw new Fault(
          "The register has no device of school "
              + entry.school()
              + " that an agent can look at: import devices first.");
    }
    push(database, composed.yaml(), composed.devices() + " devices of the register");
  }

  private void push(Database database, String yaml, String what) throws SettingsException {
    ConfigurationCheck.check(what, yaml);
    String user = System.getProperty("user.name", "operator");
    long revision =
        Recorded.change(
            database,
            () -> configurations(database).set(agent, yaml, user),
            made ->
                new Told(
                    yaml.isEmpty() ? "agent.config.clear" : "agent.config",
                    agent,
                    Map.of("revision", made)));
    System.out.println("Revision " + revision + " for agent " + agent + ": " + what + ".");
  }

  private void show(AgentConfigurations configurations, boolean yaml) {
    AgentConfiguration newest = configurations.current(agent);
    if (newest == null) {
      System.out.println("Nothing was ever pushed to agent " + agent + ".");
      return;
    }
    if (yaml) {
      System.out.print(newest.yaml());
      return;
    }
    for (AgentConfiguration each : configurations.history(agent)) {
      System.out.printf(
          "revision %d, %s, by %s%s%s%n",
          each.revision(),
          each.setAt(),
          each.setBy(),
          each.yaml().isEmpty() ? ": taken back" : "",
          answer(each));
    }
  }

  private static String answer(AgentConfiguration of) {
    if (of.answered() == null) {
      return "; the agent has not answered";
    }
    return of.problem() == null
        ? "; the agent took it " + of.answered()
        : "; the agent refused it "
            + of.answered()
            + " and keeps the one before:\n  "
            + of.problem().replace("\n", "\n  ");
  }
}

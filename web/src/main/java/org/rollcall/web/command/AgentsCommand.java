package org.rollcall.web.command;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.audit.AuditLog.Told;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.identity.AgentEntry;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.identity.ForeignLogin;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.config.SettingsException;
import org.rollcall.protocol.EnrolmentCode;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./rollcall agents}: who may report. */
@Command(
    name = "agents",
    description = "Enrolment codes and agents, from the server's side.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AgentsCommand.CodeCommand.class,
      AgentsCommand.ListCommand.class,
      AgentsCommand.RevokeCommand.class,
      AgentsCommand.ForeignCommand.class,
      AgentsConfigCommand.class,
      AgentsCommand.ReleaseCommand.class
    })
final class AgentsCommand {
  private AgentsCommand() {}

  /** One school, or every school of a region. */
  static final class Whose {
    @Option(names = "--school", paramLabel = "S", description = "The school's identifier.")
    @Nullable String school;

    @Option(
        names = "--region",
        paramLabel = "R",
        description = "Every school and campus of this region.")
    @Nullable String region;

    /** The school's code or the region's. */
    String code() {
      return String.valueOf(school == null ? region : school);
    }

    List<School> schools(Register register) {
      if (school != null) {
        School found = register.school(school);
        if (found == null) {
          throw new Fault("There is no school " + school + " in the register: import it first.");
        }
        if (found.status() == School.Status.CLOSED) {
          throw new Fault("The school " + school + " is closed: no agent may report for it.");
        }
        return List.of(found);
      }
      if (region == null || register.region(region) == null) {
        throw new Fault("There is no region " + region + " in the register: import it first.");
      }
      return register.sites(region);
    }
  }

  @Command(
      name = "code",
      description = "One-time enrolment codes; several are printed as CSV: school,code.",
      mixinStandardHelpOptions = true)
  static final class CodeCommand implements Callable<Integer> {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,5})([mhd])");

    @Mixin private ConfigOption config = new ConfigOption();

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    @Option(
        names = "--valid",
        paramLabel = "24h",
        description = "How long it may be used: 30m, 24h, 7d (default: ${DEFAULT-VALUE}).",
        defaultValue = "24h")
    private String valid = "24h";

    @Override
    public Integer call() throws SettingsException, IOException {
      ServerSettings settings = config.settings();
      byte[] pin = Collector.identity(settings.collector(), Clock.systemUTC()).spkiSha256();
      String key = HexFormat.of().formatHex(pin);
      int port = settings.mqtt().tls().port();
      if (port == 0) {
        throw new Fault("mqtt.tls.port is 0, any free one: set a port that agents can be told.");
      }
      try (Database database = config.database(settings)) {
        List<School> schools = whose.schools(new Registry(database).snapshot());
        Duration span = span();
        Map<String, String> secrets =
            Recorded.change(
                database,
                () ->
                    agents(database).issueCodes(schools.stream().map(School::code).toList(), span),
                made -> told(made.size(), span));
        if (whose.region != null) {
          System.out.println("school,code");
        }
        for (School school : schools) {
          String secret = secrets.get(school.code());
          if (secret == null) {
            throw new IllegalStateException("BUG: no code for school " + school.code());
          }
          String code = new EnrolmentCode(settings.publicAddress(), port, key, secret).encode();
          System.out.println(whose.region == null ? code : school.code() + "," + code);
        }
      }
      return 0;
    }

    private Told told(int codes, Duration span) {
      return new Told("agent.code", whose.code(), Map.of("codes", codes, "valid", span.toString()));
    }

    private Duration span() {
      Matcher span = SPAN.matcher(valid);
      if (!span.matches()) {
        throw new Fault("--valid cannot be '" + valid + "': write 30m, 24h or 7d.");
      }
      long n = Long.parseLong(span.group(1));
      return switch (span.group(2)) {
        case "m" -> Duration.ofMinutes(n);
        case "h" -> Duration.ofHours(n);
        default -> Duration.ofDays(n);
      };
    }
  }

  @Command(name = "list", description = "Every agent.", mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();

    @Override
    public Integer call() throws SettingsException, IOException {
      try (Database database = config.database(config.settings())) {
        System.out.printf(
            "%-24s %-12s %-8s %-20s %s%n", "agent", "school", "kind", "last seen", "");
        for (AgentEntry agent : agents(database).list()) {
          System.out.printf(
              "%-24s %-12s %-8s %-20s %s%n",
              agent.id(),
              agent.school(),
              agent.kind().name().toLowerCase(Locale.ROOT),
              agent.lastSeen() == null ? "never" : agent.lastSeen(),
              state(agent));
        }
      }
      return 0;
    }
  }

  private static String state(AgentEntry agent) {
    if (agent.revoked() != null) {
      return "revoked " + agent.revoked();
    }
    return agent.held() == null
        ? ""
        : "HELD since " + agent.held() + ": one key in two places, " + agent.heldAddresses();
  }

  @Command(
      name = "release",
      description = {
        "Lets an agent report again that was held because its key was seen in two places.",
        "First enrol the copy anew, or both are held again within minutes."
      },
      mixinStandardHelpOptions = true)
  static final class ReleaseCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();

    @Parameters(index = "0", paramLabel = "AGENT")
    private String agent = "";

    @Override
    public Integer call() throws SettingsException, IOException {
      try (Database database = config.database(config.settings())) {
        if (!Recorded.change(
            database, () -> agents(database).release(agent), "agent.release", agent)) {
          throw new Fault("There is no agent " + agent + " that is held.");
        }
        System.out.println(
            "Agent "
                + agent
                + " may report again; it comes back within half an hour, or when it is restarted.");
        System.out.println(
            "The copy needs a key of its own: make a code with `agents code --school S`, and run"
                + " `agent enrol CODE --replace` on it.");
      }
      return 0;
    }
  }

  @Command(
      name = "revoke",
      description = "Ends an agent's right to report, its connection within seconds.",
      mixinStandardHelpOptions = true)
  static final class RevokeCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();

    @Parameters(index = "0", paramLabel = "AGENT")
    private String agent = "";

    @Override
    public Integer call() throws SettingsException, IOException {
      try (Database database = config.database(config.settings())) {
        if (!Recorded.change(
            database, () -> agents(database).revoke(agent), "agent.revoke", agent)) {
          throw new Fault("There is no agent " + agent + " that could be revoked.");
        }
        System.out.println("Agent " + agent + " may no longer report.");
      }
      return 0;
    }
  }

  @Command(
      name = "add-foreign",
      description = "A user name and password for any MQTT client; printed once, as CSV for many.",
      mixinStandardHelpOptions = true)
  static final class ForeignCommand implements Callable<Integer> {
    @Mixin private ConfigOption config = new ConfigOption();

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    @Override
    public Integer call() throws SettingsException, IOException {
      try (Database database = config.database(config.settings())) {
        List<School> schools = whose.schools(new Registry(database).snapshot());
        Agents agents = agents(database);
        if (whose.region != null) {
          System.out.println("school,username,password");
        }
        for (School school : schools) {
          ForeignLogin login =
              Recorded.change(
                  database,
                  () -> agents.addForeign(school.code()),
                  made ->
                      new Told("agent.foreign", school.code(), Map.of("agent", made.userName())));
          System.out.println(
              whose.region == null
                  ? "user name: " + login.userName() + "\npassword: " + login.password()
                  : school.code() + "," + login.userName() + "," + login.password());
        }
      }
      return 0;
    }
  }

  static Agents agents(Database database) {
    return new Agents(database.jdbi(), Clock.systemUTC(), new SecureRandom());
  }
}

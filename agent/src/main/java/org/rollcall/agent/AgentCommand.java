package org.rollcall.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.enrolment.Enrolment;
import org.rollcall.agent.enrolment.IdentityFolder;
import org.rollcall.agent.status.StatusQuestion;
import org.rollcall.agent.status.StatusSettings;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.EnrolmentCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The agent's command line: {@code agent}, {@code agent enrol CODE}. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    versionProvider = AgentCommand.Version.class,
    description = "Runs an agent in the foreground until it is told to end (Ctrl-C or SIGTERM).")
final class AgentCommand implements Callable<Integer> {

  private final CountDownLatch toldToEnd;
  private final PrintWriter out;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = AgentMain.CONFIG_OR_DEFAULT,
      description = "the agent's settings; default: ${DEFAULT-VALUE}")
  @SuppressWarnings("NullAway.Init")
  private Path config;

  @Option(names = "--check", description = "read the settings, say what is wrong, and end")
  private boolean check;

  private AgentCommand(CountDownLatch toldToEnd, PrintWriter out) {
    this.toldToEnd = toldToEnd;
    this.out = out;
  }

  /**
   * Runs a command line.
   *
   * @param toldToEnd counted down when a running agent is to close
   * @return 0 for success, 1 for a failure that was explained on {@code err}, 2 for wrong usage
   */
  static int run(String[] args, PrintWriter out, PrintWriter err, CountDownLatch toldToEnd) {
    AgentCommand agent = new AgentCommand(toldToEnd, out);
    CommandLine command =
        new CommandLine(agent).addSubcommand(new Enrol(out)).addSubcommand(new Status(out));
    command.setOut(out);
    command.setErr(err);
    command.setExecutionExceptionHandler(
        (fault, line, result) -> {
          if (!AgentRun.isExpected(fault)) {
            throw fault;
          }
          err.println(fault.getMessage());
          return AgentRun.FAILED;
        });
    return command.execute(args);
  }

  @Override
  public Integer call() throws Exception {
    if (check) {
      AgentSettings unused = SettingsReader.read(config, AgentSettings.class);
      out.println(config + ": good");
    } else {
      AgentRun.until(toldToEnd, config);
    }
    return 0;
  }

  /** {@code agent status}. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "How the agent that runs on this machine is; exit 1 when none does.")
  static final class Status implements Callable<Integer> {
    private final PrintWriter out;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        defaultValue = AgentMain.CONFIG_OR_DEFAULT,
        description = "the agent's settings; default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Option(names = "--lang", paramLabel = "zh|en", description = "default: the machine's")
    private String language = Locale.getDefault().getLanguage();

    Status(PrintWriter out) {
      this.out = out;
    }

    @Override
    public Integer call() throws Exception {
      StatusSettings settings = SettingsReader.read(config, AgentSettings.class).status();
      if (!settings.enabled() || settings.port() == 0) {
        throw new AgentRun.WrongInputException(
            config + " has no status page: set status.enabled: true and a port.");
      }
      String text = "/status.txt?lang=" + (language.startsWith("zh") ? "zh" : "en");
      try {
        out.print(StatusQuestion.ask(settings.port(), json ? "/status.json" : text));
        out.flush();
      } catch (IOException e) {
        throw new AgentRun.WrongInputException(
            "No agent answers on 127.0.0.1:"
                + settings.port()
                + " ("
                + e.getMessage()
                + "): start it, or see its log.");
      }
      return 0;
    }
  }

  /** {@code agent enrol}. */
  @Command(
      name = "enrol",
      mixinStandardHelpOptions = true,
      description = "Binds this agent to the school a one-time code was issued for.")
  static final class Enrol implements Callable<Integer> {
    private final PrintWriter out;

    @Parameters(paramLabel = "CODE", description = "the code, RC1-…")
    @SuppressWarnings("NullAway.Init")
    private String code;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        defaultValue = AgentMain.CONFIG_OR_DEFAULT,
        description = "the agent's settings; default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(names = "--replace", description = "give up the school this agent belongs to now")
    private boolean replace;

    Enrol(PrintWriter out) {
      this.out = out;
    }

    @Override
    public Integer call() throws Exception {
      EnrolmentCode parsed;
      try {
        parsed = EnrolmentCode.parse(code);
      } catch (IllegalArgumentException e) {
        throw new AgentRun.WrongInputException(String.valueOf(e.getMessage()));
      }
      AgentSettings settings = SettingsReader.read(config, AgentSettings.class);
      IdentityFolder folder = new IdentityFolder(settings.data());
      folder.prepare(replace);
      AgentKey key = AgentKey.generate();
      try (NetworkThreads network = new NetworkThreads(1)) {
        network.start();
        AgentIdentity identity =
            new Enrolment(network, Clock.systemUTC(), settings.uplink().tls()).enrol(parsed, key);
        folder.keep(identity, key);
        out.println(
            "Enrolled: agent "
                + identity.agent()
                + " of school "
                + identity.school()
                + (identity.schoolName() == null ? "" : " " + identity.schoolName()));
      }
      return 0;
    }
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = AgentCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "Rollcall agent " + (version == null ? "(not installed)" : version),
        "Java " + Runtime.version()
      };
    }
  }
}

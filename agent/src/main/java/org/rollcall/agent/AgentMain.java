package org.rollcall.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.enrolment.Enrolment;
import org.rollcall.agent.enrolment.EnrolmentException;
import org.rollcall.agent.enrolment.IdentityFolder;
import org.rollcall.agent.spool.SpoolException;
import org.rollcall.agent.status.StatusPage;
import org.rollcall.agent.status.StatusQuestion;
import org.rollcall.agent.status.StatusSettings;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.EnrolmentCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rollcall agent} and {@code rollcall agent enrol CODE}. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    description = "Runs an agent in the foreground until it is told to end (Ctrl-C or SIGTERM).")
public final class AgentMain implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final String LOG_SETTINGS = "logback.configurationFile";

  private final CountDownLatch toldToEnd;
  private final PrintWriter out;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "config/agent.yaml",
      description = "the agent's settings; default: ${DEFAULT-VALUE}")
  @SuppressWarnings("NullAway.Init")
  private Path config;

  @Option(names = "--check", description = "read the settings, say what is wrong, and end")
  private boolean check;

  private AgentMain(CountDownLatch toldToEnd, PrintWriter out) {
    this.toldToEnd = toldToEnd;
    this.out = out;
  }

  public static void main(String[] args) {
    if (System.getProperty(LOG_SETTINGS) == null) {
      System.setProperty(LOG_SETTINGS, "logback-agent.xml");
    }
    CountDownLatch toldToEnd = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  toldToEnd.countDown();
                  await(ended);
                },
                "end"));
    int code = run(args, writer(System.out), writer(System.err), toldToEnd);
    ended.countDown();
    System.exit(code);
  }

  private static PrintWriter writer(OutputStream console) {
    return new PrintWriter(console, true, Charset.defaultCharset());
  }

  /**
   * Runs a command line.
   *
   * @param toldToEnd counted down when a running agent is to close
   * @return 0 for success, 1 for a failure that was explained on {@code err}, 2 for wrong usage
   */
  static int run(String[] args, PrintWriter out, PrintWriter err, CountDownLatch toldToEnd) {
    AgentMain agent = new AgentMain(toldToEnd, out);
    CommandLine command =
        new CommandLine(agent).addSubcommand(new Enrol(out)).addSubcommand(new Status(out));
    command.setOut(out);
    command.setErr(err);
    command.setExecutionExceptionHandler(
        (fault, line, result) -> {
          if (!isExpected(fault)) {
            throw fault;
          }
          err.println(fault.getMessage());
          return FAILED;
        });
    return command.execute(args);
  }

  @Override
  public Integer call() throws Exception {
    AgentSettings settings = SettingsReader.read(config, AgentSettings.class);
    if (check) {
      out.println(config + ": good");
      return 0;
    }
    IdentityFolder folder = new IdentityFolder(settings.data());
    AgentIdentity identity = folder.identity();
    AgentKey key = folder.key(identity);
    try (NetworkThreads network = new NetworkThreads(1)) {
      network.start();
      ScheduledExecutorService worker = worker();
      UplinkThreads shared =
          new UplinkThreads(network, worker, Clock.systemUTC(), new SecureRandom());
      try (Agent agent = new Agent(identity, key, folder.folderOf(identity), settings, shared);
          StatusPage page =
              new StatusPage(settings.status(), network.group(), worker, agent::status)) {
        agent.start();
        page.start();
        toldToEnd.await();
      } catch (IllegalArgumentException e) {
        throw new WrongInputException(config + " cannot be used:\n" + e.getMessage());
      } finally {
        worker.shutdown();
        if (!worker.awaitTermination(5, TimeUnit.SECONDS)) {
          worker.shutdownNow();
        }
      }
    }
    return 0;
  }

  private static ScheduledExecutorService worker() {
    return Executors.newScheduledThreadPool(
        1,
        work -> {
          Thread thread = new Thread(work, "worker");
          thread.setDaemon(true);
          return thread;
        });
  }

  private static boolean isExpected(Exception fault) {
    return fault instanceof SettingsException
        || fault instanceof EnrolmentException
        || fault instanceof SpoolException
        || fault instanceof WrongInputException;
  }

  private static void await(CountDownLatch latch) {
    try {
      boolean unused = latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a person typed or wrote cannot be used; the message says why. */
  private static final class WrongInputException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongInputException(String message) {
      super(message);
    }
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
        defaultValue = "config/agent.yaml",
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
        throw new WrongInputException(
            config + " has no status page: set status.enabled: true and a port.");
      }
      String text = "/status.txt?lang=" + (language.startsWith("zh") ? "zh" : "en");
      try {
        out.print(StatusQuestion.ask(settings.port(), json ? "/status.json" : text));
        out.flush();
      } catch (IOException e) {
        throw new WrongInputException(
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
        defaultValue = "config/agent.yaml",
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
        throw new WrongInputException(String.valueOf(e.getMessage()));
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
}

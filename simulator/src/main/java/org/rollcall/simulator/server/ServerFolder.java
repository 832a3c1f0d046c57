package org.rollcall.simulator.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A folder that holds everything one server has: server.yaml and its data. The server's own
 * commands are run against it as processes of their own, as a person would.
 *
 * @param folder exists
 * @param plainPort MQTT without TLS, on the loopback; 0: none
 */
public record ServerFolder(Path folder, int httpPort, int tlsPort, int plainPort) {
  private static final String MAIN = "org.rollcall.web.RollcallMain";
  private static final String READY = "Rollcall is ready: ";
  private static final List<String> COMMAND_FLAGS =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
  private static final Duration TIME_TO_START = Duration.ofMinutes(3);
  private static final int LOWEST_PORT = 20_000;
  private static final int PORTS = 12_000;
  private static final int PORT_TRIES = 100;

  /** Begins anywhere, so that two processes do not try the same ones. */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  public Path config() {
    return folder.resolve("server.yaml");
  }

  public Path data() {
    return folder.resolve("data");
  }

  /** Writes server.yaml for observations in the folder itself; see {@link #write(String)}. */
  public void write() throws IOException {
    write("{sync: false}");
  }

  /**
   * Writes server.yaml: the demo's calendar, every day of the year with lessons, and the profiles.
   * No line tests: the schools' lines are simulated, and a test of the loopback would gainsay them.
   *
   * @param store what stands behind {@code store:}, on one line
   */
  public void write(String store) throws IOException {
    Path root = Launch.root();
    Files.createDirectories(data());
    Files.createDirectories(folder.resolve("tmp"));
    String plain =
        plainPort == 0
            ? "{enabled: false}"
            : "{enabled: true, port: " + plainPort + ", bind: 127.0.0.1}";
    Files.writeString(
        config(),
        """
        data: data
        simulated: true
        publicAddress: 127.0.0.1
        http: {port: %d, bind: 127.0.0.1}
        mqtt:
          tls: {port: %d, bind: 127.0.0.1}
          plain: %s
        web: {publicView: true}
        calendar: %s
        targets: %s
        profile: GD-2010-18
        otherProfiles: [GD-LONGGANG-2011, MOE-2019-CONNECT, MOE-2017-6-L7]
        store: %s
        milestones: %s
        alerts: {rules: %s, duty: %s}
        lineTests: {enabled: false}
        ndt7: {public: true, tls: {port: 0, bind: 127.0.0.1}}
        """
            .formatted(
                httpPort,
                tlsPort,
                plain,
                quoted(root.resolve("config/calendars/demo.yaml")),
                quoted(root.resolve("config/targets")),
                store,
                quoted(root.resolve("config/milestones.yaml")),
                quoted(root.resolve("config/alerts")),
                quoted(root.resolve("config/duty.yaml"))));
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  /** The folder's own place for passing files: nothing of a demo may stay anywhere else. */
  private List<String> withTemporaryFiles(List<String> flags) {
    List<String> all = new ArrayList<>(flags);
    all.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
    return all;
  }

  /** Starts the server; {@link Child#awaitReady} tells when it answers. */
  public Child start(List<String> flags) {
    return Child.start(
        "server",
        withTemporaryFiles(flags),
        MAIN,
        List.of("server", "--config", config().toString()),
        folder.resolve("server.log"),
        line -> line.startsWith(READY));
  }

  /** Starts the server and waits until it answers. */
  public Child startAndAwait(List<String> flags) throws InterruptedException {
    Child server = start(flags);
    try {
      server.awaitReady(TIME_TO_START);
      return server;
    } catch (IllegalStateException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  /**
   * One of the server's commands, e.g. {@code agents list}.
   *
   * @param input what it reads from standard input; empty: nothing
   */
  public record Command(List<String> arguments, String input) {
    public Command {
      arguments = List.copyOf(arguments);
    }

    public static Command of(String... arguments) {
      return new Command(List.of(arguments), "");
    }

    private String line(Path config) {
      String line = String.join("\t", arguments) + "\t--config\t" + config;
      return (input.isEmpty() ? line : line + "\t" + BatchMain.INPUT + input) + "\n";
    }
  }

  /** Runs one command against this folder; see {@link #commands}. */
  public List<String> command(String... arguments) throws IOException, InterruptedException {
    return commands(List.of(Command.of(arguments))).get(0);
  }

  /**
   * Runs commands against this folder, one after the other, in one process of their own.
   *
   * @return for each the lines it printed on standard output
   * @throws IllegalStateException with what it said, if one fails; those after it are not run
   */
  public List<List<String>> commands(List<Command> commands)
      throws IOException, InterruptedException {
    List<String> java = new ArrayList<>(Launch.java(withTemporaryFiles(COMMAND_FLAGS)));
    java.add(BatchMain.class.getName());
    Path errors = Files.createTempFile(folder, "commands", ".log");
    try {
      Process process = new ProcessBuilder(java).redirectError(errors.toFile()).start();
      try (OutputStream in = process.getOutputStream()) {
        for (Command command : commands) {
          in.write(command.line(config()).getBytes(StandardCharsets.UTF_8));
        }
      }
      byte[] output = process.getInputStream().readAllBytes();
      process.waitFor();
      return answers(commands, new String(output, StandardCharsets.UTF_8), errors);
    } finally {
      Files.deleteIfExists(errors);
    }
  }

  private static List<List<String>> answers(List<Command> commands, String text, Path errors)
      throws IOException {
    List<List<String>> answers = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.equals(BatchMain.END + "0")) {
        answers.add(List.copyOf(lines));
        lines.clear();
      } else {
        lines.add(line);
      }
    }
    if (answers.size() < commands.size()) {
      throw new IllegalStateException(
          "\"%s\" failed: %s %s"
              .formatted(
                  String.join(" ", commands.get(answers.size()).arguments()),
                  String.join("\n", lines),
                  Files.readString(errors)));
    }
    return answers;
  }

  /**
   * A TCP port on the loopback that nobody uses at the moment, another one each time. Below those
   * that the operating system gives to whoever connects (Linux: from 32768), so that nobody gets it
   * by chance before the server has it, or while a killed one is away; and no client that tries it
   * meanwhile can meet itself.
   */
  public static int freePort() throws IOException {
    for (int left = PORT_TRIES; ; left--) {
      int port = LOWEST_PORT + NEXT_PORT.getAndIncrement() % PORTS;
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        if (left == 0) {
          throw taken;
        }
      }
    }
  }
}

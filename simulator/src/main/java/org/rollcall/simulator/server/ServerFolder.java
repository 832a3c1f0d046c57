package org.rollcall.simulator.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
  private static final Duration TIME_TO_START = Duration.ofSeconds(60);

  public Path config() {
    return folder.resolve("server.yaml");
  }

  public Path data() {
    return folder.resolve("data");
  }

  /**
   * Writes server.yaml: the demo's calendar, every day of the year with lessons, and the profiles.
   */
  public void write() throws IOException {
    Path root = Launch.root();
    Files.createDirectories(data());
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
        store: {sync: false}
        """
            .formatted(
                httpPort,
                tlsPort,
                plain,
                quoted(root.resolve("config/calendars/demo.yaml")),
                quoted(root.resolve("config/targets"))));
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  /** Starts the server; {@link Child#awaitReady} tells when it answers. */
  public Child start(List<String> flags) {
    return Child.start(
        "server",
        flags,
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
   * Runs one of the server's commands against this folder, e.g. {@code agents list}.
   *
   * @return the lines it printed on standard output
   * @throws IllegalStateException with what it said, if it fails
   */
  public List<String> command(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Launch.java(COMMAND_FLAGS));
    command.add(MAIN);
    command.addAll(List.of(arguments));
    command.addAll(List.of("--config", config().toString()));
    Path errors = Files.createTempFile(folder, "command", ".log");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      int exit = process.waitFor();
      String text = new String(output, StandardCharsets.UTF_8);
      if (exit != 0) {
        throw new IllegalStateException(
            "\"%s\" failed with %d: %s%s"
                .formatted(String.join(" ", arguments), exit, text, Files.readString(errors)));
      }
      return text.lines().toList();
    } finally {
      Files.deleteIfExists(errors);
    }
  }

  /** A TCP port nobody uses at the moment. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

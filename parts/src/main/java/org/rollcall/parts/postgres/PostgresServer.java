package org.rollcall.parts.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL (Debian's package {@code postgresql}) on a free port of the loopback, in a folder
 * of its own that goes when it ends. It sorts texts by ICU's rules for Chinese, so that whatever
 * relies on their bytes must say so. It ends with this process, however that ends; {@code
 * server.sh} beside this class is what runs it.
 */
public final class PostgresServer implements AutoCloseable {
  /** An ordinary user, who owns the database {@link #DATABASE}. */
  public static final String USER = "rollcall";

  public static final String PASSWORD = "for-tests";

  /** There from the beginning, and empty. */
  public static final String DATABASE = "register";

  /** Below those that the operating system gives to whoever connects (Linux: from 32768). */
  private static final int LOWEST_PORT = 20_000;

  private static final int PORTS = 12_000;
  private static final int PORT_TRIES = 100;
  private static final long TIME_TO_END_SECONDS = 60;

  private final int port;
  private final Process process;
  private final Writer orders;
  private final BufferedReader answers;

  private PostgresServer(int port, Process process) {
    this.port = port;
    this.process = process;
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param durable whether it waits for the disk, as it must where its death is tested
   * @throws IllegalStateException if it is not installed or does not come up, with what it said
   */
  public static PostgresServer start(boolean durable) {
    return start(durable, null);
  }

  /**
   * The same; it speaks TLS to whoever asks for it.
   *
   * @param certificate PEM of a certificate for 127.0.0.1 with the key behind it; null: no TLS
   */
  public static PostgresServer start(boolean durable, @Nullable Path certificate) {
    try {
      int port = freePort();
      List<String> command = new ArrayList<>(List.of("sh", "-c", script(), "server.sh"));
      command.add(String.valueOf(port));
      command.add(durable ? "on" : "off");
      if (certificate != null) {
        command.add(certificate.toAbsolutePath().toString());
      }
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      PostgresServer server = new PostgresServer(port, process);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end-postgres"));
      server.await("ready");
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be started", e);
    }
  }

  private static String script() throws IOException {
    try (InputStream script =
        Objects.requireNonNull(PostgresServer.class.getResourceAsStream("server.sh"))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int freePort() throws IOException {
    for (int left = PORT_TRIES; ; left--) {
      int port = LOWEST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        if (left == 0) {
          throw taken;
        }
      }
    }
  }

  public int port() {
    return port;
  }

  /** For JDBC, without user and password. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Runs a statement as the superuser. */
  public void sql(String database, String statement) {
    order("sql " + database + " " + statement, "done");
  }

  /** The same as kill -9 of every process of the server. */
  public void kill() {
    order("kill", "killed");
  }

  /** An orderly end, which throws out whoever is connected. */
  public void stop() {
    order("stop", "stopped");
  }

  /** Starts it again on the same port and data, after {@link #kill} or {@link #stop}. */
  public void startAgain() {
    order("start", "ready");
  }

  /** SIGSTOP of every process of the server: it stands still, its connections open. */
  public void stall() {
    order("stall", "stalled");
  }

  /** Ends {@link #stall}. */
  public void resume() {
    order("resume", "resumed");
  }

  private synchronized void order(String order, String answer) {
    try {
      orders.write(order + "\n");
      orders.flush();
      await(answer);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL takes no order", e);
    }
  }

  private void await(String expected) throws IOException {
    String said = answers.readLine();
    if (!expected.equals(said)) {
      throw new IllegalStateException("PostgreSQL is not " + expected + ": " + said);
    }
  }

  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(TIME_TO_END_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
      }
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}

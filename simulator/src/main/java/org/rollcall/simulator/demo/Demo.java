package org.rollcall.simulator.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.campus.Campus;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.RegisterFiles;
import org.rollcall.simulator.district.Term;
import org.rollcall.simulator.server.Child;
import org.rollcall.simulator.server.ServerFolder;
import org.rollcall.simulator.server.ServerFolder.Command;
import org.rollcall.simulator.server.ServerMetrics;

/**
 * Puts a district together, step by step, and takes it down again. {@link #start()} blocks until
 * pages answer with verdicts; {@link #close()} may be called at any time, also after a start that
 * failed or was interrupted. One thread.
 */
final class Demo implements AutoCloseable {
  private static final List<String> SERVER_FLAGS =
      List.of("-Xms128m", "-Xmx1g", "-XX:+UseG1GC", "-XX:MaxDirectMemorySize=512m");
  private static final Duration TIME_TO_START = Duration.ofMinutes(3);
  private static final Duration TIME_TO_BRING_IN = Duration.ofMinutes(10);

  private static final long LOOK_MILLIS = 250;

  /** Agents go on reporting: this few unacknowledged reports a school are no backlog. */
  private static final int NO_BACKLOG = 2;

  private final DemoCommand.Settings settings;
  private final Clock clock;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private @Nullable Child server;
  private long startedNanos;

  Demo(DemoCommand.Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Starts everything and prints the ready line. */
  void start() throws IOException, InterruptedException {
    startedNanos = System.nanoTime();
    mustBeFree(settings.httpPort(), "--http-port");
    mustBeFree(settings.mqttPort(), "--mqtt-port");
    Path folder = folder();
    Term term = Term.allYear();
    District district = District.of(settings.seed(), settings.schools());
    Campus campus = new Campus(district, term, clock);
    running.push(campus);
    campus.start();
    say(
        "%d schools with %d devices answer SNMP and PJLink.",
        settings.schools(), campus.devices().size());

    DemoAgents agents = new DemoAgents(district, term, folder.resolve("agents"), clock);
    running.push(agents);
    CompletableFuture<Long> remembered = remember(agents);
    ServerFolder place = new ServerFolder(folder, settings.httpPort(), settings.mqttPort(), 0);
    place.write();
    LocalDate lastWeek = LocalDate.ofInstant(clock.instant(), Term.ZONE).minusWeeks(1);
    RegisterFiles.write(district, campus.devices(), folder, lastWeek);
    List<DemoAccount> accounts = DemoAccount.all(district);
    Map<String, String> codes = register(place, accounts);
    say("The register is imported, and every school has its enrolment code.");

    Child started = place.start(SERVER_FLAGS);
    running.push(started);
    // Agents end before their server does, so that they can say goodbye.
    running.remove(agents);
    running.push(agents);
    server = started;
    started.awaitReady(TIME_TO_START);
    say("The server is up.");
    say("The agents remember %d observations of %d days.", get(remembered), settings.days());
    agents.enrol(codes);
    say("%d agents are enrolled; they bring in what they remember.", agents.count());
    agents.start(campus);
    bringIn(agents);
    agents.silence();
    double inSince = clock.millis() / 1_000.0;
    ServerMetrics metrics = new ServerMetrics(settings.httpPort());
    await(
        () -> metrics.value("rollcall_judged_up_to_seconds") > inSince,
        "The server has not judged what came in");
    SummaryPage summary = new SummaryPage(settings.httpPort(), District.ROOT);
    await(summary::showsVerdicts, "The server shows no verdicts");
    say("Everything is judged.");
    System.out.println("Rollcall is ready: http://127.0.0.1:" + settings.httpPort());
    accounts.forEach(account -> System.out.println(account.line()));
    System.out.flush();
  }

  /** Waits for the server's end, which nobody asked for. */
  void awaitEnd() throws InterruptedException {
    while (server != null && server.isAlive()) {
      TimeUnit.SECONDS.sleep(1);
    }
    say("The server ended by itself; see server.log.");
  }

  private CompletableFuture<Long> remember(DemoAgents agents) {
    CompletableFuture<Long> remembered = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                remembered.complete(agents.remember(Duration.ofDays(settings.days())));
              } catch (InterruptedException | RuntimeException e) {
                remembered.completeExceptionally(e);
              }
            },
            "remember");
    thread.setDaemon(true);
    thread.start();
    return remembered;
  }

  private static long get(CompletableFuture<Long> remembered) throws InterruptedException {
    try {
      return remembered.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The past could not be written: " + e.getCause(), e);
    }
  }

  /** Imports the files, makes the accounts, and returns each school's enrolment code. */
  private static Map<String, String> register(ServerFolder place, List<DemoAccount> accounts)
      throws IOException, InterruptedException {
    List<Command> commands = new ArrayList<>();
    for (String what : List.of("regions", "schools", "classes", "devices", "lines", "declared")) {
      String file = place.folder().resolve(what + ".csv").toString();
      commands.add(Command.of("import", what, file));
    }
    accounts.forEach(account -> commands.add(account.command()));
    commands.add(Command.of("agents", "code", "--region", District.ROOT));
    List<List<String>> answers = place.commands(commands);
    Map<String, String> codes = new HashMap<>();
    for (String line : answers.get(answers.size() - 1)) {
      int comma = line.indexOf(',');
      if (comma > 0) {
        codes.put(line.substring(0, comma), line.substring(comma + 1));
      }
    }
    return codes;
  }

  private void bringIn(DemoAgents agents) throws IOException, InterruptedException {
    long all = Math.max(1, agents.waiting());
    long[] told = {0};
    await(
        () -> {
          long waiting = agents.waiting();
          long tenths = 10 * (all - Math.min(all, waiting)) / all;
          if (tenths > told[0]) {
            told[0] = tenths;
            say("%d %% of the past is in.", tenths * 10);
          }
          return waiting <= (long) agents.count() * NO_BACKLOG;
        },
        "The agents could not bring in what they remember");
  }

  /** Something that may come to be, asked of a server. */
  @FunctionalInterface
  private interface Question {
    boolean holds() throws IOException, InterruptedException;
  }

  private void await(Question question, String otherwise) throws IOException, InterruptedException {
    long end = System.nanoTime() + TIME_TO_BRING_IN.toNanos();
    while (!question.holds()) {
      if (server != null && !server.isAlive()) {
        throw new IllegalStateException("The server ended; see server.log in the data folder.");
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            otherwise + " after " + TIME_TO_BRING_IN.toMinutes() + " minutes.");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private Path folder() throws IOException {
    Path wanted = settings.data();
    if (wanted == null) {
      Path temp = Files.createTempDirectory("rollcall-demo");
      running.push(() -> remove(temp));
      return temp;
    }
    Files.createDirectories(wanted);
    try (Stream<Path> files = Files.list(wanted)) {
      if (files.findAny().isPresent()) {
        throw new IllegalArgumentException(
            "The folder " + wanted + " is not empty; a demo begins in an empty one.");
      }
    }
    return wanted.toAbsolutePath();
  }

  private static void mustBeFree(int port, String option) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      socket.setReuseAddress(true);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Port " + port + " is taken by another program; choose another with " + option + ".", e);
    }
  }

  private void say(String sentence, Object... values) {
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    System.err.printf(
        Locale.ROOT, "[%5.1f s] %s%n", seconds, String.format(Locale.ROOT, sentence, values));
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Ends agents, server and devices, in the reverse order of their start. */
  @Override
  public void close() {
    // An interrupt asked for this; it must not cut it short.
    boolean interrupted = Thread.interrupted();
    for (AutoCloseable part = running.poll(); part != null; part = running.poll()) {
      close(part);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      System.err.println("A part of the demo did not end as it should: " + e);
    }
  }
}

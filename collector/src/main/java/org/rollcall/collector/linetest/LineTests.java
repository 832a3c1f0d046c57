package org.rollcall.collector.linetest;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.judge.Basis;
import org.rollcall.collector.linetest.ndt7.Ndt7Counts;
import org.rollcall.collector.linetest.ndt7.Ndt7Door;
import org.rollcall.collector.linetest.ndt7.Ndt7Settings;
import org.rollcall.collector.registry.Registry;
import org.rollcall.protocol.paced.Grant;
import org.rollcall.protocol.paced.PacedCounts;
import org.rollcall.protocol.paced.PacedServer;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.LineTest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tests schools' lines: gives out the slots of the {@link SlotBook} as commands, and is the other
 * end of the paced ones. Its thread, {@code line-tests}, looks once a second.
 */
public final class LineTests implements AutoCloseable {
  /** An agent begins within this time of the command, or the slot is over. Project default. */
  static final Duration TO_BEGIN = Duration.ofSeconds(20);

  /** What a test may take beyond its seconds: greetings, queues, a last count. Project default. */
  static final Duration SLACK = Duration.ofSeconds(6);

  /** ndt7 in both directions, each 13 s at most. */
  private static final Duration FULL = Duration.ofSeconds(26);

  /** Two tests of one line that people ask for are at least so far apart. Project default. */
  public static final Duration ASKED_APART = Duration.ofMinutes(1);

  private static final Duration ASKING = Duration.ofSeconds(10);
  private static final Duration LINES_KEPT = Duration.ofMinutes(1);
  private static final long LOOK_MILLIS = 1_000;
  private static final Logger log = LoggerFactory.getLogger(LineTests.class);

  private final Parts parts;
  private final LineTestSettings settings;
  private final Clock clock;
  private final Tickets tickets;
  private final PacedServer server;
  private final Ndt7Door door;
  private final SlotBook book;
  private final Map<String, Instant> began = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
  private final AtomicLong sent = new AtomicLong();
  private volatile LineTestCounts counts = new LineTestCounts(0, 0, 0, 0);
  private volatile int ndt7Port;
  private final Map<String, Instant> asked = new HashMap<>();
  private @Nullable TestedLines lines;
  private Instant linesUntil = Instant.EPOCH;
  private LocalDate linesDate = LocalDate.EPOCH;
  private @Nullable ScheduledExecutorService thread;

  /** Tells an agent to do something; false when it cannot be told now. Any thread; no waiting. */
  @FunctionalInterface
  public interface CommandChannel {
    boolean send(String agent, Command command);
  }

  /**
   * What slots are made of.
   *
   * @param basis what schools are judged by now
   * @param host name or address of this collector, as agents know it
   */
  public record Parts(
      Registry registry,
      Agents agents,
      Supplier<Basis> basis,
      CommandChannel channel,
      String host) {}

  public LineTests(
      LineTestSettings settings, Ndt7Settings ndt7, Parts parts, Clock clock, SecureRandom random) {
    this.parts = parts;
    this.settings = settings;
    this.clock = clock;
    this.tickets = new Tickets(clock, random);
    this.door =
        new Ndt7Door(ndt7.open(), ndt7.maxTests(), tickets, clock, System::nanoTime, random);
    this.server =
        new PacedServer(
            new InetSocketAddress(settings.udp().bind(), settings.udp().port()),
            tickets,
            random,
            clock);
    this.book = new SlotBook(settings, parts.basis().get().calendars().zone(), random);
  }

  /**
   * Opens the UDP port and begins to give out slots, if lines are tested at all; once.
   *
   * @throws IOException with a sentence if the port cannot be had
   */
  @SuppressWarnings("FutureReturnValueIgnored") // look() catches what goes wrong
  public synchronized void start() throws IOException {
    if (thread != null || !settings.enabled()) {
      return;
    }
    try {
      server.start();
    } catch (IOException e) {
      throw new IOException(
          "Line tests cannot use the UDP port "
              + settings.udp().bind()
              + ":"
              + settings.udp().port()
              + ": choose another with lineTests.udp.port, or stop what uses it.",
          e);
    }
    ScheduledExecutorService looking =
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "line-tests"));
    thread = looking;
    looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    log.atInfo().addKeyValue("udpPort", server.port()).log("Line tests are given out");
  }

  /** The other end of full tests, for whoever serves WebSockets. */
  public Ndt7Door door() {
    return door;
  }

  /** Tells on which TLS port {@link #door} is served; without it no full test is given out. */
  public void ndt7Port(int port) {
    ndt7Port = port;
  }

  /** The port of paced tests; only while lines are tested. */
  public int udpPort() {
    return server.port();
  }

  public LineTestCounts counts() {
    return counts;
  }

  public PacedCounts pacedCounts() {
    return server.counts();
  }

  public Ndt7Counts ndt7Counts() {
    return door.counts();
  }

  /**
   * Tests a line now because a person asks, whatever the day. The test is told and never judged: a
   * moment that somebody chose says nothing of the others. Any thread; waits some seconds at most.
   *
   * @param line its name, as in {@code link:NAME}
   */
  public Asked ask(String school, String line) {
    ScheduledExecutorService looking;
    synchronized (this) {
      looking = thread;
    }
    if (looking == null) {
      return Asked.OFF;
    }
    try {
      return looking
          .submit(() -> askNow(school, line))
          .get(ASKING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Asked.BUSY;
    } catch (ExecutionException | TimeoutException e) {
      log.atWarn().setCause(e).addKeyValue("school", school).log("A line could not be tested now");
      return Asked.BUSY;
    }
  }

  private Asked askNow(String school, String line) {
    Instant now = clock.instant();
    asked.values().removeIf(at -> !now.isBefore(at.plus(ASKED_APART)));
    TestedLines known = lines(now);
    TestedLine wanted = known.find(school, line);
    if (wanted == null) { // what is remembered may be older than an agent or a line
      linesUntil = Instant.EPOCH;
      known = lines(now);
      wanted = known.find(school, line);
    }
    if (wanted == null) {
      return known.agents().containsKey(school) ? Asked.NO_TARGET : Asked.NO_AGENT;
    }
    if (asked.containsKey(wanted.key())) {
      return Asked.TOO_SOON;
    }
    TestedLines told = known;
    Asked came = book.ask(now, over(now), wanted, tested -> send(tested, told, now, true));
    if (came == Asked.TOLD) {
      asked.put(wanted.key(), now);
    }
    return came;
  }

  private void look() {
    try {
      giveOut();
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).log("No line tests were given out; it is tried again");
    }
  }

  /** One look. The thread, or a test's. */
  void giveOut() {
    Instant now = clock.instant();
    for (String key = begun.poll(); key != null; key = begun.poll()) {
      Instant at = began.remove(key);
      if (at != null) {
        book.endsBy(key, at.plusSeconds(settings.seconds()).plus(SLACK));
      }
    }
    tickets.sweep();
    TestedLines known = lines(now);
    book.give(now, over(now), known.lines(), line -> send(line, known, now, false));
    counts = new LineTestCounts(sent.get(), book.lost(), book.running(), known.lines().size());
  }

  private Instant over(Instant now) {
    Duration longest =
        settings.way() == LineTestSettings.Way.PACED
            ? Duration.ofSeconds(settings.seconds())
            : FULL;
    return now.plus(TO_BEGIN).plus(longest).plus(SLACK);
  }

  private TestedLines lines(Instant now) {
    TestedLines known = lines;
    Basis basis = parts.basis().get();
    LocalDate date = basis.calendars().dateOf(now);
    if (known == null || !now.isBefore(linesUntil) || !date.equals(linesDate)) {
      known = TestedLines.read(parts.registry(), parts.agents().list(), basis, date, settings);
      lines = known;
      linesUntil = now.plus(LINES_KEPT);
      linesDate = date;
      book.keepOnly(known.keys());
    }
    return known;
  }

  private boolean send(TestedLine line, TestedLines known, Instant now, boolean asked) {
    boolean paced = settings.way() == LineTestSettings.Way.PACED;
    if (!paced && ndt7Port == 0) {
      return false;
    }
    Grant grant =
        paced
            ? Grant.of(line.targetBitsPerSecond(), settings.seconds(), settings.maxBytes().bytes())
            : null;
    Instant expires = now.plus(TO_BEGIN);
    // A full test shows its token a second time when the upload begins.
    byte[] token = tickets.issue(grant, paced ? expires : expires.plus(FULL), () -> begin(line));
    Command command =
        Command.newBuilder()
            .setId(UUID.randomUUID().toString())
            .setExpiresMillis(expires.toEpochMilli())
            .setSentMillis(now.toEpochMilli())
            .setLineTest(test(line, token).setAsked(asked))
            .build();
    for (String agent : known.agents().getOrDefault(line.school(), List.of())) {
      if (parts.channel().send(agent, command)) {
        sent.incrementAndGet();
        return true;
      }
    }
    tickets.withdraw(token);
    return false;
  }

  private void begin(TestedLine line) {
    began.put(line.key(), clock.instant());
    begun.add(line.key());
  }

  private LineTest.Builder test(TestedLine line, byte[] token) {
    boolean paced = settings.way() == LineTestSettings.Way.PACED;
    return LineTest.newBuilder()
        .setLine(line.line())
        .setWay(paced ? LineTest.Way.PACED : LineTest.Way.FULL)
        .setHost(parts.host())
        .setPort(ndt7Port)
        .setUdpPort(server.port())
        .setToken(ByteString.copyFrom(token))
        .setTargetBitsPerSecond(line.targetBitsPerSecond())
        .setSeconds(settings.seconds())
        .setMaxBytes(settings.maxBytes().bytes())
        .setMaxUtilisation(settings.maxUtilisation())
        .setContractBitsPerSecond(line.contractBitsPerSecond());
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.shutdownNow();
    }
    server.close();
  }
}

package org.rollcall.simulator.storm;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.report.ReportSettings;
import org.rollcall.agent.report.Reporter;
import org.rollcall.agent.spool.DiskSpool;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.UplinkSettings;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.identity.Redemption;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentToken;
import org.rollcall.protocol.EnrolmentCode;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.simulator.history.Delivery;

/** The agents of a storm: enrolled, with a day in each spool, and then let loose. One thread. */
final class StormAgents implements AutoCloseable {
  /** As {@code config/agent.yaml} has it. */
  static final UplinkSettings UPLINK =
      new UplinkSettings(true, Duration.ofSeconds(1), Duration.ofSeconds(30));

  private static final SpoolSettings SPOOL =
      new SpoolSettings(DataSize.parse("16MiB"), Duration.ofSeconds(1));
  private static final Duration SEALED_EVERY = Duration.ofMinutes(5);
  private static final int TERMINALS = 11;

  /** In a district every agent has a processor of its own; these must not wait for one another. */
  private static final int THREADS = 8;

  private final Path folder;
  private final NetworkThreads network = new NetworkThreads(THREADS);
  private final ScheduledExecutorService worker =
      Executors.newScheduledThreadPool(THREADS, daemon());
  private final UplinkThreads shared =
      new UplinkThreads(network, worker, Clock.systemUTC(), new SecureRandom());
  private final List<Member> members = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();

  private record Member(AgentIdentity identity, AgentKey key) {}

  StormAgents(Path folder) {
    this.folder = folder;
    network.start();
  }

  private static java.util.concurrent.ThreadFactory daemon() {
    return work -> {
      Thread thread = new Thread(work, "storm-agents");
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Redeems every code in the register itself, while no server runs: two thousand enrolments over
   * the line, each safe against a power cut, are not what a storm measures.
   */
  void enrol(List<String> codes, Path register) {
    try (Database database = Database.open(register, Database.Sync.PROCESS)) {
      Agents agents = new Agents(database.jdbi(), Clock.systemUTC(), new SecureRandom());
      for (String text : codes) {
        AgentKey key = AgentKey.generate();
        members.add(new Member(enrol(agents, EnrolmentCode.parse(text), key), key));
      }
    }
  }

  private static AgentIdentity enrol(Agents agents, EnrolmentCode code, AgentKey key) {
    String proof = AgentToken.issue(key, Instant.now());
    if (agents.redeem(code.secret(), key.publicKey(), proof) instanceof Redemption.Enrolled done) {
      return new AgentIdentity(
          code.host(),
          code.port(),
          code.serverKeySha256(),
          done.agent(),
          done.school(),
          done.schoolName());
    }
    throw new IllegalStateException("BUG: a code issued a moment ago was refused");
  }

  /**
   * Fills every spool with a span that ends now: the line and {@value #TERMINALS} terminals every
   * so often, each look a report.
   *
   * @return observations in all
   */
  long fill(Duration span, Duration every) {
    long now = System.currentTimeMillis();
    long told = 0;
    for (Member member : members) {
      try (DiskSpool spool = new DiskSpool(spoolOf(member), SPOOL, Clock.systemUTC())) {
        spool.start();
        try (Reporter reporter =
            new Reporter(
                member.key(),
                spool,
                new ReportSettings(Duration.ofMinutes(5), SEALED_EVERY),
                Clock.systemUTC(),
                worker)) {
          reporter.start();
          for (long at = now - span.toMillis(); at <= now; at += every.toMillis()) {
            reporter.report(look(at));
            told += 1 + TERMINALS;
          }
        }
      }
    }
    return told;
  }

  private Path spoolOf(Member member) {
    return folder.resolve(member.identity().agent()).resolve("spool");
  }

  private static List<Observation> look(long at) {
    List<Observation> seen = new ArrayList<>(1 + TERMINALS);
    seen.add(
        Observation.newBuilder()
            .setSubject("link:wan")
            .setTimeMillis(at)
            .putMeasures("up", 1)
            .putMeasures("speedBitsPerSecond", 1e9)
            .putMeasures("inBitsPerSecond", 84_213_554.5)
            .putMeasures("outBitsPerSecond", 9_120_331.25)
            .build());
    for (int seat = 0; seat < TERMINALS; seat++) {
      seen.add(
          Observation.newBuilder()
              .setSubject("terminal:c%04d".formatted(seat))
              .setTimeMillis(at)
              .putMeasures("up", 1)
              .putMeasures("uptimeSeconds", (double) (at / 1_000 % 30_000))
              .build());
    }
    return seen;
  }

  /** Begins to connect all of them; whether anybody answers or not. */
  void start() {
    for (Member member : members) {
      Delivery delivery =
          new Delivery(
              member.identity(),
              member.key(),
              folder.resolve(member.identity().agent()),
              SPOOL,
              UPLINK,
              shared);
      deliveries.add(delivery);
      delivery.start();
    }
  }

  /** Reports that are not acknowledged yet, in all. */
  long waiting() {
    return deliveries.stream().mapToLong(Delivery::waiting).sum();
  }

  @Override
  public void close() {
    deliveries.forEach(Delivery::close);
    worker.shutdownNow();
    network.close();
  }
}

package org.rollcall.simulator.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.evidence.EvidenceFiles;
import org.rollcall.collector.evidence.EvidenceLog;
import org.rollcall.collector.evidence.EvidenceSettings;
import org.rollcall.collector.intake.ReportLog.Received;
import org.rollcall.collector.intake.Sender;
import org.rollcall.collector.paper.NoFontException;
import org.rollcall.collector.proof.ProofCheck;
import org.rollcall.collector.proof.ProofException;
import org.rollcall.collector.proof.ProofMaker;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.store.questdb.QuestDbStore;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.ReportChain;
import org.rollcall.protocol.v1.AgentStanding;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Seal;
import org.rollcall.simulator.district.Term;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What evidence and proofs cost: one school whose line, terminals and 40 computers are looked at
 * every minute, its agent's reports of a month in an evidence log, and a proof of them.
 */
@Command(
    name = "proof",
    mixinStandardHelpOptions = true,
    description = "Keeps one school's reports as evidence, makes a proof of them and checks it.",
    footer = {
      "",
      "proofSeconds, verifySeconds: medians of the rounds. proofBytes: the zip.",
      "evidenceBytesPerSchoolYear: the closed days' files, for 365 days.",
      "closeSeconds: until all days are closed. peakHeapMiB: of this process, making and checking."
    })
final class ProofBench implements Callable<Integer> {
  private static final String PROFILE = "GD-2010-18";
  private static final int IN_A_REPORT = 200;
  private static final int SEALED_EVERY = 5;
  private static final int MOST_DAYS = 60;
  private static final long MINUTE = 60_000;
  private static final Duration TIME_TO_CLOSE = Duration.ofMinutes(10);

  @Option(names = "--days", defaultValue = "30", description = "days of reports (default: 30)")
  private int days;

  @Option(names = "--rounds", defaultValue = "3", description = "measurements (default: 3)")
  private int rounds;

  @Spec private @Nullable CommandSpec spec;

  private final AgentKey server = AgentKey.generate();
  private final AgentKey agent = AgentKey.generate();
  private final String school = BenchProvince.code(0);
  private final SetClock clock = new SetClock();
  private long reports;
  private long observations;
  private long reportBytes;

  /** Stands where it is put. */
  private static final class SetClock extends Clock {
    private volatile Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return Term.ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (days < 1 || days > MOST_DAYS || rounds < 1 || rounds > 20) {
      if (spec != null) {
        throw new ParameterException(
            spec.commandLine(), "--days is 1 to " + MOST_DAYS + ", --rounds is 1 to 20");
      }
    }
    Path folder = Files.createTempDirectory("rollcall-bench-proof");
    try {
      System.err.println("Making a school with " + days + " days ...");
      BenchProvince.make(folder, 1, days);
      double closeSeconds = keep(folder);
      System.out.println(measure(folder, closeSeconds));
    } catch (ProofException | NoFontException e) {
      throw new IllegalStateException("The proof could not be made: " + e.getMessage(), e);
    } finally {
      BenchServer.delete(folder);
    }
    return 0;
  }

  /** Makes the agent's reports and keeps them, as the intake does; then all days are closed. */
  private double keep(Path folder) throws IOException, InterruptedException {
    AgentStanding standing =
        AgentStanding.newBuilder()
            .setPublicKey(com.google.protobuf.ByteString.copyFrom(agent.publicKey()))
            .setEnrolledMillis(1)
            .build();
    try (QuestDbStore store = new QuestDbStore(BenchProvince.store(folder), false);
        EvidenceLog log =
            new EvidenceLog(
                EvidenceFiles.folder(folder),
                server,
                EvidenceSettings.DEFAULT,
                false,
                agents -> Map.of(agent.agentId(), standing),
                Term.ZONE,
                clock)) {
      store.start();
      ReportChain chain = new ReportChain(agent.agentId(), 1, 0, new byte[0]);
      for (int i = days - 1; i >= 0; i--) {
        day(store, log, chain, BenchProvince.LAST.minusDays(i));
      }
      clock.now = BenchProvince.LAST.plusDays(1).atTime(0, 1).atZone(Term.ZONE).toInstant();
      long began = System.nanoTime();
      log.start();
      long deadline = began + TIME_TO_CLOSE.toNanos();
      while (log.files().heads().size() < days) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("The days were not closed within " + TIME_TO_CLOSE);
        }
        java.util.concurrent.TimeUnit.MILLISECONDS.sleep(50);
      }
      return (System.nanoTime() - began) / 1e9;
    }
  }

  private void day(QuestDbStore store, EvidenceLog log, ReportChain chain, LocalDate day) {
    Instant from = day.atStartOfDay(Term.ZONE).toInstant();
    Instant to = day.plusDays(1).atStartOfDay(Term.ZONE).toInstant();
    TreeMap<Long, List<Observation>> minutes = new TreeMap<>();
    store.visit(
        school,
        from,
        to,
        (ignored, seen) ->
            minutes
                .computeIfAbsent(seen.getTimeMillis() / MINUTE, m -> new ArrayList<>())
                .add(seen));
    for (Map.Entry<Long, List<Observation>> minute : minutes.entrySet()) {
      clock.now = Instant.ofEpochMilli(minute.getKey() * MINUTE + 1_000);
      List<Observation> seen = minute.getValue();
      for (int i = 0; i < seen.size(); i += IN_A_REPORT) {
        Report.Builder report =
            Report.newBuilder()
                .setCreatedMillis(clock.millis())
                .addAllObservations(seen.subList(i, Math.min(seen.size(), i + IN_A_REPORT)));
        if (chain.lastSeq() > 0 && chain.lastSeq() % SEALED_EVERY == 0) {
          Seal seal = chain.seal(agent);
          report.setSeal(seal);
        }
        byte[] bytes = chain.append(report);
        log.keep(
            List.of(
                new Received(
                    new Sender(agent.agentId(), school, "10.0.0.1"),
                    clock.millis(),
                    false,
                    bytes)));
        reports++;
        reportBytes += bytes.length;
      }
      observations += seen.size();
    }
  }

  private String measure(Path folder, double closeSeconds)
      throws IOException, ProofException, NoFontException {
    List<Double> making = new ArrayList<>();
    List<Double> checking = new ArrayList<>();
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long size = 0;
    try (Database database = Database.open(BenchProvince.database(folder), Database.Sync.PROCESS)) {
      ProofMaker maker =
          new ProofMaker(
              database,
              new Registry(database, BenchProvince.CLOCK),
              new EvidenceFiles(EvidenceFiles.folder(folder), server, clock),
              server,
              new ProofMaker.Paths(
                  BenchProvince.config("targets"), BenchProvince.config("calendars/demo.yaml")),
              clock);
      for (int i = 0; i < rounds; i++) {
        long began = System.nanoTime();
        byte[] proof = maker.make(school, PROFILE, BenchProvince.LAST, null).bytes();
        long made = System.nanoTime();
        boolean holds = ProofCheck.check(proof, server.publicKey()).holds();
        checking.add((System.nanoTime() - made) / 1e9);
        making.add((made - began) / 1e9);
        size = proof.length;
        if (!holds) {
          throw new IllegalStateException("BUG: a proof that was just made does not hold");
        }
      }
    }
    Collections.sort(making);
    Collections.sort(checking);
    double peak = heapPools().stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum() / 1048576.0;
    return String.format(
        Locale.ROOT,
        "{\"proofSeconds\":%.2f,\"verifySeconds\":%.2f,\"proofBytes\":%d,"
            + "\"evidenceBytesPerSchoolYear\":%.0f,\"days\":%d,\"reports\":%d,"
            + "\"observations\":%d,\"reportBytes\":%d,\"closeSeconds\":%.2f,\"peakHeapMiB\":%.0f}",
        making.get(rounds / 2),
        checking.get(rounds / 2),
        size,
        kept(folder) * 365.0 / days,
        days,
        reports,
        observations,
        reportBytes,
        closeSeconds,
        peak);
  }

  private static long kept(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(EvidenceFiles.folder(folder))) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}

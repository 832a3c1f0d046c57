package org.rollcall.collector.evidence;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.intake.ReportLog;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.v1.AgentStanding;
import org.rollcall.protocol.v1.EvidenceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the intake acknowledges, as it came, and closes the days. A record belongs to the day
 * on which it was received; when the clock was set back, to the newest day there is. Reports are
 * kept by the intake's writer; days are closed by a thread of its own, between {@link #start} and
 * {@link #close}.
 */
public final class EvidenceLog implements ReportLog, AutoCloseable {
  private static final long PERIOD_SECONDS = 60;
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceLog.class);

  private final DayFiles files;
  private final EvidenceFiles reader;
  private final EvidenceSettings settings;
  private final Register standings;

  /** Heads that are told again after a start, because they may not have been. */
  private static final int TOLD_AGAIN = 7;

  private Consumer<List<SignedHead>> closed = heads -> {};
  private boolean toldOnce;
  private final DayCloser closer;
  private final boolean sync;
  private final ZoneId zone;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(EvidenceLog::daemon);

  private final Object writing = new Object();
  private final Map<String, Told> told = new HashMap<>();
  private @Nullable Journal journal;
  private LocalDate day;

  /** Tells what the register says of agents; may block on it. */
  @FunctionalInterface
  public interface Register {
    /** Those of them that it knows, by name. */
    Map<String, AgentStanding> of(Collection<String> agents);
  }

  /** What the day's records say of an agent so far. */
  private record Told(String school, AgentStanding standing) {}

  /**
   * @param sync whether what was acknowledged survives a power cut
   * @param standings the register of agents
   * @param zone whose days are closed
   */
  public EvidenceLog(
      Path folder,
      AgentKey key,
      EvidenceSettings settings,
      boolean sync,
      Register standings,
      ZoneId zone,
      Clock clock)
      throws IOException {
    Files.createDirectories(folder);
    this.files = new DayFiles(folder);
    this.reader = new EvidenceFiles(folder, key, clock);
    this.settings = settings;
    this.sync = sync;
    this.standings = standings;
    this.closer = new DayCloser(files, key, clock);
    this.zone = zone;
    this.clock = clock;
    this.day = newestDay(LocalDate.MIN);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "evidence");
    thread.setDaemon(true);
    return thread;
  }

  /** A day that is over or was closed takes nothing more. */
  private LocalDate newestDay(LocalDate least) throws IOException {
    LocalDate newest = LocalDate.ofInstant(clock.instant(), zone);
    NavigableSet<LocalDate> closed = files.closed();
    if (!closed.isEmpty() && !newest.isAfter(closed.last())) {
      newest = closed.last().plusDays(1);
    }
    NavigableSet<LocalDate> open = files.journals();
    if (!open.isEmpty() && newest.isBefore(open.last())) {
      newest = open.last();
    }
    return newest.isBefore(least) ? least : newest;
  }

  /** Closes days that are over, now and from then on. */
  @SuppressWarnings("FutureReturnValueIgnored") // the work says its own failures
  public void start() {
    thread.scheduleWithFixedDelay(this::closeSafely, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** What is kept, for whoever reads it. */
  public EvidenceFiles files() {
    return reader;
  }

  @Override
  public void keep(List<Received> batch) {
    try {
      synchronized (writing) {
        Journal open = journal();
        List<EvidenceRecord> records = new ArrayList<>(batch.size());
        for (Received received : batch) {
          tellStanding(received, records);
          records.add(record(received));
        }
        open.append(records);
      }
    } catch (IOException e) {
      throw new StoreUnavailableException(
          "The evidence log in " + files.folder() + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** The journal of today; a new day begins without waiting for the old one to be closed. */
  private Journal journal() throws IOException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    Journal open = journal;
    if (open != null && !today.isAfter(day)) {
      return open;
    }
    if (open != null) {
      open.close();
      journal = null;
    }
    day = newestDay(day);
    told.clear();
    open = Journal.open(files.journal(day), sync);
    journal = open;
    return open;
  }

  private static EvidenceRecord record(Received received) {
    EvidenceRecord.Builder record =
        EvidenceRecord.newBuilder()
            .setSchool(received.sender().school())
            .setAgent(received.sender().agent())
            .setReceivedMillis(received.millis())
            .setSource(received.sender().source());
    ByteString payload = ByteString.copyFrom(received.payload());
    return received.json()
        ? record.setJsonReport(payload).build()
        : record.setReport(payload).build();
  }

  /** The agent's key comes before its first report of the day. */
  private void tellStanding(Received received, List<EvidenceRecord> records) {
    String agent = received.sender().agent();
    if (told.containsKey(agent)) {
      return;
    }
    AgentStanding standing = standings(List.of(agent)).get(agent);
    if (standing != null) {
      told.put(agent, new Told(received.sender().school(), standing));
      records.add(standing(received.sender().school(), agent, standing));
    }
  }

  private EvidenceRecord standing(String school, String agent, AgentStanding standing) {
    return EvidenceRecord.newBuilder()
        .setSchool(school)
        .setAgent(agent)
        .setReceivedMillis(clock.millis())
        .setStanding(standing)
        .build();
  }

  /** A register that does not answer is asked again at the agent's next report. */
  private Map<String, AgentStanding> standings(Collection<String> agents) {
    try {
      return standings.of(agents);
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).addKeyValue("agents", agents.size()).log("Keys are not known yet");
      return Map.of();
    }
  }

  private void closeSafely() {
    try {
      tellChanges();
      closeDays();
    } catch (IOException | RuntimeException e) {
      LOG.atError().setCause(e).log("A day's evidence could not be closed; it is tried again");
    }
  }

  /** Closes every day that is over, oldest first. The evidence thread, or a test's. */
  void closeDays() throws IOException {
    boolean news = !toldOnce;
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    synchronized (writing) {
      Journal open = journal;
      if (open != null && today.isAfter(day)) {
        open.close();
        journal = null;
        told.clear();
        day = today;
      }
    }
    for (LocalDate over : files.journals().headSet(today, false)) {
      if (Files.exists(files.head(over))) {
        Files.delete(files.journal(over));
        continue;
      }
      SignedHead head = closer.close(over, reader.newest());
      news = true;
      LOG.atInfo()
          .addKeyValue("day", over)
          .addKeyValue("records", head.head().records())
          .addKeyValue("head", head.head().sha256())
          .log("The evidence of a day is closed");
    }
    publish();
    forget(today);
    if (news) {
      List<SignedHead> heads = reader.heads();
      closed.accept(heads.subList(Math.max(0, heads.size() - TOLD_AGAIN), heads.size()));
      toldOnce = true;
    }
  }

  /**
   * Hears the newest heads at the start and whenever a day was closed, on the evidence thread; some
   * more than once. Before {@link #start}.
   */
  public void onClosed(Consumer<List<SignedHead>> listener) {
    closed = listener;
  }

  private void publish() throws IOException {
    Path folder = settings.publish();
    if (folder == null) {
      return;
    }
    Files.createDirectories(folder);
    for (LocalDate closed : files.closed()) {
      for (Path file : List.of(files.signature(closed), files.head(closed))) {
        Path copy = folder.resolve(file.getFileName());
        if (!Files.exists(copy)) {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  /** Records go, heads stay. */
  private void forget(LocalDate today) throws IOException {
    List<LocalDate> kept = new ArrayList<>();
    long size = 0;
    for (LocalDate closed : files.closed()) {
      if (Files.exists(files.records(closed))) {
        kept.add(closed);
        size += Files.size(files.records(closed));
      }
    }
    for (LocalDate old : kept) {
      boolean late =
          !settings.keep().isZero() && old.atStartOfDay(zone).toInstant().isBefore(since(today));
      boolean large = settings.maxSize().bytes() > 0 && size > settings.maxSize().bytes();
      if (late || large) {
        size -= Files.size(files.records(old));
        Files.delete(files.records(old));
        LOG.atInfo().addKeyValue("day", old).log("The records of a day are no longer kept");
      }
    }
  }

  private Instant since(LocalDate today) {
    return today.atStartOfDay(zone).toInstant().minus(settings.keep());
  }

  /** Records the standings that changed while the day went on. */
  void tellChanges() throws IOException {
    Set<String> agents;
    synchronized (writing) {
      agents = Set.copyOf(told.keySet());
    }
    Map<String, AgentStanding> now = agents.isEmpty() ? Map.of() : standings(agents);
    synchronized (writing) {
      List<EvidenceRecord> records = new ArrayList<>();
      told.replaceAll(
          (agent, before) -> {
            AgentStanding standing = now.getOrDefault(agent, before.standing());
            if (!standing.equals(before.standing())) {
              records.add(standing(before.school(), agent, standing));
            }
            return new Told(before.school(), standing);
          });
      Journal open = journal;
      if (open != null && !records.isEmpty()) {
        open.append(records);
      }
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.atWarn().log("A day's evidence was still being closed; the next start closes it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (writing) {
      Journal open = journal;
      journal = null;
      try {
        if (open != null) {
          open.close();
        }
      } catch (IOException e) {
        LOG.atWarn().setCause(e).log("The evidence log could not be closed");
      }
    }
  }
}

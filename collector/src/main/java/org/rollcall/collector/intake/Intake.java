package org.rollcall.collector.intake;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way in for every transport. A report is decoded and checked on the submitting thread,
 * waits in a bounded queue, and is stored by the single writer thread; its outcome goes back
 * through its lane only then. Any thread may submit.
 *
 * <p>Every report handed in is counted once more when it leaves: received = stored + duplicate +
 * rejected + unavailable, plus what is in flight.
 */
public final class Intake implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final Duration LOG_PERIOD = Duration.ofSeconds(10);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

  private final ObservationStore store;
  private final LatestNow now;
  private final Parts parts;
  private final Writer writer;
  private final LogThrottle refusals;
  private final LogThrottle reuses;
  private final Set<Lane> paused = ConcurrentHashMap.newKeySet();
  private @Nullable Thread thread;

  /** What the submitting threads and the writer share. */
  record Parts(ReportQueue queue, RecentReports recent, Tally tally) {}

  /** One that keeps no reports as they came. */
  public Intake(
      ObservationStore store, List<IntakeListener> listeners, Clock clock, Capacity capacity) {
    this(store, ReportLog.NONE, listeners, clock, capacity);
  }

  /** Store and log stay the caller's to close, after this. */
  public Intake(
      ObservationStore store,
      ReportLog reportLog,
      List<IntakeListener> listeners,
      Clock clock,
      Capacity capacity) {
    this.store = store;
    this.now = new LatestNow(clock, System::nanoTime);
    this.parts = new Parts(new ReportQueue(capacity), new RecentReports(), new Tally());
    this.refusals = new LogThrottle(clock, LOG_PERIOD);
    this.reuses = new LogThrottle(clock, LOG_PERIOD);
    this.writer =
        new Writer(
            store,
            reportLog,
            List.copyOf(listeners),
            parts,
            this::resumePaused,
            new LogThrottle(clock, LOG_PERIOD));
  }

  /**
   * It is not earlier than this: a server that starts with its clock set back still takes what is
   * true. Before the start.
   *
   * @param millis since 1970
   */
  public void notBefore(long millis) {
    now.notBefore(millis);
  }

  /** Starts the writer thread; once. */
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException("BUG: the intake was started twice");
    }
    thread = new Thread(writer, "intake-writer");
    thread.start();
  }

  /**
   * Takes one report. Its outcome reaches the lane exactly once, possibly before this returns.
   *
   * @param payload read before this returns; its position and limit are left alone
   * @param json whether the transport says it is JSON; a payload that begins with { is, too
   * @param token handed back with the outcome
   * @return false if the sender should be paused until {@link Lane#resume}
   */
  public boolean submit(Sender sender, ByteBuffer payload, boolean json, Lane lane, int token) {
    parts.tally().received.increment();
    parts.tally().inFlight.increment();
    ReportReader.Reading reading = ReportReader.read(sender, payload, json, now.millis());
    Report report = reading.report();
    Refusal refusal = reading.refusal();
    if (refusal == null && report != null) {
      String fault = store.refuses(report);
      refusal = fault == null ? null : Refusal.malformed(fault, "");
    }
    if (refusal != null || report == null) {
      refuse(sender, refusal, lane, token);
    } else {
      enqueue(sender, payload, json, report, lane, token);
    }
    return !mustPause(lane);
  }

  /** Counts a report that a transport refused before its payload was looked at. */
  public void refusedBefore(Sender sender, String reason, String detail) {
    parts.tally().received.increment();
    parts.tally().rejected(reason);
    logRefusal(sender, reason, detail);
  }

  /** The lane's connection is gone: it need not be resumed. */
  public void leave(Lane lane) {
    paused.remove(lane);
  }

  public IntakeCounts counts() {
    return parts.tally().snapshot();
  }

  /**
   * Takes nothing more, stores what waits, and ends the writer. A store that does not come back
   * within half a minute is interrupted; what was left is reported as unavailable.
   */
  @Override
  public synchronized void close() {
    parts.queue().close();
    Thread running = thread;
    if (running == null) {
      writer.giveUp();
      return;
    }
    try {
      running.join(CLOSE_PATIENCE.toMillis());
      if (running.isAlive()) {
        log.atError().log("The store did not finish its last batch; the agents will send it again");
        running.interrupt();
        running.join(1_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.giveUp();
  }

  private void enqueue(
      Sender sender, ByteBuffer payload, boolean json, Report report, Lane lane, int token) {
    SchoolReport schoolReport = new SchoolReport(sender.school(), report);
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    ReportLog.Received received =
        new ReportLog.Received(sender, now.millis(), ReportReader.isJson(payload, json), bytes);
    int checksum = report.getEpoch() == 0 ? 0 : checksum(payload);
    Pending pending = new Pending(schoolReport, received, checksum, lane, token);
    switch (parts.recent().admit(pending)) {
      case NEW -> put(pending);
      case NUMBER_REUSED -> {
        parts.tally().numbersReused.increment();
        logReuse(report);
        put(pending);
      }
      case DUPLICATE -> settle(lane, token, Outcome.DUPLICATE);
      case FOLLOWS -> {}
    }
  }

  private void put(Pending pending) {
    if (parts.queue().put(pending)) {
      return;
    }
    Outcome outcome =
        parts.queue().isClosed()
            ? Outcome.UNAVAILABLE
            : new Outcome(Outcome.Kind.BUSY, "queue-full");
    settle(pending.lane, pending.token, outcome);
    for (Pending copy : parts.recent().settle(pending, false)) {
      settle(copy.lane, copy.token, outcome);
    }
  }

  private void refuse(Sender sender, @Nullable Refusal refusal, Lane lane, int token) {
    if (refusal == null) {
      throw new IllegalStateException("BUG: a reading with neither report nor refusal");
    }
    settle(lane, token, refusal.outcome());
    logRefusal(sender, refusal.reason(), refusal.detail());
  }

  private void settle(Lane lane, int token, Outcome outcome) {
    parts.tally().settled(outcome);
    lane.settled(List.of(new Reply(token, outcome)));
  }

  /** Looks again after enlisting, because the writer may have resumed everybody in between. */
  private boolean mustPause(Lane lane) {
    if (!parts.queue().congested()) {
      return false;
    }
    paused.add(lane);
    return parts.queue().congested() || !paused.remove(lane);
  }

  private void resumePaused() {
    if (paused.isEmpty() || !parts.queue().relieved()) {
      return;
    }
    for (Lane lane : List.copyOf(paused)) {
      if (paused.remove(lane)) {
        lane.resume();
      }
    }
  }

  /**
   * Tells apart two reports that carry the same number; the hash chain, not this, proves content.
   */
  private static int checksum(ByteBuffer payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload.duplicate());
    return (int) crc.getValue();
  }

  private void logRefusal(Sender sender, String reason, String detail) {
    OptionalLong heldBack = refusals.pass();
    if (heldBack.isPresent()) {
      log.atWarn()
          .addKeyValue("agent", sender.agent())
          .addKeyValue("school", sender.school())
          .addKeyValue("reason", reason)
          .addKeyValue("detail", detail)
          .addKeyValue("heldBack", heldBack.getAsLong())
          .log("Report refused");
    }
  }

  private void logReuse(Report report) {
    OptionalLong heldBack = reuses.pass();
    if (heldBack.isPresent()) {
      log.atWarn()
          .addKeyValue("agent", report.getAgent())
          .addKeyValue("epoch", report.getEpoch())
          .addKeyValue("seq", report.getSeq())
          .addKeyValue("heldBack", heldBack.getAsLong())
          .log("Report number used twice for different content: is the agent's disk a copy?");
    }
  }
}

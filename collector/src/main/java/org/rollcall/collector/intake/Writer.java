package org.rollcall.collector.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains the queue: stores a batch, keeps it as it came, tells the listeners, answers the lanes, in
 * this order. While the store works the next batch gathers, so batches grow with the load. Belongs
 * to the writer thread.
 */
final class Writer implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Writer.class);

  private final ObservationStore store;
  private final ReportLog reportLog;
  private final List<IntakeListener> listeners;
  private final ReportQueue queue;
  private final RecentReports recent;
  private final Tally tally;
  private final Runnable afterTake;
  private final LogThrottle failures;

  Writer(
      ObservationStore store,
      ReportLog reportLog,
      List<IntakeListener> listeners,
      Intake.Parts parts,
      Runnable afterTake,
      LogThrottle failures) {
    this.store = store;
    this.reportLog = reportLog;
    this.listeners = listeners;
    this.queue = parts.queue();
    this.recent = parts.recent();
    this.tally = parts.tally();
    this.afterTake = afterTake;
    this.failures = failures;
  }

  /** Ends when the queue is closed and empty, or the thread is interrupted. */
  @Override
  public void run() {
    try {
      List<Pending> batch = queue.take();
      while (!batch.isEmpty()) {
        afterTake.run();
        write(batch);
        batch = queue.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Pending> batch) {
    List<SchoolReport> reports = new ArrayList<>(batch.size());
    for (Pending pending : batch) {
      reports.add(pending.report);
    }
    boolean durable = store(batch, reports);
    if (durable) {
      tally.batches.increment();
      reports.forEach(r -> tally.observations.add(r.report().getObservationsCount()));
      tell(reports);
    }
    answer(batch, durable);
  }

  /** A store that fails in a way it did not announce is as unavailable as one that says so. */
  private boolean store(List<Pending> batch, List<SchoolReport> reports) {
    try {
      store.write(reports);
      reportLog.keep(batch.stream().map(pending -> pending.received).toList());
      return true;
    } catch (StoreUnavailableException e) {
      OptionalLong heldBack = failures.pass();
      if (heldBack.isPresent()) {
        log.atWarn()
            .setCause(e)
            .addKeyValue("reports", reports.size())
            .addKeyValue("heldBack", heldBack.getAsLong())
            .log("Store is unavailable; nothing was acknowledged, the agents will send again");
      }
    } catch (RuntimeException | Error e) {
      log.atError()
          .setCause(e)
          .addKeyValue("reports", reports.size())
          .log("Store failed unexpectedly; nothing was acknowledged, the agents will send again");
    }
    return false;
  }

  private void tell(List<SchoolReport> reports) {
    for (IntakeListener listener : listeners) {
      try {
        listener.stored(reports);
      } catch (RuntimeException e) {
        tally.listenerFailures.increment();
        log.atError()
            .setCause(e)
            .log("An intake listener failed; the data are stored all the same");
      }
    }
  }

  private void answer(List<Pending> batch, boolean durable) {
    Outcome first = durable ? Outcome.STORED : Outcome.UNAVAILABLE;
    Outcome copies = durable ? Outcome.DUPLICATE : Outcome.UNAVAILABLE;
    Map<Lane, List<Reply>> byLane = new LinkedHashMap<>();
    for (Pending pending : batch) {
      answer(pending, first, byLane);
      for (Pending copy : recent.settle(pending, durable)) {
        answer(copy, copies, byLane);
      }
    }
    byLane.forEach(Writer::hand);
  }

  private void answer(Pending pending, Outcome outcome, Map<Lane, List<Reply>> byLane) {
    tally.settled(outcome);
    byLane
        .computeIfAbsent(pending.lane, lane -> new ArrayList<>())
        .add(new Reply(pending.token, outcome));
  }

  private static void hand(Lane lane, List<Reply> replies) {
    try {
      lane.settled(replies);
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("A connection could not take its acknowledgements");
    }
  }

  /** What is left when the thread had to be stopped: nothing is known of it. */
  void giveUp() {
    try {
      while (true) {
        List<Pending> rest = queue.take();
        if (rest.isEmpty()) {
          return;
        }
        answer(rest, false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

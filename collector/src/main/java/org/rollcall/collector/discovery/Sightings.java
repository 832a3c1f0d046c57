package org.rollcall.collector.discovery;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.intake.IntakeListener;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Sighting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries sightings from the intake to the queue and the placements on a thread of its own, because
 * the intake's must not wait for the database. What does not fit is dropped and counted: the next
 * sweep finds it again.
 */
public final class Sightings implements IntakeListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sightings.class);
  private static final int WAITING = 1_000;
  private static final long LAST_WORK_MILLIS = 5_000;

  private final DiscoveryQueue queue;
  private final Placements placements;
  private final BlockingQueue<Found> waiting = new ArrayBlockingQueue<>(WAITING);
  private final LongAdder dropped = new LongAdder();
  private @Nullable Thread thread;

  private record Found(String school, List<Sighting> sightings) {}

  public Sightings(DiscoveryQueue queue, Placements placements) {
    this.queue = queue;
    this.placements = placements;
  }

  /** Once. */
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException("BUG: the sightings were started twice");
    }
    thread = new Thread(this::work, "sightings");
    thread.start();
  }

  @Override
  public void stored(List<SchoolReport> batch) {
    for (SchoolReport report : batch) {
      if (report.report().getSightingsCount() > 0
          && !waiting.offer(new Found(report.school(), report.report().getSightingsList()))) {
        dropped.add(report.report().getSightingsCount());
      }
    }
  }

  /** Devices found that were not noted: too many at once, or the database refused. */
  public long dropped() {
    return dropped.sum();
  }

  /** Ends when it is interrupted. */
  private void work() {
    try {
      while (true) {
        note(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(Found found) {
    try {
      placements.note(found.school(), found.sightings());
      int fresh = queue.note(found.school(), found.sightings());
      if (fresh > 0) {
        log.atInfo()
            .addKeyValue("school", found.school())
            .addKeyValue("devices", fresh)
            .log("Devices were found that nobody has registered");
      }
    } catch (RuntimeException e) {
      dropped.add(found.sightings().size());
      log.atWarn()
          .setCause(e)
          .addKeyValue("school", found.school())
          .log("Devices found could not be noted; the next sweep finds them again");
    }
  }

  @Override
  public synchronized void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(LAST_WORK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

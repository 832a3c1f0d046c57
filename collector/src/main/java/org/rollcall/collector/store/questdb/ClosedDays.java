package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoException;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.sql.TableReferenceOutOfDateException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs days that are over for long enough, and lets {@link Retention} drop the oldest: one day of
 * one table at a time, with a rest as long as it took behind it. A table's newest day is left
 * alone, whatever the clock says. What fails is told once an hour and tried again later. The
 * applier's thread.
 */
final class ClosedDays {
  private static final Logger LOG = LoggerFactory.getLogger(ClosedDays.class);
  private static final long LOOK_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long AFTER_FAULT_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long POSTPONED_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long TOLD_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Days days;
  private final Retention retention;
  private final Duration packAfter;
  private final Clock clock;

  /** Days that could not be packed, until when they are left alone. */
  private final Map<StoredDay, Long> postponed = new HashMap<>();

  private long next = System.nanoTime();
  private long told = next - TOLD_NANOS;
  private int heldBack;

  /**
   * @param packAfter after the end of a day; zero: never
   */
  ClosedDays(Days days, Retention retention, Duration packAfter, Clock clock) {
    this.days = days;
    this.retention = retention;
    this.packAfter = packAfter;
    this.clock = clock;
  }

  /**
   * Does a piece of work, if there is one and the rest is over.
   *
   * @return whether there was
   */
  boolean step() {
    long begun = System.nanoTime();
    if (begun - next < 0) {
      return false;
    }
    next = begun + AFTER_FAULT_NANOS; // unless what follows says otherwise
    boolean did = dropOne() || packOne();
    long took = System.nanoTime() - begun;
    if (did) {
      next = begun + took + Math.max(REST_NANOS, took);
    }
    return did;
  }

  private boolean dropOne() {
    try {
      return retention.step(clock.instant());
    } catch (IOException | CairoException | TableReferenceOutOfDateException e) {
      fault("A day that is older than store.keep could not be dropped", null, e);
      return false;
    }
  }

  private boolean packOne() {
    if (packAfter.isZero()) {
      return false;
    }
    Instant now = clock.instant();
    for (TableToken table : days.tables()) {
      for (StoredDay day : days.of(table)) {
        if (isDue(day, now)) {
          return pack(table, day);
        }
      }
    }
    next = System.nanoTime() + LOOK_NANOS;
    return false;
  }

  private boolean isDue(StoredDay day, Instant now) {
    if (day.isPacked() || day.newest() || Days.end(day.day()).plus(packAfter).isAfter(now)) {
      return false;
    }
    Long until = postponed.get(day);
    return until == null || System.nanoTime() - until >= 0;
  }

  /** Packs every day, the newest as well; for tests. */
  void packAll() {
    for (TableToken table : days.tables()) {
      for (StoredDay day : days.of(table)) {
        if (!day.isPacked()) {
          days.pack(table, day.day());
        }
      }
    }
  }

  private boolean pack(TableToken table, StoredDay day) {
    long begun = System.nanoTime();
    try {
      days.pack(table, day.day());
    } catch (CairoException | TableReferenceOutOfDateException e) {
      postponed.put(day, System.nanoTime() + POSTPONED_NANOS);
      fault("A closed day could not be packed; it stays as it was, and is tried again", day, e);
      return false;
    }
    postponed.remove(day);
    LOG.atInfo()
        .addKeyValue("kind", day.kind())
        .addKeyValue("day", day.day())
        .addKeyValue("rows", day.rows())
        .addKeyValue("bytes", packedBytes(table, day))
        .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
        .log("A closed day is packed");
    return true;
  }

  private long packedBytes(TableToken table, StoredDay day) {
    return days.of(table).stream()
        .filter(each -> each.day().equals(day.day()))
        .mapToLong(StoredDay::packedBytes)
        .sum();
  }

  private void fault(String what, @Nullable StoredDay day, Exception e) {
    long now = System.nanoTime();
    if (now - told < TOLD_NANOS) {
      heldBack++;
      return;
    }
    LOG.atWarn()
        .addKeyValue("kind", day == null ? "" : day.kind())
        .addKeyValue("day", day == null ? "" : day.day())
        .addKeyValue("detail", e.getMessage())
        .addKeyValue("heldBack", heldBack)
        .log(what);
    told = now;
    heldBack = 0;
  }
}

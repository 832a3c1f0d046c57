package org.rollcall.collector.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that takes nothing more while its disk, or the register's, is nearly full, so that what
 * it has stays whole and agents keep the rest in their spools. It takes up again by itself when a
 * tenth more than the least is free. Threads as every store's.
 */
public final class DiskGuard implements ObservationStore {
  private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);

  private final ObservationStore store;
  private final Path folder;
  private final long minFree;
  private volatile boolean low;

  /**
   * @param folder on the disk that is watched; it exists
   * @param minFree bytes that stay free; 0 watches nothing
   */
  public DiskGuard(ObservationStore store, Path folder, long minFree) {
    this.store = store;
    this.folder = folder;
    this.minFree = minFree;
  }

  /** Bytes that this process may still write there; -1 when the disk does not say. */
  public long free() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return -1;
    }
  }

  /** Whether nothing is taken now. */
  public boolean isLow() {
    long free = free();
    boolean before = low;
    boolean now = free >= 0 && free < (before ? minFree + minFree / 10 : minFree);
    low = now;
    if (now && !before) {
      LOG.atError()
          .addKeyValue("folder", folder)
          .addKeyValue("freeBytes", free)
          .addKeyValue("minFreeBytes", minFree)
          .log("The disk is nearly full: nothing is acknowledged until there is room again");
    } else if (before && !now) {
      LOG.atInfo()
          .addKeyValue("folder", folder)
          .addKeyValue("freeBytes", free)
          .log("The disk has room again: reports are taken");
    }
    return now;
  }

  /**
   * @throws StoreUnavailableException if the disk is nearly full
   */
  public void checkRoom() {
    if (isLow()) {
      throw new StoreUnavailableException(
          "The disk of "
              + folder
              + " has "
              + (free() >> 20)
              + " MiB free, less than store.minFree leaves ("
              + (minFree >> 20)
              + " MiB): nothing is acknowledged. Free space; it goes on by itself.");
    }
  }

  @Override
  public void write(List<SchoolReport> batch) {
    checkRoom();
    store.write(batch);
  }

  @Override
  public @Nullable String refuses(Report report) {
    return store.refuses(report);
  }

  @Override
  public List<Observation> range(String school, String subject, Instant from, Instant to) {
    return store.range(school, subject, from, to);
  }

  @Override
  public void visit(String school, Instant from, Instant to, Visitor visitor) {
    store.visit(school, from, to, visitor);
  }

  @Override
  public void visitKind(String school, String kind, Instant from, Instant to, Visitor visitor) {
    store.visitKind(school, kind, from, to, visitor);
  }

  @Override
  public void latest(Instant since, Visitor visitor) {
    store.latest(since, visitor);
  }

  @Override
  public NavigableSet<LocalDate> days() {
    return store.days();
  }

  @Override
  public NavigableSet<String> schools(LocalDate day) {
    return store.schools(day);
  }

  @Override
  public List<Point> series(String school, String subject, String measure, Steps steps) {
    return store.series(school, subject, measure, steps);
  }

  @Override
  public Instant keptSince() {
    return store.keptSince();
  }

  /** Asks the store, whatever room its disk has. */
  @Override
  public void check() {
    store.check();
  }

  @Override
  public void settle() {
    store.settle();
  }

  @Override
  public void close() {
    store.close();
  }
}

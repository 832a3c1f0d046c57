package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoError;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.O3PartitionPurgeJob;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.wal.ApplyWal2TableJob;
import io.questdb.cairo.wal.CheckWalTransactionsJob;
import io.questdb.cairo.wal.WalPurgeJob;
import io.questdb.cairo.wal.seq.TableSequencerAPI;
import io.questdb.std.ObjHashSet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was committed to the log into the tables, removes the log behind it, and takes a
 * table up again after a fault. When nothing waits, it looks after the closed days. One thread of
 * its own, from {@link #start} to {@link #close}.
 *
 * <p>Passes are paced: the more commits one pass finds, the less each of them costs, and a second
 * processor that merges every small commit at once is missing to the intake.
 */
final class WalApplier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WalApplier.class);
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long TIDY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** After so many tables' turns a pass looks after the log it has left behind. */
  private static final int TURNS = 64;

  private final CairoEngine engine;
  private final ClosedDays closedDays;
  private final LateMeasures lateMeasures;
  private final Thread thread = new Thread(this::run, "questdb-apply");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition passed = lock.newCondition();
  private boolean committed;
  private boolean hurried;
  private volatile boolean closing;
  private long tidied = System.nanoTime();

  /** Work for this thread from others, between two passes. */
  private final Queue<FutureTask<?>> asked = new ArrayDeque<>();

  /** Tables that stand still for no want of a column; looked at again after the next tidying. */
  private final Set<TableToken> standing = new HashSet<>();

  WalApplier(CairoEngine engine, ClosedDays closedDays, LateMeasures lateMeasures) {
    this.engine = engine;
    this.closedDays = closedDays;
    this.lateMeasures = lateMeasures;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Something was committed. */
  void committed() {
    lock.lock();
    try {
      committed = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything that is committed now has been applied. */
  void settle(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<TableToken, Long> committedNow = committedNow();
    lock.lock();
    try {
      String behind = behind(committedNow);
      while (behind != null) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || closing) {
          throw new StoreUnavailableException(
              "The table " + behind + " was not brought up to date within " + patience + ".");
        }
        hurried = true;
        work.signal();
        long unused = passed.awaitNanos(Math.min(left, IDLE_NANOS));
        behind = behind(committedNow);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while waiting for the tables.", e);
    } finally {
      lock.unlock();
    }
  }

  /** Each table's newest commit; what comes after it while somebody waits is not waited for. */
  private Map<TableToken, Long> committedNow() {
    Map<TableToken, Long> newest = new HashMap<>();
    ObjHashSet<TableToken> tokens = new ObjHashSet<>();
    engine.getTableTokens(tokens, false);
    for (int i = 0; i < tokens.size(); i++) {
      TableToken token = tokens.get(i);
      if (token.isWal()) {
        newest.put(token, engine.getTableSequencerAPI().lastTxn(token));
      }
    }
    return newest;
  }

  /** The name of a table that has not come as far as that, or null. */
  private @Nullable String behind(Map<TableToken, Long> awaited) {
    TableSequencerAPI sequencers = engine.getTableSequencerAPI();
    for (Map.Entry<TableToken, Long> each : awaited.entrySet()) {
      TableToken token = each.getKey();
      if (!sequencers.isTxnTrackerInitialised(token)
          || sequencers.getTxnTracker(token).getWriterTxn() < each.getValue()) {
        return token.getTableName();
      }
    }
    return null;
  }

  private void run() {
    try (ApplyWal2TableJob apply = new ApplyWal2TableJob(engine, 0);
        WalPurgeJob purge = new WalPurgeJob(engine);
        O3PartitionPurgeJob folders = new O3PartitionPurgeJob(engine, 1)) {
      CheckWalTransactionsJob check = new CheckWalTransactionsJob(engine);
      while (!closing) {
        long begun = System.nanoTime();
        boolean more = pass(apply, purge, check);
        announce();
        doAsked();
        if (!more && !upkeep(folders)) {
          rest(begun);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** True when there was more to do than one pass takes. */
  private boolean pass(ApplyWal2TableJob apply, WalPurgeJob purge, CheckWalTransactionsJob check) {
    try {
      check.run(0);
      int turns = 0;
      while (!closing && turns < TURNS && apply.run(0)) {
        turns++;
      }
      takeUpForLateMeasures();
      purge.run(0);
      if (System.nanoTime() - tidied > TIDY_NANOS) {
        tidied = System.nanoTime();
        engine.releaseInactive();
        takeUpAgain();
      }
      return turns == TURNS;
    } catch (RuntimeException | CairoError e) {
      LOG.atError().setCause(e).log("The observation store could not bring its tables up to date");
      return false;
    }
  }

  /** Nothing waits: true after a piece of other work, behind which something may. */
  private boolean upkeep(O3PartitionPurgeJob folders) {
    try {
      // Folders that a query was still reading when their day was packed, merged, or dropped.
      boolean left = true;
      while (!closing && left) {
        left = folders.run(0);
      }
      return !closing && closedDays.step();
    } catch (RuntimeException | CairoError e) {
      LOG.atError().setCause(e).log("The observation store could not look after its closed days");
      return false;
    }
  }

  /**
   * Does something on this thread between two passes, and waits for it.
   *
   * @throws StoreUnavailableException if it was not done in time, or failed
   */
  void perform(Runnable work, Duration patience) {
    FutureTask<?> task = new FutureTask<>(work, null);
    lock.lock();
    try {
      asked.add(task);
      hurried = true;
      this.work.signal();
    } finally {
      lock.unlock();
    }
    try {
      task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while waiting for the tables.", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new StoreUnavailableException("The tables could not be worked on: " + e, e);
    }
  }

  private void doAsked() {
    FutureTask<?> task = nextAsked();
    while (task != null) {
      task.run();
      task = nextAsked();
    }
  }

  private @Nullable FutureTask<?> nextAsked() {
    lock.lock();
    try {
      return asked.poll();
    } finally {
      lock.unlock();
    }
  }

  /** A table that waits for a column of a packed day goes on at once. */
  private void takeUpForLateMeasures() {
    TableSequencerAPI sequencers = engine.getTableSequencerAPI();
    ObjHashSet<TableToken> tokens = new ObjHashSet<>();
    engine.getTableTokens(tokens, false);
    for (int i = 0; i < tokens.size(); i++) {
      TableToken token = tokens.get(i);
      if (token.isWal() && sequencers.isSuspended(token) && !standing.contains(token)) {
        if (unpacked(token)) {
          sequencers.resumeTable(token, -1);
          hurry();
        } else {
          standing.add(token);
        }
      }
    }
  }

  private boolean unpacked(TableToken token) {
    try {
      return lateMeasures.unpack(token) > 0;
    } catch (IOException | CairoException e) {
      LOG.atWarn()
          .addKeyValue("table", token.getTableName())
          .addKeyValue("detail", e.getMessage())
          .log("A packed day could not be unpacked; it is tried again");
      return false;
    }
  }

  private void hurry() {
    lock.lock();
    try {
      hurried = true;
    } finally {
      lock.unlock();
    }
  }

  /** QuestDB leaves a table alone after a fault such as a full disk; the fault may have gone. */
  private void takeUpAgain() {
    standing.clear();
    TableSequencerAPI sequencers = engine.getTableSequencerAPI();
    ObjHashSet<TableToken> tokens = new ObjHashSet<>();
    engine.getTableTokens(tokens, false);
    for (int i = 0; i < tokens.size(); i++) {
      TableToken token = tokens.get(i);
      if (token.isWal() && sequencers.isSuspended(token)) {
        LOG.atError()
            .addKeyValue("table", token.getTableName())
            .addKeyValue("fault", sequencers.getTxnTracker(token).getErrorMessage())
            .log("A table of the observation store is behind because of a fault; trying again");
        sequencers.resumeTable(token, -1);
      }
    }
  }

  private void announce() {
    lock.lock();
    try {
      passed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Until something was committed, and no sooner than the pace allows unless hurried. */
  private void rest(long begun) throws InterruptedException {
    lock.lock();
    try {
      long idle = IDLE_NANOS;
      while (!committed && !hurried && !closing && idle > 0) {
        idle = work.awaitNanos(idle);
      }
      long pace = PACE_NANOS - (System.nanoTime() - begun);
      while (!hurried && !closing && pace > 0) {
        pace = work.awaitNanos(pace);
      }
      committed = false;
      hurried = false;
    } finally {
      lock.unlock();
    }
  }

  /** Ends after the table now being merged. What is not applied yet waits for the next start. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      work.signal();
      passed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.rollcall.agent.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every probe at its interval, for ever, until {@link #close}.
 *
 * <p>Looks are spread: each probe has its own place in the interval, so that a school's devices are
 * not asked all at once, and a random part, so that schools are not either. The first round comes
 * within {@link #FIRST_ROUND}. A probe's interval itself is not shaken, because the rates between
 * two looks are averages over it.
 *
 * <p>No probe waits for another: at most one look of a probe is under way, at most {@code
 * maxInFlight} looks altogether; what is due beyond that waits its turn, each probe at most once. A
 * look that has not ended after {@link #patience(Duration)} is given up and told as {@value
 * #STUCK}.
 *
 * <p>All state belongs to the thread {@code schedule}. The sink is called on it, one observation at
 * a time, and must not block.
 */
public final class Schedule implements AutoCloseable {

  /** Reason of an observation whose look never ended. */
  public static final String STUCK = "probe-stuck";

  /** Reason of an observation whose look ended in a bug of the probe's. */
  public static final String FAILED = "probe-failed";

  public static final int DEFAULT_MAX_IN_FLIGHT = 256;

  static final Duration FIRST_ROUND = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Schedule.class);
  private static final Duration LEAST_PATIENCE = Duration.ofMinutes(2);

  /**
   * What a schedule has done: {@code started = ended + failed + stuck + inFlight}.
   *
   * @param started looks begun
   * @param ended looks that gave observations, or whose probe was gone by then
   * @param failed looks that broke the contract of {@link Probe}
   * @param stuck looks given up
   * @param skipped turns left out because the look before had not ended
   * @param sinkFailures observations the sink threw at
   * @param inFlight looks under way
   */
  public record Counts(
      long started,
      long ended,
      long failed,
      long stuck,
      long skipped,
      long sinkFailures,
      long inFlight) {}

  /** One probe's place in the plan. Touched on the schedule's thread alone. */
  private static final class Turn {
    final Probe probe;
    final long intervalNanos;
    long dueNanos;
    long startedNanos;
    int look;
    int failures;
    boolean running;
    boolean waiting;
    boolean gone;

    Turn(Probe probe) {
      this.probe = probe;
      this.intervalNanos = probe.interval().toNanos();
    }
  }

  private final List<Turn> turns = new ArrayList<>();
  private final Queue<Turn> waiting = new ArrayDeque<>();
  private final Clock clock;
  private final RandomGenerator random;
  private final int maxInFlight;
  private final Consumer<Observation> sink;
  private final ScheduledThreadPoolExecutor thread;

  private final LongAdder started = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder stuck = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder sinkFailures = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();

  public Schedule(
      List<Probe> probes, Clock clock, RandomGenerator random, Consumer<Observation> sink) {
    this(probes, clock, random, DEFAULT_MAX_IN_FLIGHT, sink);
  }

  public Schedule(
      List<Probe> probes,
      Clock clock,
      RandomGenerator random,
      int maxInFlight,
      Consumer<Observation> sink) {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight must be at least 1, not " + maxInFlight);
    }
    probes.forEach(probe -> turns.add(new Turn(probe)));
    this.clock = clock;
    this.random = random;
    this.maxInFlight = maxInFlight;
    this.sink = sink;
    this.thread = new ScheduledThreadPoolExecutor(1, Schedule::thread);
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "schedule");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins the first round. Once only. */
  public void start() {
    execute(() -> plan(turns));
  }

  /**
   * Runs these probes from now on. One that ran before goes on at its place in its interval; of one
   * that is no longer there nothing more is told; a new one has its first look soon. Any thread.
   */
  public void replace(List<Probe> probes) {
    List<Probe> wanted = List.copyOf(probes);
    execute(
        () -> {
          Set<Probe> added = Collections.newSetFromMap(new IdentityHashMap<>());
          added.addAll(wanted);
          for (Turn turn : turns) {
            turn.gone = !added.remove(turn.probe);
          }
          turns.removeIf(turn -> turn.gone);
          waiting.removeIf(turn -> turn.gone);
          List<Turn> fresh = new ArrayList<>();
          wanted.stream().filter(added::contains).forEach(probe -> fresh.add(new Turn(probe)));
          turns.addAll(fresh);
          plan(fresh);
        });
  }

  private void plan(List<Turn> fresh) {
    long now = System.nanoTime();
    for (int i = 0; i < fresh.size(); i++) {
      Turn turn = fresh.get(i);
      double place = (i + random.nextDouble()) / fresh.size();
      long round = Math.min(turn.intervalNanos, FIRST_ROUND.toNanos());
      // The second look comes half an interval later at the earliest, at the probe's own place.
      turn.dueNanos = now + turn.intervalNanos / 2 + (long) (place * turn.intervalNanos);
      later((long) (place * round), () -> look(turn));
      later(turn.dueNanos - now, () -> tick(turn));
    }
  }

  /**
   * Looks at these subjects now, without moving their turns; one whose look is under way or waits
   * already is left at that, and one that nobody looks at is passed over. Any thread.
   */
  public void lookNow(Collection<String> subjects) {
    Set<String> wanted = Set.copyOf(subjects);
    execute(
        () -> {
          for (Turn turn : turns) {
            if (!turn.running
                && !turn.waiting
                && turn.probe.subjects().stream().anyMatch(wanted::contains)) {
              look(turn);
            }
          }
        });
  }

  private void tick(Turn turn) {
    if (turn.gone) {
      return;
    }
    long now = System.nanoTime();
    turn.dueNanos = nextDue(turn.dueNanos, turn.intervalNanos, now);
    later(turn.dueNanos - now, () -> tick(turn));
    look(turn);
  }

  /** The first turn after now that keeps the probe's place; turns slept through are not made up. */
  static long nextDue(long dueNanos, long intervalNanos, long nowNanos) {
    long late = Math.max(0, nowNanos - dueNanos);
    return dueNanos + (late / intervalNanos + 1) * intervalNanos;
  }

  private void look(Turn turn) {
    if (turn.gone) {
      return;
    }
    if (turn.running) {
      skipped.increment();
      if (System.nanoTime() - turn.startedNanos < patience(turn.probe.interval()).toNanos()) {
        return;
      }
      stuck.increment();
      log.atWarn().addKeyValue("subjects", turn.probe.subjects()).log("Probe gave no outcome");
      release(turn);
      tell(turn, STUCK);
    }
    if (turn.waiting) {
      skipped.increment();
    } else if (inFlight.get() >= maxInFlight) {
      turn.waiting = true;
      waiting.add(turn);
    } else {
      begin(turn);
    }
  }

  /** How long a look may take: three intervals, and no less than two minutes. */
  static Duration patience(Duration interval) {
    Duration three = interval.multipliedBy(3);
    return three.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : three;
  }

  // A probe that throws is a bug; it must cost its own observation and nobody else's.
  private void begin(Turn turn) {
    turn.running = true;
    turn.look++;
    turn.startedNanos = System.nanoTime();
    inFlight.incrementAndGet();
    started.increment();
    int look = turn.look;
    try {
      turn.probe
          .run(clock.instant())
          .whenComplete((seen, fault) -> execute(() -> end(turn, look, seen, fault)));
    } catch (RuntimeException bug) {
      end(turn, look, null, bug);
    }
  }

  private void end(
      Turn turn, int look, @Nullable List<Observation> seen, @Nullable Throwable fault) {
    if (!turn.running || turn.look != look) {
      return; // given up before, and told so
    }
    release(turn);
    if (turn.gone) {
      ended.increment();
    } else if (seen == null) {
      failed.increment();
      turn.failures++;
      if (Integer.bitCount(turn.failures) == 1) { // 1, 2, 4, 8, …: a bug repeats at every turn
        log.atError()
            .addKeyValue("subjects", turn.probe.subjects())
            .addKeyValue("times", turn.failures)
            .setCause(fault)
            .log("Probe failed");
      }
      tell(turn, FAILED);
    } else {
      ended.increment();
      seen.forEach(this::emit);
    }
    Turn next = waiting.poll();
    if (next != null) {
      next.waiting = false;
      begin(next);
    }
  }

  private void release(Turn turn) {
    turn.running = false;
    inFlight.decrementAndGet();
  }

  private void tell(Turn turn, String reason) {
    Instant now = clock.instant();
    for (String subject : turn.probe.subjects()) {
      emit(
          Observation.newBuilder()
              .setSubject(subject)
              .setTimeMillis(now.toEpochMilli())
              .setReason(reason)
              .build());
    }
  }

  private void emit(Observation observation) {
    try {
      sink.accept(observation);
    } catch (RuntimeException bug) {
      sinkFailures.increment();
      long times = sinkFailures.sum();
      if (Long.bitCount(times) == 1) {
        log.atError()
            .addKeyValue("subject", observation.getSubject())
            .addKeyValue("times", times)
            .setCause(bug)
            .log("Observation not taken");
      }
    }
  }

  private void execute(Runnable work) {
    try {
      thread.execute(work);
    } catch (RejectedExecutionException closed) {
      log.atDebug().log("Outcome after the end of the schedule");
    }
  }

  private void later(long nanos, Runnable work) {
    try {
      ScheduledFuture<?> unused = thread.schedule(work, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      log.atDebug().log("Turn after the end of the schedule");
    }
  }

  /** A snapshot; exact while nothing is being started or ended. */
  public Counts counts() {
    return new Counts(
        started.sum(),
        ended.sum(),
        failed.sum(),
        stuck.sum(),
        skipped.sum(),
        sinkFailures.sum(),
        inFlight.get());
  }

  /**
   * Starts no more looks and drops the outcome of those under way; waits until the sink is no
   * longer called.
   */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        log.atWarn().log("Schedule still busy after 5 s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

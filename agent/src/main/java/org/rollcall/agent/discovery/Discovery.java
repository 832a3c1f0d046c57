package org.rollcall.agent.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.report.Reporter;
import org.rollcall.agent.uplink.UplinkThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps the configured networks at their interval and when somebody asks, never twice at once. The
 * first sweep comes some minutes after the start, so that a machine which starts every morning
 * sweeps every day. Any thread.
 */
public final class Discovery implements AutoCloseable {
  /** Let the agent get going, and schools not begin together. Project defaults. */
  static final Duration FIRST_FROM = Duration.ofMinutes(2);

  static final Duration FIRST_TO = Duration.ofMinutes(30);

  /** Allows sweeping this machine itself, as tests do. */
  private static final String LOOPBACK = "rollcall.discovery.loopback";

  private static final double JITTER = 0.1;
  private static final long END_MILLIS = 5_000;
  private static final Logger log = LoggerFactory.getLogger(Discovery.class);

  private final String agent;
  private final DiscoverySettings settings;
  private final Networks networks;
  private final Surroundings surroundings;
  private final Reporter reporter;
  private final UplinkThreads shared;

  private final LongAdder ended = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder sightings = new LongAdder();
  private long started;
  private boolean closed;
  private @Nullable Thread thread;
  private @Nullable ScheduledFuture<?> next;

  /**
   * @param agent whom the observation of a sweep is about
   * @param reporter started before this is
   * @throws IllegalArgumentException when the networks are this machine itself
   */
  public Discovery(
      String agent,
      DiscoverySettings settings,
      Surroundings surroundings,
      Reporter reporter,
      UplinkThreads shared) {
    this.agent = agent;
    this.settings = settings;
    this.networks = Networks.parse(settings.networks());
    this.surroundings = surroundings;
    this.reporter = reporter;
    this.shared = shared;
    check(settings);
  }

  /**
   * @throws IllegalArgumentException when the networks are this machine itself
   */
  static void check(DiscoverySettings settings) {
    if (Networks.parse(settings.networks()).hasLoopback() && !Boolean.getBoolean(LOOPBACK)) {
      throw new IllegalArgumentException(
          "discovery: 127.0.0.0/8 is this machine itself: leave it out of networks");
    }
  }

  /** Plans the first sweep. */
  public synchronized void start() {
    long from = Math.min(FIRST_FROM.toMillis(), settings.interval().toMillis());
    long to = Math.min(FIRST_TO.toMillis(), settings.interval().toMillis());
    plan(from + (long) (shared.random().nextDouble() * (to - from)));
  }

  private synchronized void plan(long millis) {
    if (closed) {
      return;
    }
    try {
      next = shared.worker().schedule(this::due, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException ending) {
      log.atDebug().log("No sweep is planned any more");
    }
  }

  private void due() {
    double shift = 1 + JITTER * (2 * shared.random().nextDouble() - 1);
    plan((long) (settings.interval().toMillis() * shift));
    boolean unused = begin(networks);
  }

  /**
   * Begins a sweep now, beside those of the interval.
   *
   * @param asked networks within the configured ones; empty: all of these
   * @return false when there is one already, or none of the networks is configured
   */
  public boolean sweep(List<String> asked) {
    if (asked.isEmpty()) {
      return begin(networks);
    }
    List<Ipv4Network> within = new ArrayList<>();
    for (String text : asked) {
      try {
        Ipv4Network network = Ipv4Network.parse(text);
        if (networks.contain(network) && within.stream().noneMatch(w -> w.contains(network))) {
          within.removeIf(network::contains);
          within.add(network);
        }
      } catch (IllegalArgumentException notOne) {
        log.atDebug().setCause(notOne).log("A network that was asked for is none");
      }
    }
    if (within.isEmpty()) {
      refused.increment();
      log.atWarn()
          .addKeyValue("networks", asked.size())
          .log("A sweep was asked for of networks that are not configured here");
      return false;
    }
    return begin(new Networks(within));
  }

  private synchronized boolean begin(Networks where) {
    if (closed || thread != null) {
      refused.increment();
      return false;
    }
    Pace pace = new Pace(settings.rate(), System::nanoTime);
    Sweep sweep = new Sweep(where, settings.triedPorts(), surroundings, pace);
    Thread begun = new Thread(() -> run(sweep), "discovery");
    begun.setDaemon(true);
    thread = begun;
    started++;
    begun.start();
    return true;
  }

  /** The edge of the sweep's thread. */
  private void run(Sweep sweep) {
    try {
      Sweep.Outcome outcome = sweep.run(shared.clock().millis());
      tell(outcome);
      ended.increment();
    } catch (InterruptedException close) {
      cancelled.increment();
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      failed.increment();
      log.atError().setCause(bug).log("A sweep failed; the next one comes all the same");
    } finally {
      over();
    }
  }

  private void tell(Sweep.Outcome outcome) {
    SweepFigures figures = outcome.figures();
    boolean kept = reporter.sightings(outcome.sightings());
    sightings.add(outcome.sightings().size());
    reporter.observe(
        (kept ? figures : figures.because("disk-error"))
            .observation(agent, shared.clock().millis()));
    log.atInfo()
        .addKeyValue("addresses", figures.addresses())
        .addKeyValue("answered", figures.answered())
        .addKeyValue("reported", figures.reported())
        .addKeyValue("packets", figures.packets())
        .addKeyValue("seconds", Math.round(figures.seconds()))
        .addKeyValue("reason", figures.reason())
        .log("Sweep is over");
  }

  private synchronized void over() {
    thread = null;
  }

  public synchronized DiscoveryFigures figures() {
    return new DiscoveryFigures(
        started,
        ended.sum(),
        cancelled.sum(),
        failed.sum(),
        thread == null ? 0 : 1,
        refused.sum(),
        sightings.sum());
  }

  /**
   * Ends the sweep that is under way, without waiting for that; what it has found is left to the
   * next one.
   *
   * @return its thread; null: none is under way
   */
  synchronized @Nullable Thread end() {
    closed = true;
    if (next != null) {
      next.cancel(false);
    }
    if (thread != null) {
      thread.interrupt();
    }
    return thread;
  }

  /** Ends, and waits 5 s for it at most. */
  @Override
  public void close() {
    Thread running = end();
    if (running == null) {
      return;
    }
    try {
      running.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

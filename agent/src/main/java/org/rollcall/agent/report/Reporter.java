package org.rollcall.agent.report;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.spool.Spool;
import org.rollcall.agent.spool.SpoolHead;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.ReportChain;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Sighting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers observations into reports and spools them. A report is closed when its interval is over,
 * at 200 observations, or at 48 KiB, whichever comes first; every few minutes one carries a seal
 * over those before it, and the first after a loss carries the gap.
 */
public final class Reporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  /** Far above what {@link Limits#MAX_MEASURES} measures need. */
  private static final int MAX_OBSERVATION_BYTES = 8 * 1024;

  private static final long TICK_MILLIS = 1_000;

  private final AgentKey key;
  private final Spool spool;
  private volatile ReportSettings settings;
  private final InstantSource clock;
  private final ScheduledExecutorService worker;

  private final PendingObservations pending = new PendingObservations();
  private final AtomicBoolean flushAsked = new AtomicBoolean();
  private final LongAdder refused = new LongAdder();
  private final GapBegins begins = new GapBegins();
  private final Object writing = new Object();
  private @Nullable ReportChain chain;
  private @Nullable ScheduledFuture<?> ticking;
  private long lastFlushMillis;
  private long lastSealMillis;
  private long lastSealedSeq;
  private long lastNow;

  /** What the clock showed before it last leapt ahead by more than a collector puts up with. */
  private long beforeLeap = Long.MAX_VALUE;

  /**
   * @param spool started before this is
   * @param worker where reports are closed; it may wait for the disk
   */
  public Reporter(
      AgentKey key,
      Spool spool,
      ReportSettings settings,
      InstantSource clock,
      ScheduledExecutorService worker) {
    this.key = key;
    this.spool = spool;
    this.settings = settings;
    this.clock = clock;
    this.worker = worker;
  }

  public void start() {
    synchronized (writing) {
      SpoolHead head = spool.head();
      chain = new ReportChain(key.agentId(), head.epoch(), head.lastSeq(), head.lastSha256());
      lastFlushMillis = clock.millis();
      lastSealMillis = lastFlushMillis;
      lastSealedSeq = head.lastSeq();
      ticking =
          worker.scheduleWithFixedDelay(
              this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** How often reports are closed and sealed from now on. Any thread. */
  public void settings(ReportSettings newer) {
    settings = newer;
  }

  /** Takes an observation for the next report. Never waits; any thread. */
  public void observe(Observation observation) {
    if (observation.getSerializedSize() > MAX_OBSERVATION_BYTES) {
      refused.increment();
      LOG.atError()
          .addKeyValue("subject", observation.getSubject())
          .addKeyValue("bytes", observation.getSerializedSize())
          .log("Observation is too large for a report and is left out");
      return;
    }
    if (pending.add(observation) && flushAsked.compareAndSet(false, true)) {
      try {
        worker.execute(this::flushSafely);
      } catch (RejectedExecutionException e) {
        LOG.atDebug().log("Observation after the end; it stays for close()");
      }
    }
  }

  /**
   * Spools these observations now, in order and in as many reports as they need, on the calling
   * thread; for whoever has many at once, such as a back-fill.
   *
   * @return false when the disk refused some of it
   */
  public boolean report(List<Observation> observations) {
    PendingObservations own = new PendingObservations();
    boolean kept = true;
    synchronized (writing) {
      for (Observation observation : observations) {
        if (own.add(observation)) {
          kept &= spool(own.takeReport());
        }
      }
      for (List<Observation> rest = own.takeReport(); !rest.isEmpty(); rest = own.takeReport()) {
        kept &= spool(rest);
      }
    }
    return kept;
  }

  /**
   * Spools these devices found now, in as many reports as they need, on the calling thread.
   *
   * @return false when the disk refused some of it
   */
  public boolean sightings(List<Sighting> sightings) {
    boolean kept = true;
    synchronized (writing) {
      for (int from = 0; from < sightings.size(); ) {
        int to = from;
        int bytes = 0;
        while (to < sightings.size() && to - from < Limits.MAX_SIGHTINGS) {
          bytes += sightings.get(to).getSerializedSize() + PendingObservations.WRAPPING_BYTES;
          if (to > from && bytes > PendingObservations.REPORT_BYTES) {
            break;
          }
          to++;
        }
        kept &= spool(List.of(), sightings.subList(from, to));
        from = to;
      }
    }
    return kept;
  }

  /** Spools what is waiting, on the calling thread. */
  public void flush() {
    synchronized (writing) {
      flushAsked.set(false);
      lastFlushMillis = clock.millis();
      List<Observation> next = pending.takeReport();
      if (next.isEmpty() && !spool.gaps().isEmpty()) {
        spool(next);
      }
      for (; !next.isEmpty(); next = pending.takeReport()) {
        spool(next);
      }
    }
  }

  /** Observations that could go into no report: too many at once, or too large. */
  public long dropped() {
    return pending.dropped() + refused.sum();
  }

  /** Spools what is waiting, and a last seal. Closes neither the spool nor the worker. */
  @Override
  public void close() {
    synchronized (writing) {
      if (ticking == null || chain == null) {
        return;
      }
      ticking.cancel(false);
      flush();
      if (chain.lastSeq() > lastSealedSeq + 1) {
        lastSealMillis = 0;
        spool(List.of());
      }
      ticking = null;
    }
  }

  private void tick() {
    long since = clock.millis() - lastFlushMillis;
    if (since < 0 || since >= settings.interval().toMillis() || pending.isEnough()) {
      flushSafely();
    }
    spool.sync();
  }

  /** The edge of the worker's loop: a fault here must not end the ticking. */
  private void flushSafely() {
    try {
      flush();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("Report could not be closed");
    }
  }

  private boolean spool(List<Observation> observations) {
    return spool(observations, List.of());
  }

  private boolean spool(List<Observation> observations, List<Sighting> sightings) {
    if (chain == null) {
      throw new IllegalStateException("BUG: the reporter is not started");
    }
    long now = clock.millis();
    if (lastNow > 0 && now - lastNow > Limits.MAX_AHEAD.toMillis()) {
      beforeLeap = lastNow;
    }
    lastNow = now;
    List<Gap> carried = spool.gaps();
    List<Gap> gaps = new ArrayList<>(carried);
    Gap own = pending.takeGap();
    if (own != null) {
      gaps.add(own);
    }
    Report.Builder report = Report.newBuilder().setCreatedMillis(now);
    report.addAllObservations(observations);
    report.addAllSightings(sightings);
    gaps.forEach(gap -> report.addGaps(begins.apart(withinLimits(gap, now))));
    long sealedSeq = chain.lastSeq();
    boolean seals = sealedSeq > lastSealedSeq && sealIsDue(now);
    if (seals) {
      report.setSeal(chain.seal(key));
    }
    long from = observations.isEmpty() && gaps.isEmpty() ? now : Long.MAX_VALUE;
    long to = observations.isEmpty() && gaps.isEmpty() ? now : Long.MIN_VALUE;
    for (Observation observation : observations) {
      from = Math.min(from, observation.getTimeMillis());
      to = Math.max(to, observation.getTimeMillis());
    }
    for (Gap gap : gaps) {
      from = Math.min(from, gap.getFromMillis());
      to = Math.max(to, gap.getToMillis());
    }
    byte[] bytes = chain.append(report);
    boolean kept = spool.append(bytes, chain.lastSeq(), from, to);
    if (kept) {
      spool.carried(carried);
      lastSealedSeq = seals ? sealedSeq : lastSealedSeq;
      lastSealMillis = seals ? now : lastSealMillis;
    }
    return kept;
  }

  private boolean sealIsDue(long now) {
    long since = now - lastSealMillis;
    return since < 0 || since >= settings.sealInterval().toMillis();
  }

  /**
   * A collector refuses times that cannot be; a gap seen through a wrong clock must still pass. One
   * of a time that has not come was seen since the clock leapt ahead, and is over now.
   */
  private Gap withinLimits(Gap gap, long now) {
    long latest = Math.max(Limits.EARLIEST_MILLIS, now + Limits.MAX_AHEAD.toMillis() / 2);
    boolean leapt = gap.getFromMillis() > latest;
    long begin = leapt ? Math.min(beforeLeap, now) : gap.getFromMillis();
    long end = gap.getToMillis() > latest ? now : gap.getToMillis();
    long from = Math.max(Limits.EARLIEST_MILLIS, begin);
    long to = Math.max(from, end);
    return gap.toBuilder().setFromMillis(from).setToMillis(to).build();
  }
}

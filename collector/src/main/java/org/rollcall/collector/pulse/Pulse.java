package org.rollcall.collector.pulse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.intake.IntakeListener;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest observation of every subject of every school, in memory, and when its agents were last
 * heard. Back-filled observations, being older, change nothing but the latter. Any thread may ask.
 *
 * <p>Bounded: a new subject beyond the limit is left out and counted; the store has it all the
 * same.
 */
public final class Pulse implements IntakeListener, AutoCloseable {
  /** A province: 20,000 schools with 100 subjects each, about 1 GiB. */
  public static final int DEFAULT_MAX_SUBJECTS = 2_000_000;

  private static final Logger log = LoggerFactory.getLogger(Pulse.class);
  private static final Duration SEED_WINDOW = Duration.ofDays(2);
  private static final long TICK_MILLIS = 1_000;

  private final Clock clock;
  private final int maxSubjects;
  private final Map<String, SchoolState> schools = new ConcurrentHashMap<>();
  private final AtomicInteger subjects = new AtomicInteger();
  private final LongAdder leftOut = new LongAdder();
  private final AtomicLong newestContact = new AtomicLong();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();
  private @Nullable ScheduledExecutorService ticker;

  private static final class SchoolState {
    final Map<String, Observation> newest = new ConcurrentHashMap<>(8);
    final AtomicLong contactMillis = new AtomicLong();
  }

  public Pulse(Clock clock, int maxSubjects) {
    this.clock = clock;
    this.maxSubjects = maxSubjects;
  }

  /**
   * Reads the newest states of the last two days from the store, and begins to tell listeners. Call
   * it before the intake starts.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // tick() catches what listeners throw
  public synchronized void start(ObservationStore store) {
    if (ticker != null) {
      throw new IllegalStateException("BUG: the pulse was started twice");
    }
    store.latest(
        clock.instant().minus(SEED_WINDOW),
        (school, observation) -> {
          take(state(school), observation);
          heard(state(school), Math.min(observation.getTimeMillis(), clock.millis()));
        });
    log.atInfo()
        .addKeyValue("schools", schools.size())
        .addKeyValue("subjects", subjects.get())
        .log("Pulse has the newest states");
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "pulse"));
    ticker = executor;
    executor.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stored(List<SchoolReport> batch) {
    long now = clock.millis();
    for (SchoolReport each : batch) {
      SchoolState state = state(each.school());
      heard(state, now);
      boolean news = false;
      for (Observation observation : each.report().getObservationsList()) {
        news |= take(state, observation);
      }
      if (news) {
        changed.add(each.school());
      }
    }
  }

  /** What each of the school's subjects showed last; empty if nothing is known. A copy. */
  public Map<String, Observation> school(String code) {
    SchoolState state = schools.get(code);
    return state == null ? Map.of() : Map.copyOf(state.newest);
  }

  /** When the collector last heard from an agent of the school; null if it never did. */
  public @Nullable Instant contact(String code) {
    SchoolState state = schools.get(code);
    return state == null ? null : instant(state.contactMillis.get());
  }

  /** When the collector last heard from any agent; null if it never did. */
  public @Nullable Instant newest() {
    return instant(newestContact.get());
  }

  /** Subjects that found no room, each time one was seen. */
  public long leftOut() {
    return leftOut.sum();
  }

  /**
   * Tells the listener, at most once a second, which schools show something new. It runs on the
   * pulse's thread and should hand over what takes long.
   *
   * @return ends it
   */
  public Subscription onChange(Consumer<Set<String>> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Ends what {@link #onChange} began. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** What changes while this runs is told at the next tick. */
  void tick() {
    Set<String> news = new HashSet<>(changed);
    if (news.isEmpty()) {
      return;
    }
    changed.removeAll(news);
    for (Consumer<Set<String>> listener : listeners) {
      try {
        listener.accept(Set.copyOf(news));
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("A listener of the pulse failed");
      }
    }
  }

  /** Whether the observation is newer than what was known, and had room. */
  private boolean take(SchoolState state, Observation observation) {
    Observation known = state.newest.get(observation.getSubject());
    if (known == null) {
      if (subjects.get() >= maxSubjects) {
        leftOut.increment();
        return false;
      }
      subjects.incrementAndGet();
    } else if (known.getTimeMillis() > observation.getTimeMillis() || known.equals(observation)) {
      return false;
    }
    state.newest.put(observation.getSubject(), observation);
    return true;
  }

  private void heard(SchoolState state, long millis) {
    state.contactMillis.accumulateAndGet(millis, Math::max);
    newestContact.accumulateAndGet(millis, Math::max);
  }

  private SchoolState state(String school) {
    return schools.computeIfAbsent(school, code -> new SchoolState());
  }

  private static @Nullable Instant instant(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  @Override
  public synchronized void close() {
    if (ticker != null) {
      ticker.shutdownNow();
    }
  }
}

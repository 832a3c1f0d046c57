package org.rollcall.collector.store.influx;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the database every few minutes, on the thread {@code influx-upkeep}: policies that
 * somebody changed, fields that somebody made, days that are due to be rolled up. A look that fails
 * is told and tried again.
 */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration PAUSE = Duration.ofMinutes(5);

  private final InfluxStore.Settings settings;
  private final Policies policies;
  private final Fields fields;
  private final RollUp rollUp;
  private final Clock clock;
  private @Nullable ScheduledExecutorService executor;
  private volatile boolean closing;

  Upkeep(
      InfluxStore.Settings settings, Policies policies, Fields fields, RollUp rollUp, Clock clock) {
    this.settings = settings;
    this.policies = policies;
    this.fields = fields;
    this.rollUp = rollUp;
    this.clock = clock;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // run() catches what can go wrong
  synchronized void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "influx-upkeep");
              thread.setDaemon(true);
              return thread;
            });
    executor = started;
    started.scheduleWithFixedDelay(
        this::run, PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
  }

  private void run() {
    try {
      look();
    } catch (IOException | RuntimeException e) {
      if (!closing) {
        LOG.atWarn()
            .setCause(e)
            .addKeyValue("store", settings)
            .log("The observation store could not be looked after; it is tried again");
      }
    }
  }

  /** One look. */
  void look() throws IOException {
    if (settings.manage() && policies.apply()) {
      LOG.atError().addKeyValue("store", settings).log(Policies.GONE);
    }
    fields.look();
    if (settings.manage() && settings.keep().rollsUp()) {
      int unused = rollUp.run(clock.instant(), () -> closing);
    }
  }

  /** A statement under way is cut off when the connection closes. */
  @Override
  public synchronized void close() {
    closing = true;
    if (executor != null) {
      executor.shutdownNow();
    }
  }
}

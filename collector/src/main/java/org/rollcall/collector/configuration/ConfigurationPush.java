package org.rollcall.collector.configuration;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells connected agents of a changed configuration within a second or two. One that is not
 * connected hears it when it is back. {@link #start} and {@link #close} once each.
 */
public final class ConfigurationPush implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConfigurationPush.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final AgentConfigurations configurations;
  private final BiConsumer<String, Configuration> tell;
  private final ScheduledExecutorService thread;

  /** Touched on the thread alone, and before it starts. */
  private long told;

  /**
   * @param tell sends it to an agent that is connected
   */
  public ConfigurationPush(
      AgentConfigurations configurations, BiConsumer<String, Configuration> tell) {
    this.configurations = configurations;
    this.tell = tell;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "configuration-push");
              made.setDaemon(true);
              return made;
            });
  }

  /** The message for an agent that has just subscribed; null when there is nothing to tell it. */
  public static @Nullable Configuration message(@Nullable AgentConfiguration of) {
    return of == null
        ? null
        : Configuration.newBuilder().setRevision(of.revision()).setYaml(of.yaml()).build();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the work says its own failures
  public void start() {
    told = configurations.revision();
    thread.scheduleWithFixedDelay(
        this::pushSafely, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The database may be busy; the next round makes up for a failed one. */
  private void pushSafely() {
    try {
      push();
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).log("Configurations could not be read; it is tried again");
    }
  }

  private void push() {
    if (configurations.revision() == told) {
      return;
    }
    for (AgentConfiguration each : configurations.newerThan(told)) {
      Configuration message = message(each);
      if (message != null) {
        tell.accept(each.agent(), message);
      }
      told = each.revision();
      log.atInfo()
          .addKeyValue("agent", each.agent())
          .addKeyValue("revision", each.revision())
          .addKeyValue("by", each.setBy())
          .log("An agent's configuration was changed");
    }
  }

  /** Waits until nobody is told any more. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        log.atWarn().log("Configurations are still being pushed after 5 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

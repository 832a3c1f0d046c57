package org.rollcall.collector.configuration;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.ingest.ConfigurationSource;
import org.rollcall.protocol.v1.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells connected agents of a changed configuration within a second or two, and has kept what they
 * say of it. One that is not connected hears it when it is back. {@link #start} and {@link #close}
 * once each.
 */
public final class ConfigurationPush implements ConfigurationSource, AutoCloseable {
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

  @Override
  public @Nullable Configuration current(String agent) {
    AgentConfiguration newest = configurations.current(agent);
    return newest == null ? null : message(newest);
  }

  @Override
  public void answered(String agent, long revision, @Nullable String problem) {
    configurations.answered(agent, revision, problem);
  }

  private static Configuration message(AgentConfiguration of) {
    return Configuration.newBuilder().setRevision(of.revision()).setYaml(of.yaml()).build();
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
      tell.accept(each.agent(), message(each));
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

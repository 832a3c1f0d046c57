package org.rollcall.agent.control;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.notice.RepeatedNotice;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.Topics;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the collector sends and hands each command to the handler of its kind, once, while it
 * is still wanted. Handlers are registered before the first message; {@link #received} is called by
 * one thread at a time.
 */
public final class Commands {
  private static final Logger log = LoggerFactory.getLogger(Commands.class);
  private static final Duration NOTICE_INTERVAL = Duration.ofMinutes(15);

  /** How many commands are remembered to know a repeated one; a project default. */
  private static final int REMEMBERED = 256;

  private final String configTopic;
  private final String commandTopic;
  private final CollectorClock clock;
  private final RepeatedNotice notice;
  private final RecentIds recent = new RecentIds(REMEMBERED);
  private final Map<Command.WhatCase, CommandHandler> handlers =
      new EnumMap<>(Command.WhatCase.class);
  private @Nullable Function<Configuration, @Nullable String> configured;

  private final LongAdder done = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder unknown = new LongAdder();

  /**
   * What came in: {@code done + repeated + expired + unknown + malformed}, and configurations.
   *
   * @param done handed to a handler
   * @param repeated known already
   * @param expired came too late
   * @param unknown of a kind this version has no handler for
   * @param malformed no command, no configuration, or too large
   */
  public record Counts(long done, long repeated, long expired, long unknown, long malformed) {}

  /**
   * @param agent whose topics these are
   * @param clock by which commands expire
   */
  public Commands(String agent, CollectorClock clock, InstantSource local) {
    this.configTopic = Topics.config(agent);
    this.commandTopic = Topics.command(agent);
    this.clock = clock;
    this.notice = new RepeatedNotice(log, NOTICE_INTERVAL, local);
  }

  /** Commands of this kind go to this handler. */
  public void on(Command.WhatCase kind, CommandHandler handler) {
    if (handlers.put(kind, handler) != null) {
      throw new IllegalStateException("BUG: two handlers for " + kind);
    }
  }

  /** Configurations go to this handler, which answers why one cannot be used, or null. */
  public void onConfiguration(Function<Configuration, @Nullable String> handler) {
    configured = handler;
  }

  /**
   * Takes one message. Never throws: a bad one costs itself alone.
   *
   * @return why a configuration cannot be used; null when it can, and for every command
   */
  public @Nullable String received(String topic, byte[] payload) {
    try {
      if (payload.length > Limits.MAX_CONFIGURATION_BYTES + Limits.CONTROL_OVERHEAD_BYTES) {
        bad(topic, "too large");
      } else if (topic.equals(commandTopic)) {
        command(Command.parseFrom(payload));
      } else if (topic.equals(configTopic)) {
        return configuration(Configuration.parseFrom(payload));
      } else {
        bad(topic, "a topic nobody subscribed to");
      }
    } catch (InvalidProtocolBufferException e) {
      bad(topic, "not readable");
    } catch (RuntimeException bug) {
      log.atError().setCause(bug).addKeyValue("topic", topic).log("A message could not be handled");
    }
    return null;
  }

  private void command(Command command) {
    if (command.getId().isEmpty() || command.getId().length() > Limits.MAX_COMMAND_ID) {
      bad(commandTopic, "a command without an id");
      return;
    }
    CommandHandler handler = handlers.get(command.getWhatCase());
    if (handler == null) {
      unknown.increment();
      notice.warn(
          "The collector asks for something this version does not know",
          commandTopic,
          command.getWhatCase().name());
    } else if (!recent.add(command.getId())) {
      repeated.increment();
    } else if (command.getExpiresMillis() <= clock.millis()) {
      expired.increment();
      log.atInfo().addKeyValue("id", command.getId()).log("A command came too late");
    } else {
      done.increment();
      log.atInfo()
          .addKeyValue("id", command.getId())
          .addKeyValue("kind", command.getWhatCase())
          .log("Command");
      handler.handle(command);
    }
  }

  private @Nullable String configuration(Configuration configuration) {
    if (configured == null || configuration.getRevision() == 0) {
      bad(configTopic, "a configuration without a revision");
      return null;
    }
    return configured.apply(configuration);
  }

  private void bad(String topic, String detail) {
    malformed.increment();
    notice.warn("A message of the collector cannot be used", topic, detail);
  }

  public Counts counts() {
    return new Counts(done.sum(), repeated.sum(), expired.sum(), unknown.sum(), malformed.sum());
  }
}

package org.rollcall.collector.ingest;

import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.intake.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a key that is used from two live places, as happens when a school's disk image is copied.
 *
 * <p>The proof is in the instances: every running agent has a random name of its own, made when it
 * starts. A line that breaks and comes back, or an address that changes, brings back the same
 * instance; a restart brings a new one, and the old one never comes back. Only two that run at the
 * same time come in turns: X, Y, X, Y. One return may be a packet that was late; {@value #RETURNS}
 * within ten minutes are two places.
 *
 * <p>A client that names no instance is no proof: there only take-overs count, in which the older
 * connection was alive again and again, and nothing comes of it but a warning. Any thread.
 */
final class TwoPlaces {
  static final int TAKE_OVERS = 3;

  /** How often an instance must come back after another; a project default. */
  static final int RETURNS = 3;

  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(TwoPlaces.class);
  private static final Duration LOG_PERIOD = Duration.ofMinutes(1);

  /** A computer room started from one image. */
  private static final int MOST_INSTANCES = 64;

  private final Clock clock;
  private final IngestTally tally;

  /** Only agents that were taken over lately; {@link #forgetOld} drops the others. */
  private final Map<String, History> histories = new ConcurrentHashMap<>();

  /** Only agents that connected lately; {@link #forgetOld} drops the others. */
  private final Map<String, Instances> instances = new ConcurrentHashMap<>();

  private record History(long sinceMillis, int takeOvers, LogThrottle throttle) {}

  /** The instances of one agent that connected lately. Touched under its map's lock alone. */
  private static final class Instances {
    final Map<String, SocketAddress> known = new LinkedHashMap<>();
    final ArrayDeque<Long> returns = new ArrayDeque<>();
    String last = "";
    long lastMillis;
  }

  /**
   * Where a key was seen.
   *
   * @param one where the instance connected from that came back
   * @param other where the one did that it came back after
   */
  record Evidence(SocketAddress one, SocketAddress other) {}

  TwoPlaces(Clock clock, IngestTally tally) {
    this.clock = clock;
    this.tally = tally;
  }

  /**
   * An agent has connected.
   *
   * @param instance what it calls itself while it runs; empty when it does not say
   * @return when this proves that its key is used in two places, those; then all is forgotten and
   *     begins anew
   */
  @Nullable Evidence entered(String agent, String instance, SocketAddress address) {
    if (instance.isEmpty()) {
      return null;
    }
    Evidence[] proof = new Evidence[1];
    instances.compute(
        agent,
        (key, before) -> {
          Instances now = before == null ? new Instances() : before;
          proof[0] = note(now, instance, address);
          return proof[0] == null ? now : null;
        });
    return proof[0];
  }

  private @Nullable Evidence note(Instances now, String instance, SocketAddress address) {
    long millis = clock.millis();
    SocketAddress other = now.known.get(now.last);
    boolean isBack = !instance.equals(now.last) && now.known.containsKey(instance);
    now.known.remove(instance);
    now.known.put(instance, address);
    if (now.known.size() > MOST_INSTANCES) {
      now.known.remove(now.known.keySet().iterator().next());
    }
    now.last = instance;
    now.lastMillis = millis;
    now.returns.removeIf(at -> millis - at > WINDOW.toMillis());
    if (isBack) {
      now.returns.add(millis);
    }
    return now.returns.size() >= RETURNS && other != null ? new Evidence(address, other) : null;
  }

  /** The older connection of this agent was alive when the newer one took it over. */
  void liveTakeOver(String agent, SocketAddress older, SocketAddress newer) {
    long now = clock.millis();
    History history =
        histories.compute(
            agent,
            (key, before) ->
                before == null || now - before.sinceMillis() > WINDOW.toMillis()
                    ? new History(now, 1, new LogThrottle(clock, LOG_PERIOD))
                    : new History(before.sinceMillis(), before.takeOvers() + 1, before.throttle()));
    if (history.takeOvers() < TAKE_OVERS) {
      return;
    }
    tally.twoPlaces.increment();
    OptionalLong heldBack = history.throttle().pass();
    if (heldBack.isPresent()) {
      log.atWarn()
          .addKeyValue("agent", agent)
          .addKeyValue("older", older)
          .addKeyValue("newer", newer)
          .addKeyValue("takeOvers", history.takeOvers())
          .addKeyValue("heldBack", heldBack.getAsLong())
          .log("An agent is taken over again and again: is its key used in two places?");
    }
  }

  void forgetOld() {
    long oldest = clock.millis() - WINDOW.toMillis();
    histories.values().removeIf(history -> history.sinceMillis() < oldest);
    instances.values().removeIf(each -> each.lastMillis < oldest);
  }
}

package org.rollcall.collector.ingest;

import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.rollcall.collector.intake.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a key that is used from two live places, as happens when a school's disk image is copied.
 * One take-over means nothing: lines break, and agents come back before the old connection is known
 * to be dead. Two clients that throw each other out again and again, each alive when it is thrown
 * out, are two. Any thread.
 */
final class TwoPlaces {
  static final int TAKE_OVERS = 3;
  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(TwoPlaces.class);
  private static final Duration LOG_PERIOD = Duration.ofMinutes(1);

  private final Clock clock;
  private final IngestTally tally;

  /** Only agents that were taken over lately; {@link #forgetOld} drops the others. */
  private final Map<String, History> histories = new ConcurrentHashMap<>();

  private record History(long sinceMillis, int takeOvers, LogThrottle throttle) {}

  TwoPlaces(Clock clock, IngestTally tally) {
    this.clock = clock;
    this.tally = tally;
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
          .log("One agent's key is used from two live places: enrol the copy anew");
    }
  }

  void forgetOld() {
    long oldest = clock.millis() - WINDOW.toMillis();
    histories.values().removeIf(history -> history.sinceMillis() < oldest);
  }
}

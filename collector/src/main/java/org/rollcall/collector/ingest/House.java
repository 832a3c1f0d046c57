package org.rollcall.collector.ingest;

import io.netty.handler.codec.mqtt.MqttReasonCodes;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.rollcall.collector.intake.Intake;
import org.rollcall.protocol.v1.Configuration;

/**
 * What all connections share.
 *
 * @param longestSilence the longest keep-alive a client may have
 * @param configurations where an agent's configuration comes from
 */
record House(
    Intake intake,
    Reception reception,
    Sessions sessions,
    TwoPlaces twoPlaces,
    IngestTally tally,
    Duration longestSilence,
    Supplier<ConfigurationSource> configurations,
    InstantSource clock) {

  /** Looks whether this connection proves a key in two places; then neither may report. */
  void checkPlace(String agent, String instance, SocketAddress address) {
    TwoPlaces.Evidence seen = twoPlaces.entered(agent, instance, address);
    if (seen != null) {
      tally.held.increment();
      reception.run(
          () -> {
            reception.hold(agent, seen);
            sessions.end(List.of(agent), MqttReasonCodes.Disconnect.NOT_AUTHORIZED, Reception.HELD);
          });
    }
  }

  /** Looks up what the agent is to run, on a login thread, and hands it to its outbox. */
  void tellConfiguration(String agent, Outbox outbox) {
    reception.run(
        () -> {
          Configuration current = configurations.get().current(agent);
          if (current != null) {
            outbox.offer(current);
          }
        });
  }

  /** Has kept what an agent said of a configuration, on a login thread. */
  void configurationAnswered(String agent, Outbox.Answer answer) {
    reception.run(() -> configurations.get().answered(agent, answer.revision(), answer.problem()));
  }
}

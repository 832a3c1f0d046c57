package org.rollcall.agent.snmp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;

/**
 * What the tests of this package share: a session to ask through, how long to wait for answers, and
 * waiting for an outcome.
 */
final class LocalDevice {

  private LocalDevice() {}

  static SnmpDevice at(SnmpSession session, int port, String community, SnmpSettings settings) {
    return at(session, Clock.systemUTC(), port, community, settings);
  }

  static SnmpDevice at(
      SnmpSession session, Clock clock, int port, String community, SnmpSettings settings) {
    return at(
        session,
        clock,
        port,
        new CommunityAccess(session, SnmpVersion.V2C, community, settings),
        settings);
  }

  static SnmpDevice at(
      SnmpSession session, Clock clock, int port, Access access, SnmpSettings settings) {
    return new SnmpDevice(
        new NameLookup(clock),
        clock,
        new Endpoint("127.0.0.1", port),
        access,
        new Pace(session, settings.pause().toMillis()));
  }

  /** For devices that answer everything, however busy the machine is. */
  static SnmpSettings patient() {
    return SnmpSettings.of("public", Duration.ofSeconds(30), 0);
  }

  /**
   * For devices that answer some questions and are silent to others: each silence takes this long,
   * and no answer may.
   */
  static SnmpSettings fair() {
    return SnmpSettings.of("public", Duration.ofSeconds(2), 0);
  }

  /** For devices that answer nothing. */
  static SnmpSettings hasty() {
    return SnmpSettings.of("public", Duration.ofMillis(200), 0);
  }

  static Observation look(Probe probe) {
    List<Observation> seen = await(probe.run(Instant.now()));
    if (seen.size() != 1) {
      throw new AssertionError("one observation expected, not " + seen);
    }
    return seen.get(0);
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(180, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError("no outcome", failed);
    }
  }
}

package org.rollcall.agent.reach.ping;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.rollcall.agent.probe.AddressedProbe;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.TerminalState;
import org.rollcall.agent.reach.ping.PingProgram.Kind;
import org.rollcall.agent.reach.ping.PingProgram.NoPingException;
import org.rollcall.agent.reach.ping.PingProgram.Printed;
import org.rollcall.protocol.v1.Observation;

/**
 * Sends {@link #COUNT} echo requests. Measures: {@code up} 1 when one came back, else 0; {@code
 * lossShare} 0 to 1; {@code rttMillis}, the shortest of the round trips: that of the way itself,
 * without the queues of the moment. Reasons: {@code timeout}, {@code unreachable} (a router or this
 * machine said so), {@code unknown-host}. With {@code no-ping-program}, {@code ping-failed} and
 * {@code ping-busy} nothing was learnt, and {@code up} is absent.
 */
final class PingProbe extends AddressedProbe {
  /** Project default. */
  static final int COUNT = 3;

  /** How long the last echo is waited for. Project default. */
  static final int WAIT_SECONDS = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(COUNT + WAIT_SECONDS + 5);

  private final PingProgram ping;

  PingProbe(
      String subject, Endpoint endpoint, Duration interval, PingProgram ping, PingProbes family) {
    super(subject, endpoint, interval, family.names(), family.clock());
    this.ping = ping;
  }

  @Override
  protected CompletionStage<Observation> look(InetAddress address) {
    return ping.inTurn(() -> ask(address), () -> unknown(PingProgram.BUSY));
  }

  private Observation ask(InetAddress address) {
    Printed printed;
    try {
      printed = ping.run(arguments(ping.kind(), address), PATIENCE);
    } catch (NoPingException missing) {
      return unknown(PingProgram.NO_PROGRAM);
    }
    Echoes echoes = Echoes.parse(printed.text());
    if (echoes == null) {
      if (printed.text().contains("unreachable")) {
        return down("unreachable"); // this machine has no way there: nothing was sent
      }
      ping.complain(subject(), printed);
      return unknown(PingProgram.FAILED);
    }
    Observation.Builder seen =
        TerminalState.answering(observation(), echoes.received() > 0)
            .putMeasures("lossShare", echoes.lossShare());
    if (echoes.shortestMillis() != null) {
      seen.putMeasures("rttMillis", echoes.shortestMillis());
    }
    if (echoes.received() == 0) {
      seen.setReason(echoes.errors() > 0 ? "unreachable" : "timeout");
    }
    return seen.build();
  }

  /** Nobody but iputils lets everybody send faster than once a second. */
  private static List<String> arguments(Kind kind, InetAddress address) {
    List<String> arguments = new ArrayList<>();
    if (kind != Kind.BUSYBOX) {
      arguments.add("-n");
    }
    if (kind == Kind.IPUTILS) {
      arguments.addAll(List.of("-i", "0.2"));
    }
    arguments.addAll(
        List.of(
            "-q",
            "-c",
            Integer.toString(COUNT),
            "-W",
            Integer.toString(WAIT_SECONDS),
            address.getHostAddress()));
    return arguments;
  }
}

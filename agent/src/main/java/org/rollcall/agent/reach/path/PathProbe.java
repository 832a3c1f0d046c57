package org.rollcall.agent.reach.path;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.AddressedProbe;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.reach.Networks;
import org.rollcall.agent.reach.ping.PingProgram;
import org.rollcall.agent.reach.ping.PingProgram.Kind;
import org.rollcall.agent.reach.ping.PingProgram.NoPingException;
import org.rollcall.protocol.v1.Observation;

/**
 * Asks for the first hops to the target, one after the other, until the target answers or as many
 * as wanted were asked for; a silent one is asked for twice.
 *
 * <p>Measures: {@code hops}, how many answered; {@code viaDistrict} and {@code vpn}: 1 when a
 * router among them lies in these networks, 0 when none does. The target itself is no router. A 0
 * is told only when every hop answered: a silent one could be the one that is looked for. A network
 * that the entry does not name has no measure. The routers' addresses are told beside it, as
 * evidence: the first is the gateway. Reasons: {@code no-hop-answered}, {@code hops-silent} (a 0 is
 * missing because of it), {@code unreachable}, {@code unknown-host}, {@code no-ping-program},
 * {@code ping-cannot-trace} (busybox does not say who answered), {@code ping-busy}.
 */
final class PathProbe extends AddressedProbe {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TRIES = 2;

  /**
   * What is looked for.
   *
   * @param hops 1 to 30
   * @param district null when nobody asks
   * @param vpn null when nobody asks
   */
  record Search(int hops, @Nullable Networks district, @Nullable Networks vpn) {}

  /** What was found so far. */
  private static final class Trace {
    final List<String> routers = new ArrayList<>();
    int answered;
    int silent;
    boolean district;
    boolean vpn;
    boolean noWay;
  }

  private final Search search;
  private final PingProgram ping;

  PathProbe(
      String subject, Endpoint endpoint, Duration interval, Search search, PathProbes family) {
    super(subject, endpoint, interval, family.names(), family.clock());
    this.search = search;
    this.ping = family.ping();
  }

  @Override
  protected CompletionStage<Observation> look(InetAddress target) {
    return ping.inTurn(() -> follow(target), () -> unknown(PingProgram.BUSY));
  }

  /** A way that nobody can look for is neither up nor down. */
  @Override
  protected Observation nowhere(String reason) {
    return unknown(reason);
  }

  private Observation follow(InetAddress target) {
    try {
      return ping.kind() == Kind.BUSYBOX ? unknown("ping-cannot-trace") : told(trace(target));
    } catch (NoPingException missing) {
      return unknown(PingProgram.NO_PROGRAM);
    }
  }

  private Trace trace(InetAddress target) throws NoPingException {
    Trace trace = new Trace();
    for (int hop = 1; hop <= search.hops(); hop++) {
      Hop seen = ask(target, hop);
      switch (seen.what()) {
        case ROUTER -> {
          trace.answered++;
          trace.routers.add(address(seen));
          trace.district |= search.district() != null && search.district().contains(seen.from());
          trace.vpn |= search.vpn() != null && search.vpn().contains(seen.from());
        }
        case SILENT -> trace.silent++;
        case TARGET -> {
          trace.answered++;
          return trace;
        }
        case NO_WAY -> {
          trace.noWay = true;
          return trace;
        }
      }
    }
    return trace;
  }

  private static String address(Hop router) {
    InetAddress from = router.from();
    return from == null ? "?" : from.getHostAddress();
  }

  private Hop ask(InetAddress target, int hop) throws NoPingException {
    List<String> arguments =
        List.of("-n", "-c", "1", "-t", Integer.toString(hop), "-W", "1", target.getHostAddress());
    for (int left = TRIES; ; left--) {
      Hop seen = Hop.parse(ping.run(arguments, PATIENCE).text());
      if (seen.what() != Hop.What.SILENT || left == 1) {
        return seen;
      }
    }
  }

  private Observation told(Trace trace) {
    Observation.Builder seen = observation().putMeasures("hops", trace.answered);
    seen.addAllThrough(trace.routers);
    boolean whole = trace.silent == 0 && !trace.noWay;
    if (search.district() != null && (trace.district || whole)) {
      seen.putMeasures("viaDistrict", trace.district ? 1 : 0);
    }
    if (search.vpn() != null && (trace.vpn || whole)) {
      seen.putMeasures("vpn", trace.vpn ? 1 : 0);
    }
    if (!whole) {
      seen.setReason(
          trace.noWay ? "unreachable" : trace.answered == 0 ? "no-hop-answered" : "hops-silent");
    }
    return seen.build();
  }
}

package org.rollcall.agent.seat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.TerminalState;
import org.rollcall.agent.seat.SeatFinder.Seen;
import org.rollcall.agent.switches.ForwardingTable;
import org.rollcall.agent.switches.PortTable;
import org.rollcall.agent.switches.SwitchReader;
import org.rollcall.agent.switches.TableSource;
import org.rollcall.protocol.v1.Observation;

/**
 * All seats at one switch, from one reading of its ports and its forwarding table.
 *
 * <p>Measures: {@code state} and {@code up} of {@link TerminalState}. On: no reason. Off: {@code
 * up} 0, {@code port-down}. A switch that does not answer makes its seats unreachable, and nothing
 * is known of them: {@code up} is absent, the reason is the switch's. Neither is there where only a
 * reason is known, such as {@code not-in-table}.
 */
final class SeatProbe implements Probe {

  private final List<Seat> seats;
  private final SwitchAt at;
  private final SwitchReader reader;
  private final SeatFinder finder;
  private final Clock clock;

  /** A switch, and how often it is asked: what seats share. */
  record SwitchAt(TableSource.Device device, Duration interval) {}

  SeatProbe(List<Seat> seats, SwitchAt at, SwitchReader reader, SeatFinder finder, Clock clock) {
    this.seats = List.copyOf(seats);
    this.at = at;
    this.reader = reader;
    this.finder = finder;
    this.clock = clock;
  }

  List<Seat> seats() {
    return seats;
  }

  SwitchAt at() {
    return at;
  }

  @Override
  public List<String> subjects() {
    return seats.stream().map(Seat::subject).toList();
  }

  @Override
  public Duration interval() {
    return at.interval;
  }

  @Override
  public CompletionStage<List<Observation>> run(Instant now) {
    return reader
        .ports(at.device)
        .thenCompose(
            ports -> {
              boolean needsTable = seats.stream().anyMatch(seat -> seat.mac() != null);
              boolean isThere = !ports.ports().isEmpty();
              if (!needsTable || !isThere) {
                return CompletableFuture.completedFuture(seen(ports, null));
              }
              return reader.forwarding(at.device).thenApply(table -> seen(ports, table));
            });
  }

  private List<Observation> seen(PortTable ports, @Nullable ForwardingTable forwarding) {
    long time = clock.millis();
    boolean silent = ports.ports().isEmpty() && !ports.reason().isEmpty();
    List<Observation> all = new ArrayList<>(seats.size());
    for (Seat seat : seats) {
      Observation.Builder observation =
          Observation.newBuilder().setSubject(seat.subject()).setTimeMillis(time);
      if (silent) {
        if (ports.reason().equals(SwitchReader.TIMEOUT)) {
          // Of the switch this is known, of the computer nothing: there is no up.
          observation.putMeasures(TerminalState.MEASURE, TerminalState.UNREACHABLE.number());
        }
        all.add(observation.setReason(ports.reason()).build());
      } else {
        all.add(tell(observation, finder.find(seat, ports, forwarding)));
      }
    }
    return all;
  }

  private static Observation tell(Observation.Builder observation, Seen seen) {
    TerminalState state = seen.state();
    if (state != null) {
      observation = state.tell(observation);
    }
    return observation.setReason(seen.reason()).build();
  }
}

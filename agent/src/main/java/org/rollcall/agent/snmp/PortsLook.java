package org.rollcall.agent.snmp;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Observation;

/**
 * One look of a {@link PortsProbe}: finds the ports that have no place, reads the groups one after
 * the other, reads wholly what a lean answer leaves in doubt, and looks once more for the names of
 * ports that have moved.
 *
 * <p>Ends, because a port is read lean once, wholly at most twice, and found at most twice; a group
 * is only split into smaller ones.
 */
final class PortsLook {

  private final PortsProbe probe;
  private final Instant now;
  private final Deque<PortGroup> toRead = new ArrayDeque<>(4);
  private final List<Port> moved = new ArrayList<>(0);
  private final List<Observation> seen;
  private final CompletableFuture<List<Observation>> end = new CompletableFuture<>();
  private boolean searchedAgain;
  private boolean hostSeen;
  private boolean good = true;

  PortsLook(PortsProbe probe, Instant now) {
    this.probe = probe;
    this.now = now;
    this.seen = new ArrayList<>(probe.subjects().size());
  }

  CompletableFuture<List<Observation>> run() {
    List<Port> toFind = new ArrayList<>(0);
    for (Port port : probe.ports()) {
      if (port.toFind(now)) {
        toFind.add(port);
      }
    }
    if (toFind.isEmpty()) {
      begin();
    } else {
      find(toFind, this::begin);
    }
    return end;
  }

  private void find(List<Port> ports, Runnable then) {
    then(
        InterfaceFinder.find(probe.device(), ports.stream().map(Port::name).toList()),
        found -> {
          for (Port port : ports) {
            InterfaceFinder.Found here = found.get(port.name());
            if (here != null) {
              port.found(here, now);
            }
          }
          then.run();
        });
  }

  private void begin() {
    for (Port port : probe.ports()) {
      if (port.place() == null) {
        seen.add(port.nothing(now, port.missing()));
      }
    }
    toRead.addAll(probe.groups(now));
    if (toRead.isEmpty() && probe.host() != null) {
      then(probe.device().get(HostState.ASKED), this::host);
      return;
    }
    next();
  }

  private void host(Answer answer) {
    tellHost(answer, answer.ticks(HostState.ASKED, 1));
    next();
  }

  private void next() {
    PortGroup group = toRead.poll();
    if (group != null) {
      then(probe.device().get(group.question()), answer -> read(group, answer));
    } else if (!moved.isEmpty() && !searchedAgain) {
      searchedAgain = true;
      List<Port> again = List.copyOf(moved);
      moved.clear();
      find(again, () -> readFound(again));
    } else {
      if (good) {
        probe.answered();
      }
      end.complete(seen);
    }
  }

  private void readFound(List<Port> again) {
    List<Port> found = new ArrayList<>();
    for (Port port : again) {
      if (port.place() == null) {
        seen.add(port.nothing(now, port.missing()));
      } else {
        found.add(port);
      }
    }
    wholly(found);
    next();
  }

  private void wholly(List<Port> ports) {
    List<PortGroup> groups = new ArrayList<>();
    probe.split(ports, false, groups);
    toRead.addAll(groups);
  }

  private void read(PortGroup group, Answer answer) {
    String fault = answer.fault();
    if (fault != null) {
      failed(group, answer, fault);
      next();
      return;
    }
    Question question = group.question();
    Long uptime = answer.ticks(question, 0);
    boolean renumbered = probe.renumbered(uptime, answer.number(question, 1));
    tellHost(answer, uptime);
    List<Port> doubtful = new ArrayList<>(0);
    if (renumbered) {
      doubtAll(doubtful);
    }
    for (int i = 0; i < group.size(); i++) {
      Port port = group.port(i);
      Port.Part part = group.part(i, answer, uptime);
      if (group.lean() && (renumbered || !port.isWhole(part))) {
        port.doubt();
        doubtful.add(port);
      } else if (!group.lean() && !port.isIn(part)) {
        lost(port, answer);
      } else {
        seen.add(port.seen(part, now));
      }
    }
    if (!doubtful.isEmpty()) {
      wholly(doubtful);
    }
    next();
  }

  /** What is still to be read lean is read wholly instead. */
  private void doubtAll(List<Port> doubtful) {
    probe.ports().forEach(Port::doubt);
    for (int i = toRead.size(); i > 0; i--) {
      PortGroup rest = toRead.remove();
      if (rest.lean()) {
        doubtful.addAll(rest.ports());
      } else {
        toRead.add(rest);
      }
    }
  }

  private void lost(Port port, Answer answer) {
    if (searchedAgain) {
      port.lost();
      seen.add(port.nothing(answer.at(), Answer.BAD_ANSWER));
    } else {
      probe.moved(port);
      moved.add(port);
    }
  }

  private void failed(PortGroup group, Answer answer, String fault) {
    boolean silence = Answer.TIMEOUT.equals(fault);
    good = false;
    if ((silence || Answer.TOO_BIG.equals(fault)) && group.size() > 1) {
      probe.atMost(group.size() / 2);
      if (!silence) {
        List<PortGroup> smaller = new ArrayList<>();
        probe.split(group.ports(), group.lean(), smaller);
        toRead.addAll(smaller);
        return;
      }
    }
    tellHost(answer, null);
    for (Port port : group.ports()) {
      seen.add(port.nothing(answer.at(), fault));
    }
    if (silence) {
      // Asking a silent device for the rest would take as long for each.
      for (PortGroup rest = toRead.poll(); rest != null; rest = toRead.poll()) {
        rest.ports().forEach(port -> seen.add(port.nothing(answer.at(), fault)));
      }
      moved.forEach(port -> seen.add(port.nothing(answer.at(), fault)));
      moved.clear();
    }
  }

  private void tellHost(Answer answer, @Nullable Long uptime) {
    HostState host = probe.host();
    if (host != null && !hostSeen) {
      hostSeen = true;
      seen.add(host.seen(answer, uptime, null));
    }
  }

  /** Goes on with what comes; a bug ends the look as one. */
  private <T> void then(CompletableFuture<T> stage, Consumer<T> next) {
    CompletableFuture<T> unused =
        stage.whenComplete(
            (value, bug) -> {
              if (bug != null) {
                end.completeExceptionally(bug);
                return;
              }
              try {
                next.accept(value);
              } catch (RuntimeException failed) {
                end.completeExceptionally(failed);
              }
            });
  }
}

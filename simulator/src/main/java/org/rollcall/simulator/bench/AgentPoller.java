package org.rollcall.simulator.bench;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.snmp.SnmpProbes;
import org.rollcall.agent.snmp.SnmpSettings;
import org.rollcall.protocol.v1.Observation;

/**
 * The agent's own probes for a switch and its ports, run round and round. Each round is a second of
 * the clock they are given, as it is one of the devices'. A poll counts when all its ports have a
 * rate.
 */
final class AgentPoller implements SnmpPollerMain.Poller {

  /** A second is a round. */
  private static final class RoundClock extends Clock {
    private final AtomicLong begun = new AtomicLong();
    private final long start = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private int devices = 1;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public long millis() {
      return start + begun.get() * 1_000 / devices;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }
  }

  private final RoundClock clock = new RoundClock();
  private final NameLookup names = new NameLookup(clock);
  private final SnmpProbes family =
      new SnmpProbes(
          new SnmpSettings(null, Duration.ofSeconds(2), 1, Duration.ZERO),
          new Credentials(Map.of("switches", Credential.community("public"))),
          names,
          clock);
  private final List<Probe> probes = new ArrayList<>();
  private final LongAdder polls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile boolean ended;

  @Override
  public void start(List<Integer> ports) {
    clock.devices = ports.size();
    String named =
        IntStream.rangeClosed(1, SnmpBenchMib.PORTS)
            .mapToObj(i -> "p" + i + "=GigabitEthernet0/0/" + i)
            .collect(Collectors.joining(","));
    for (int port : ports) {
      probes.add(
          family.probe(
              new DeviceSettings(
                  "switch:s" + port,
                  family.name(),
                  "127.0.0.1:" + port,
                  Duration.ofSeconds(1),
                  Map.of("credential", "switches", "ports", named))));
    }
    family.start();
    for (int i = 0; i < Math.min(SnmpPollerMain.IN_FLIGHT, probes.size()); i++) {
      next();
    }
  }

  private void next() {
    if (ended) {
      return;
    }
    Probe probe = probes.get((int) (clock.begun.getAndIncrement() % probes.size()));
    CompletionStage<List<Observation>> unused =
        probe
            .run(clock.instant())
            .whenComplete(
                (seen, bug) -> {
                  count(seen);
                  next();
                });
  }

  private void count(@Nullable List<Observation> seen) {
    int rates = 0;
    if (seen != null) {
      for (Observation observation : seen) {
        rates += observation.containsMeasures("inBitsPerSecond") ? 1 : 0;
      }
    }
    (rates == SnmpBenchMib.PORTS ? polls : failures).increment();
  }

  @Override
  public long polls() {
    return polls.sum();
  }

  @Override
  public long failures() {
    return failures.sum();
  }

  @Override
  public void close() {
    ended = true;
    family.close();
    names.close();
  }
}

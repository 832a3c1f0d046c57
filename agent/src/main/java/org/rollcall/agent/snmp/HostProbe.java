package org.rollcall.agent.snmp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;

/**
 * A terminal, PC or switch: whether it answers, and for how long it has been running ({@link
 * HostState}). One look at a time.
 */
final class HostProbe implements Probe {

  private final HostState host;
  private final Duration interval;
  private final SnmpDevice device;

  HostProbe(String subject, Duration interval, SnmpDevice device) {
    this.host = new HostState(subject);
    this.interval = interval;
    this.device = device;
  }

  @Override
  public List<String> subjects() {
    return List.of(host.subject());
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public CompletionStage<List<Observation>> run(Instant now) {
    return device.get(HostState.ASKED).thenApply(answer -> List.of(host.seen(answer)));
  }
}

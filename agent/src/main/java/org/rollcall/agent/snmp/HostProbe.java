package org.rollcall.agent.snmp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;
import org.snmp4j.smi.OID;

/**
 * A terminal, PC or switch: whether it answers, and for how long it has been running.
 *
 * <p>Measures: {@code up} 1 or 0, {@code uptimeSeconds}. Whatever answers is up, however odd the
 * answer; silence is {@code up=0} with the reason {@code timeout}. A name nobody knows and a socket
 * that does not send say nothing about the host: then {@code up} is absent too.
 *
 * <p>One look at a time; its state is passed from look to look by the schedule.
 */
final class HostProbe implements Probe {

  private static final List<OID> ASKED =
      List.of(Oids.HR_SYSTEM_UPTIME, Oids.SYS_UP_TIME, Oids.SNMP_ENGINE_TIME);

  private final String subject;
  private final Duration interval;
  private final SnmpDevice device;
  private final Uptime hostUptime = new Uptime();
  private final Uptime agentUptime = new Uptime();

  HostProbe(String subject, Duration interval, SnmpDevice device) {
    this.subject = subject;
    this.interval = interval;
    this.device = device;
  }

  @Override
  public List<String> subjects() {
    return List.of(subject);
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public CompletionStage<List<Observation>> run(Instant now) {
    return device.get(ASKED).thenApply(answer -> List.of(seen(answer)));
  }

  private Observation seen(Answer answer) {
    Observation.Builder observation =
        Observation.newBuilder().setSubject(subject).setTimeMillis(answer.at().toEpochMilli());
    String fault = answer.fault();
    if (fault != null) {
      switch (fault) {
        case Answer.UNKNOWN_HOST, Answer.UNREACHABLE -> {}
        case Answer.TIMEOUT -> observation.putMeasures("up", 0);
        default -> observation.putMeasures("up", 1);
      }
      return observation.setReason(fault).build();
    }
    observation.putMeasures("up", 1);
    Long host = answer.ticks(Oids.HR_SYSTEM_UPTIME);
    Long agent = answer.ticks(Oids.SYS_UP_TIME);
    if (host != null) {
      // The engine's clock runs with the management software, not with the host.
      observation.putMeasures("uptimeSeconds", hostUptime.seconds(answer.at(), host, null));
    } else if (agent != null) {
      Long engine = answer.number(Oids.SNMP_ENGINE_TIME);
      observation.putMeasures("uptimeSeconds", agentUptime.seconds(answer.at(), agent, engine));
    } else {
      observation.setReason(LinkProbe.NO_UPTIME);
    }
    return observation.build();
  }
}

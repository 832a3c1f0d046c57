package org.rollcall.agent.snmp;

import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.TerminalState;
import org.rollcall.protocol.v1.Observation;

/**
 * What the answers of a device say about the device itself.
 *
 * <p>Measures: {@code up} 1 or 0, {@code uptimeSeconds}. Whatever answers is up, however odd the
 * answer, and so is a device that refuses who asks; silence is {@code up=0} with the reason {@code
 * timeout}. A name nobody knows and a socket that does not send say nothing about the host: then
 * {@code up} is absent too. Used by one look at a time.
 */
final class HostState {

  /** What tells a host's uptime. */
  static final Question ASKED =
      Question.of(Oids.HR_SYSTEM_UPTIME, Oids.SYS_UP_TIME, Oids.SNMP_ENGINE_TIME);

  private final String subject;
  private final Uptime hostUptime = new Uptime();
  private final Uptime agentUptime = new Uptime();

  HostState(String subject) {
    this.subject = subject;
  }

  String subject() {
    return subject;
  }

  /** What an answer to {@link #ASKED} says. */
  Observation seen(Answer answer) {
    Long host = answer.ticks(ASKED, 0);
    if (host == null) {
      return seen(answer, answer.ticks(ASKED, 1), answer.number(ASKED, 2));
    }
    // The engine's clock runs with the management software, not with the host.
    return up(answer)
        .putMeasures("uptimeSeconds", hostUptime.seconds(answer.at(), host, null))
        .build();
  }

  /**
   * What any answer says.
   *
   * @param ticks sysUpTime, 1/100 s; null when not told
   * @param engineSeconds snmpEngineTime; null when not told
   */
  Observation seen(Answer answer, @Nullable Long ticks, @Nullable Long engineSeconds) {
    if (answer.fault() != null) {
      return fault(answer, answer.fault());
    }
    Observation.Builder observation = up(answer);
    if (ticks == null) {
      return observation.setReason(Port.NO_UPTIME).build();
    }
    return observation
        .putMeasures("uptimeSeconds", agentUptime.seconds(answer.at(), ticks, engineSeconds))
        .build();
  }

  private Observation fault(Answer answer, String fault) {
    Observation.Builder observation = observation(answer);
    switch (fault) {
      case Answer.UNKNOWN_HOST, Answer.UNREACHABLE, Answer.BUSY -> {}
      case Answer.TIMEOUT -> TerminalState.answering(observation, false);
      default -> TerminalState.answering(observation, true);
    }
    return observation.setReason(fault).build();
  }

  /** An observation of a host that answers. */
  Observation.Builder up(Answer answer) {
    return TerminalState.answering(observation(answer), true);
  }

  private Observation.Builder observation(Answer answer) {
    return Observation.newBuilder().setSubject(subject).setTimeMillis(answer.at().toEpochMilli());
  }
}

package org.rollcall.collector.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.identity.AgentEntry;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.pulse.Pulse;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Observation;

/**
 * What agents say of themselves, platforms of their certificates and projectors of their lamps, as
 * the pulse has it. Any thread; blocks on the database for the agents.
 */
final class LiveSignals {
  /** An agent publishes its health once a minute; so long a silence is one. Project default. */
  private static final Duration SILENT = Duration.ofMinutes(10);

  private final Agents agents;
  private final Pulse pulse;

  LiveSignals(Agents agents, Pulse pulse) {
    this.agents = agents;
    this.pulse = pulse;
  }

  List<Signal> of(Register register, Instant now) {
    List<Signal> signals = new ArrayList<>();
    Map<String, List<AgentEntry>> bySchool = new HashMap<>();
    for (AgentEntry agent : agents.list()) {
      if (agent.revoked() == null) {
        bySchool.computeIfAbsent(agent.school(), school -> new ArrayList<>()).add(agent);
      }
    }
    for (School school : register.sites()) {
      Map<String, Observation> newest = pulse.school(school.code());
      newest.values().forEach(seen -> told(school, seen, signals));
      agents(school, bySchool.getOrDefault(school.code(), List.of()), newest, now, signals);
    }
    return signals;
  }

  private static void told(School school, Observation seen, List<Signal> signals) {
    switch (Subject.kind(seen.getSubject())) {
      case "service" ->
          measure(SignalKind.CERTIFICATE_DAYS, school, seen, signals, "certificateDays");
      case "projector", "terminal" ->
          measure(SignalKind.LAMP_HOURS, school, seen, signals, "lampHours");
      case "agent" -> {
        measure(SignalKind.CLOCK_SKEW, school, seen, signals, "clockSkewSeconds");
        measure(SignalKind.SPOOL_WAITING, school, seen, signals, "spoolReports");
      }
      default -> {}
    }
  }

  private static void measure(
      SignalKind kind, School school, Observation seen, List<Signal> signals, String measure) {
    if (seen.containsMeasures(measure)) {
      Instant at = Instant.ofEpochMilli(seen.getTimeMillis());
      double value = seen.getMeasuresOrThrow(measure);
      signals.add(
          Signal.of(
              kind,
              school.region(),
              school.code(),
              seen.getSubject(),
              kind == SignalKind.CLOCK_SKEW ? Math.abs(value) : value,
              at,
              at,
              Map.of()));
    }
  }

  /** One agent of several that is silent; where all are, the school is. */
  private static void agents(
      School school,
      List<AgentEntry> its,
      Map<String, Observation> newest,
      Instant now,
      List<Signal> signals) {
    boolean anyHeard = its.stream().anyMatch(agent -> !silent(agent, newest, now));
    for (AgentEntry agent : its) {
      String subject = "agent:" + agent.id();
      Instant held = agent.held();
      if (held != null) {
        signals.add(signal(SignalKind.AGENT_HELD, school, subject, held, now));
      } else if (anyHeard && silent(agent, newest, now)) {
        Instant last = heard(agent, newest);
        signals.add(
            signal(
                last == null ? SignalKind.NEVER_HEARD : SignalKind.AGENT_SILENT,
                school,
                subject,
                last == null ? agent.enrolled() : last,
                now));
      }
    }
  }

  private static Signal signal(
      SignalKind kind, School school, String subject, Instant since, Instant now) {
    return Signal.of(
        kind,
        school.region(),
        school.code(),
        subject,
        (double) Math.max(0, Duration.between(since, now).toMinutes()),
        since,
        now,
        Map.of());
  }

  private static boolean silent(AgentEntry agent, Map<String, Observation> newest, Instant now) {
    Instant last = heard(agent, newest);
    return (last == null ? agent.enrolled() : last).plus(SILENT).isBefore(now);
  }

  private static @Nullable Instant heard(AgentEntry agent, Map<String, Observation> newest) {
    Observation health = newest.get("agent:" + agent.id());
    Instant told = health == null ? null : Instant.ofEpochMilli(health.getTimeMillis());
    Instant seen = agent.lastSeen();
    return told == null || (seen != null && seen.isAfter(told)) ? seen : told;
  }
}

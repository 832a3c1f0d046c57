package org.rollcall.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.probe.Schedule;
import org.rollcall.agent.spool.SpoolFigures;
import org.rollcall.agent.status.AgentStatus;
import org.rollcall.agent.uplink.UplinkFigures;
import org.rollcall.protocol.v1.Observation;

/**
 * How an agent itself is, as the subject {@code agent:NAME}; what the machine does not tell is left
 * out. Memory and CPU time are those of the process. Any thread.
 */
final class AgentHealth {
  static final String CONFIG_REFUSED = "config-refused";
  static final String DISK_ERROR = "disk-error";

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final long NANOS_A_SECOND = 1_000_000_000;

  private final String name;
  private final Path folder;
  private final InstantSource clock;
  private final Agent agent;
  private final long startedNanos = System.nanoTime();

  /**
   * @param name the agent's
   * @param folder on the disk whose room is told
   */
  AgentHealth(String name, Path folder, InstantSource clock, Agent agent) {
    this.name = name;
    this.folder = folder;
    this.clock = clock;
    this.agent = agent;
  }

  /** By the monotonic clock: whoever sets the other one does not make the agent older. */
  long uptimeSeconds() {
    return (System.nanoTime() - startedNanos) / NANOS_A_SECOND;
  }

  Observation observe() {
    Observation.Builder health =
        Observation.newBuilder().setSubject("agent:" + name).setTimeMillis(clock.millis());
    SpoolFigures spool = agent.spoolFigures();
    Runtime memory = Runtime.getRuntime();
    put(health, "spoolBytes", spool.bytes());
    put(health, "spoolReports", spool.reports());
    put(health, "reportsLost", spool.lost());
    put(health, "uptimeSeconds", uptimeSeconds());
    put(health, "heapBytes", memory.totalMemory() - memory.freeMemory());
    residentBytes().ifPresent(bytes -> put(health, "residentBytes", bytes));
    Optional<Duration> cpu = ProcessHandle.current().info().totalCpuDuration();
    cpu.ifPresent(time -> health.putMeasures("cpuSeconds", time.toMillis() / 1000.0));
    Schedule.Counts looks = agent.looks().counts();
    if (looks != null) {
      put(health, "looksStarted", looks.started());
      put(health, "looksFailed", looks.failed());
      put(health, "looksStuck", looks.stuck());
      put(health, "looksSkipped", looks.skipped());
    }
    put(health, "observationsDropped", agent.reporter().dropped());
    put(health, "reconnects", Math.max(0, agent.uplinkFigures().connects() - 1));
    put(health, "diskFreeBytes", folder.toFile().getUsableSpace());
    OptionalDouble skew = agent.collectorClock().skewSeconds();
    skew.ifPresent(seconds -> health.putMeasures("clockSkewSeconds", seconds));
    if (agent.looks().revision() > 0) {
      put(health, "configRevision", agent.looks().revision());
    }
    @Nullable String problem = agent.looks().problem();
    String reason = problem == null ? "" : CONFIG_REFUSED;
    return health.setReason(spool.problem() == null ? reason : DISK_ERROR).build();
  }

  /** The same for a person at this machine. */
  AgentStatus status(AgentIdentity identity) {
    UplinkFigures uplink = agent.uplinkFigures();
    SpoolFigures spool = agent.spoolFigures();
    OptionalDouble skew = agent.collectorClock().skewSeconds();
    OptionalLong resident = residentBytes();
    String schoolName = identity.schoolName();
    return new AgentStatus(
        identity.agent(),
        identity.school() + (schoolName == null ? "" : " " + schoolName),
        identity.host() + ":" + identity.port(),
        uptimeSeconds(),
        uplink.connectedSince(),
        uplink.lastClosure(),
        spool.reports(),
        spool.bytes(),
        spool.problem(),
        skew.isPresent() ? skew.getAsDouble() : null,
        agent.looks().revision(),
        agent.looks().problem(),
        resident.isPresent() ? resident.getAsLong() : null,
        looks());
  }

  private List<AgentStatus.Look> looks() {
    Map<String, Observation> newest = agent.looks().newest();
    List<AgentStatus.Look> looks = new ArrayList<>();
    for (String subject : agent.looks().subjects()) {
      Observation seen = newest.get(subject);
      if (seen == null) {
        looks.add(new AgentStatus.Look(subject, null, null, ""));
        continue;
      }
      Double up = seen.getMeasuresMap().get("up");
      looks.add(
          new AgentStatus.Look(
              subject,
              Instant.ofEpochMilli(seen.getTimeMillis()),
              up == null ? null : up > 0,
              seen.getReason()));
    }
    return looks;
  }

  /** Linux tells it in kB; elsewhere it is not known. */
  static OptionalLong residentBytes() {
    try {
      List<String> lines = Files.readAllLines(STATUS);
      for (String line : lines) {
        if (line.startsWith(RESIDENT)) {
          String number = line.substring(RESIDENT.length()).replace("kB", "").strip();
          return OptionalLong.of(Long.parseLong(number) * 1024);
        }
      }
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
    return OptionalLong.empty();
  }

  private static void put(Observation.Builder observation, String measure, long value) {
    observation.putMeasures(measure, (double) value);
  }
}

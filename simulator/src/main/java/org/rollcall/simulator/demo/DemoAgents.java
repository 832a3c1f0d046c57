package org.rollcall.simulator.demo;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.Agent;
import org.rollcall.agent.AgentSettings;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.enrolment.Enrolment;
import org.rollcall.agent.enrolment.EnrolmentException;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.report.ReportSettings;
import org.rollcall.agent.snmp.SnmpSettings;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.agent.status.StatusSettings;
import org.rollcall.agent.throughput.LineTestSettings;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.UplinkSettings;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.EnrolmentCode;
import org.rollcall.simulator.campus.Campus;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.RegisteredDevice;
import org.rollcall.simulator.district.SchoolPlan;
import org.rollcall.simulator.district.Term;
import org.rollcall.simulator.history.Backfill;
import org.rollcall.simulator.history.Delivery;
import org.rollcall.simulator.history.SchoolHistory;

/**
 * The agents of a district in one process: each has its key, its spool and its uplink, and all
 * share a few threads. First {@link #remember} fills the spools, then {@link #enrol} binds the
 * agents to their schools, then {@link #start} lets them bring it all in and look at their devices.
 */
final class DemoAgents implements AutoCloseable {
  private static final int ATTEMPTS = 3;
  private static final Duration LINK_INTERVAL = Duration.ofMinutes(1);
  private static final Duration SEAT_INTERVAL = Duration.ofMinutes(2);
  private static final Credential PROJECTOR_CREDENTIAL =
      new Credential(null, null, null, null, null, null, Campus.PROJECTOR_PASSWORD);
  private static final SpoolSettings SPOOL =
      new SpoolSettings(DataSize.parse("256MiB"), Duration.ofSeconds(1));
  private static final int AT_ONCE = 2;

  private final District district;
  private final Term term;
  private final Path folder;
  private final Clock clock;
  private final NetworkThreads network = new NetworkThreads(1);
  private final ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, daemon());
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(2, daemon());
  private final Map<String, Member> members = new ConcurrentHashMap<>();

  private volatile boolean closing;

  /** A school's agent; its identity comes with enrolment, the agent itself with the start. */
  private static final class Member {
    final SchoolPlan school;
    final AgentKey key;
    final SchoolHistory.Span span;
    volatile @Nullable AgentIdentity identity;
    volatile @Nullable Agent agent;
    volatile @Nullable Delivery delivery;

    Member(SchoolPlan school, AgentKey key, SchoolHistory.Span span) {
      this.school = school;
      this.key = key;
      this.span = span;
    }
  }

  DemoAgents(District district, Term term, Path folder, Clock clock) {
    this.district = district;
    this.term = term;
    this.folder = folder;
    this.clock = clock;
  }

  private static java.util.concurrent.ThreadFactory daemon() {
    return work -> {
      Thread thread = new Thread(work, "demo-agents");
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Writes the past of every school that has an agent into that agent's spool.
   *
   * @return how many observations
   */
  long remember(Duration past) throws InterruptedException {
    Instant now = clock.instant();
    LongAdder told = new LongAdder();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (SchoolPlan school : district.schools()) {
      SchoolHistory history = new SchoolHistory(school, term);
      Optional<SchoolHistory.Span> span = history.spoken(now.minus(past), now);
      if (span.isPresent()) {
        tasks.add(
            () -> {
              if (closing) {
                return null;
              }
              Member member = new Member(school, AgentKey.generate(), span.get());
              Path spool = folderOf(member).resolve("spool");
              told.add(
                  new Backfill(history, member.key, spool, SPOOL).run(member.span, clock, worker));
              members.put(school.code(), member);
              return null;
            });
      }
    }
    all(tasks);
    return told.sum();
  }

  /** Redeems a code for every agent; schools without an agent leave theirs unused. */
  void enrol(Map<String, String> codeOfSchool) throws InterruptedException {
    network.start();
    Enrolment enrolment = new Enrolment(network, clock, true);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (Member member : members.values()) {
      String code = codeOfSchool.get(member.school.code());
      if (code == null) {
        throw new IllegalStateException(
            "The server gave no enrolment code for school " + member.school.code() + ".");
      }
      tasks.add(
          () -> {
            enrol(enrolment, EnrolmentCode.parse(code), member);
            return null;
          });
    }
    all(tasks);
  }

  /** A machine that judges a whole history meanwhile may answer late: it is asked again. */
  private static void enrol(Enrolment enrolment, EnrolmentCode code, Member member)
      throws EnrolmentException, InterruptedException {
    for (int attempt = 1; member.identity == null; attempt++) {
      try {
        member.identity = enrolment.enrol(code, member.key);
      } catch (EnrolmentException e) {
        if (e.reason() != EnrolmentException.Reason.NO_ANSWER || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Starts every agent; of schools that fell silent, only what their spools hold is brought in. */
  void start(Campus campus) {
    UplinkThreads shared = new UplinkThreads(network, worker, clock, new SecureRandom());
    UplinkSettings uplink = new UplinkSettings(true, Duration.ofSeconds(1), Duration.ofSeconds(20));
    for (Member member : members.values()) {
      AgentIdentity identity = member.identity;
      if (identity == null) {
        throw new IllegalStateException("BUG: an agent is started before it is enrolled");
      }
      if (!member.school.speaks()) {
        Delivery delivery =
            new Delivery(identity, member.key, folderOf(member), SPOOL, uplink, shared);
        delivery.start();
        member.delivery = delivery;
        continue;
      }
      AgentSettings settings =
          new AgentSettings(
              folder,
              SPOOL,
              new ReportSettings(Duration.ofSeconds(10), Duration.ofMinutes(5)),
              uplink,
              new StatusSettings(false, 0),
              Map.of(Campus.PROJECTORS, PROJECTOR_CREDENTIAL),
              SnmpSettings.of(Campus.COMMUNITY, Duration.ofSeconds(2), 1),
              new LineTestSettings(true, null),
              null,
              devices(member.school, campus));
      Agent agent = new Agent(identity, member.key, folderOf(member), settings, shared);
      agent.start();
      member.agent = agent;
    }
  }

  private static List<DeviceSettings> devices(SchoolPlan school, Campus campus) {
    List<DeviceSettings> devices = new ArrayList<>();
    for (RegisteredDevice device : campus.devicesOf(school)) {
      devices.add(entry(device));
    }
    InetSocketAddress edu = campus.eduAnchor(school);
    if (edu != null) {
      devices.add(anchor("reach:edu", edu));
    }
    devices.add(anchor("reach:internet", campus.internetAnchor(school)));
    return devices;
  }

  private static DeviceSettings entry(RegisteredDevice device) {
    String subject = device.kind() + ":" + device.name();
    return switch (device.kind()) {
      case "link" ->
          new DeviceSettings(
              subject,
              "snmp",
              device.address(),
              LINK_INTERVAL,
              Map.of("ifName", SchoolPlan.LINK_IF_NAME));
      case "projector" ->
          new DeviceSettings(
              subject,
              "pjlink",
              device.address(),
              SEAT_INTERVAL,
              Map.of(Credentials.OPTION, Campus.PROJECTORS));
      default -> new DeviceSettings(subject, "snmp", device.address(), SEAT_INTERVAL);
    };
  }

  private static DeviceSettings anchor(String subject, InetSocketAddress at) {
    String address = at.getAddress().getHostAddress() + ":" + at.getPort();
    return new DeviceSettings(subject, "tcp", address, LINK_INTERVAL);
  }

  /** Reports that the collector has not acknowledged yet. */
  long waiting() {
    long waiting = 0;
    for (Member member : members.values()) {
      Agent agent = member.agent;
      Delivery delivery = member.delivery;
      waiting += agent == null ? 0 : agent.spoolFigures().reports();
      waiting += delivery == null ? 0 : delivery.waiting();
    }
    return waiting;
  }

  /** Ends the agents of schools that fell silent: what they told is in. */
  void silence() {
    for (Member member : members.values()) {
      Delivery delivery = member.delivery;
      if (delivery != null) {
        delivery.close();
        member.delivery = null;
      }
    }
  }

  int count() {
    return members.size();
  }

  private Path folderOf(Member member) {
    return folder.resolve(member.school.code());
  }

  private void all(List<Callable<Void>> tasks) throws InterruptedException {
    try {
      for (Future<Void> done : pool.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EnrolmentException refused) {
        throw new IllegalStateException(refused.getMessage(), refused);
      }
      throw new IllegalStateException("An agent failed: " + e.getCause(), e);
    }
  }

  /** Ends all agents; waits for what is being written to their spools. */
  @Override
  public void close() {
    closing = true;
    pool.shutdown();
    for (Member member : members.values()) {
      Agent agent = member.agent;
      if (agent != null) {
        agent.close();
      }
    }
    silence();
    worker.shutdown();
    try {
      if (!pool.awaitTermination(10, TimeUnit.SECONDS)
          || !worker.awaitTermination(5, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
    network.close();
  }
}

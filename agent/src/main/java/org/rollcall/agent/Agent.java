package org.rollcall.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.control.CollectorClock;
import org.rollcall.agent.control.Commands;
import org.rollcall.agent.control.PushedFile;
import org.rollcall.agent.control.PushedSettings;
import org.rollcall.agent.discovery.DiscoverySettings;
import org.rollcall.agent.discovery.PingEcho;
import org.rollcall.agent.discovery.Sweeps;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.report.Reporter;
import org.rollcall.agent.spool.DiskSpool;
import org.rollcall.agent.spool.Spool;
import org.rollcall.agent.spool.SpoolFigures;
import org.rollcall.agent.status.AgentStatus;
import org.rollcall.agent.switches.SnmpTables;
import org.rollcall.agent.throughput.LineTestSettings;
import org.rollcall.agent.throughput.LineTester;
import org.rollcall.agent.throughput.LineUse;
import org.rollcall.agent.uplink.Uplink;
import org.rollcall.agent.uplink.UplinkFigures;
import org.rollcall.agent.uplink.UplinkListener;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.Configuration;
import org.rollcall.protocol.v1.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent: schedule → reporter → spool → uplink. Many may live in a process and share its
 * threads. {@link #start} and {@link #close} once each, on any thread.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final Duration HEALTH_INTERVAL = Duration.ofMinutes(1);
  private static final Duration FIRST_HEALTH = Duration.ofSeconds(2);

  private final AgentIdentity identity;
  private final UplinkThreads shared;
  private final Spool spool;
  private final Reporter reporter;
  private final Uplink uplink;
  private final LineUse lineUse = new LineUse();
  private final LineTester lineTester;
  private final CollectorClock collectorClock;
  private final Commands commands;
  private final Looks looks;
  private final AgentHealth health;
  private final Sweeps sweeps;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  /**
   * @param folder this agent's own: its spool and the reports refused
   * @param key the identity's
   * @param shared threads that stay the caller's; the network's are started before this is
   */
  public Agent(
      AgentIdentity identity,
      AgentKey key,
      Path folder,
      AgentSettings settings,
      UplinkThreads shared) {
    this.identity = identity;
    this.shared = shared;
    this.collectorClock = new CollectorClock(shared.clock(), System::nanoTime);
    this.spool = new DiskSpool(folder.resolve("spool"), settings.spool(), shared.clock());
    this.reporter = new Reporter(key, spool, settings.report(), shared.clock(), shared.worker());
    this.uplink =
        new Uplink(
            identity.target(settings.uplink().tls()),
            key,
            spool,
            settings.uplink(),
            folder.resolve("refused"),
            shared);
    this.looks =
        new Looks(settings, new PushedFile(folder), this::prepareOthers, this::observe, shared);
    this.sweeps =
        new Sweeps(
            identity.agent(),
            new Credentials(settings.credentials()),
            looks::devices,
            reporter,
            shared);
    this.lineTester =
        new LineTester(
            LineTestSettings.DEFAULT,
            folder,
            lineUse,
            new LineTester.Surroundings(
                shared.clock(),
                shared.random(),
                settings.uplink().tls() ? identity.serverKeySha256() : null,
                reporter::observe));
    this.health = new AgentHealth(identity.agent(), folder, shared.clock(), this);
    this.commands = new Commands(identity.agent(), collectorClock, shared.clock());
    commands.on(
        Command.WhatCase.LOOK_NOW,
        command -> looks.lookNow(command.getLookNow().getSubjectsList()));
    commands.on(Command.WhatCase.LINE_TEST, lineTester::handle);
    commands.on(
        Command.WhatCase.SWEEP, command -> sweeps.sweep(command.getSweep().getNetworksList()));
    commands.onConfiguration(this::configure);
    uplink.listener(new Told());
  }

  /**
   * @throws IllegalArgumentException when a section of the settings cannot be; names all
   * @throws org.rollcall.agent.spool.SpoolException when the spool's folder cannot be used
   */
  public void start() {
    looks.prepare();
    try {
      spool.start();
      running.push(spool);
      reporter.start();
      running.push(reporter);
      running.push(lineTester);
      running.push(looks);
      looks.start();
      running.push(sweeps);
      sweeps.start();
      uplink.start();
      running.push(uplink);
      ScheduledFuture<?> telling =
          shared
              .worker()
              .scheduleAtFixedRate(
                  this::tellHealth,
                  FIRST_HEALTH.toMillis(),
                  HEALTH_INTERVAL.toMillis(),
                  TimeUnit.MILLISECONDS);
      running.push(() -> telling.cancel(false));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    LOG.atInfo()
        .addKeyValue("agent", identity.agent())
        .addKeyValue("school", identity.school())
        .addKeyValue("looksAt", looks.subjects().size())
        .addKeyValue("waiting", spool.figures().reports())
        .log("Agent is running");
  }

  private void observe(Observation seen) {
    lineUse.note(seen);
    reporter.observe(seen);
  }

  /** Checks what is not looked at by a schedule; see {@link Looks.Others}. */
  private Runnable prepareOthers(PushedSettings.InForce next, Probes probes) {
    DiscoverySettings section = next.discovery();
    // Without the section nothing of it is loaded.
    Sweeps.Plan plan =
        section == null
            ? null
            : sweeps.plan(
                section,
                probes.devices(),
                new SnmpTables(probes.tools().snmp()),
                new PingEcho(probes.tools().ping()));
    LineTestSettings lineTests =
        next.lineTests() == null ? LineTestSettings.DEFAULT : next.lineTests();
    return () -> {
      reporter.settings(next.report());
      lineTester.settings(lineTests);
      sweeps.replace(plan);
    };
  }

  /** Where handlers of commands are registered; before the start. */
  public Commands commands() {
    return commands;
  }

  private @Nullable String configure(Configuration pushed) {
    String refused = looks.apply(pushed);
    tellHealth();
    return refused;
  }

  /** The door to the spool that probes use, for whoever has more to tell. */
  public Reporter reporter() {
    return reporter;
  }

  public AgentIdentity identity() {
    return identity;
  }

  public SpoolFigures spoolFigures() {
    return spool.figures();
  }

  /** What is looked at, and which pushed configuration holds. */
  Looks looks() {
    return looks;
  }

  /** What time it is at the collector. */
  CollectorClock collectorClock() {
    return collectorClock;
  }

  /** How it is now. May wait for the disk. */
  public AgentStatus status() {
    return health.status(identity);
  }

  public UplinkFigures uplinkFigures() {
    return uplink.figures();
  }

  /** Stops looking, spools what is waiting, and leaves the rest for the next start. */
  @Override
  public void close() {
    if (!running.isEmpty()) {
      LOG.atInfo().addKeyValue("agent", identity.agent()).log("Agent ends");
    }
    for (AutoCloseable part = running.poll(); part != null; part = running.poll()) {
      close(part);
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.atWarn()
          .addKeyValue("part", part.getClass().getSimpleName())
          .setCause(e)
          .log("Not closed");
    }
  }

  private void tellHealth() {
    looks.keep();
    reporter.observe(health.observe());
  }

  private final class Told implements UplinkListener {
    @Override
    public @Nullable String received(String topic, byte[] payload) {
      return commands.received(topic, payload);
    }

    @Override
    public Instant now() {
      return Instant.ofEpochMilli(collectorClock.millis());
    }

    @Override
    public void time(long collectorMillis, long roundTripNanos, long arrivedNanos) {
      collectorClock.told(collectorMillis, roundTripNanos, arrivedNanos);
    }
  }
}

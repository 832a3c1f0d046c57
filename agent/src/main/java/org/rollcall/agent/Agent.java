package org.rollcall.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.control.CollectorClock;
import org.rollcall.agent.control.Commands;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.Schedule;
import org.rollcall.agent.report.Reporter;
import org.rollcall.agent.spool.DiskSpool;
import org.rollcall.agent.spool.Spool;
import org.rollcall.agent.spool.SpoolFigures;
import org.rollcall.agent.uplink.Uplink;
import org.rollcall.agent.uplink.UplinkFigures;
import org.rollcall.agent.uplink.UplinkListener;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.v1.Command;
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
  private final AgentSettings settings;
  private final UplinkThreads shared;
  private final Spool spool;
  private final Reporter reporter;
  private final Uplink uplink;
  private final CollectorClock collectorClock;
  private final Commands commands;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private volatile @Nullable Schedule schedule;
  private long startedMillis;

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
    this.settings = settings;
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
    this.commands = new Commands(identity.agent(), collectorClock, shared.clock());
    commands.on(Command.WhatCase.LOOK_NOW, this::lookNow);
    uplink.listener(new Told());
  }

  /**
   * @throws IllegalArgumentException when a device entry cannot be; names all of them
   * @throws org.rollcall.agent.spool.SpoolException when the spool's folder cannot be used
   */
  public void start() {
    Probes probes =
        Probes.of(
            settings.devices(),
            new Credentials(settings.credentials()),
            settings.snmp(),
            shared.network().group(),
            shared.clock());
    startedMillis = shared.clock().millis();
    try {
      spool.start();
      running.push(spool);
      reporter.start();
      running.push(reporter);
      uplink.start();
      running.push(uplink);
      probes.start();
      running.push(probes);
      Schedule looks =
          new Schedule(probes.all(), shared.clock(), shared.random(), reporter::observe);
      running.push(looks);
      looks.start();
      schedule = looks;
      ScheduledFuture<?> health =
          shared
              .worker()
              .scheduleAtFixedRate(
                  this::observeHealth,
                  FIRST_HEALTH.toMillis(),
                  HEALTH_INTERVAL.toMillis(),
                  TimeUnit.MILLISECONDS);
      running.push(() -> health.cancel(false));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    LOG.atInfo()
        .addKeyValue("agent", identity.agent())
        .addKeyValue("school", identity.school())
        .addKeyValue("devices", settings.devices().size())
        .addKeyValue("waiting", spool.figures().reports())
        .log("Agent is running");
  }

  /** Where handlers of commands are registered; before the start. */
  public Commands commands() {
    return commands;
  }

  private void lookNow(Command command) {
    Schedule looks = schedule;
    if (looks != null) {
      looks.lookNow(command.getLookNow().getSubjectsList());
    }
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

  private void observeHealth() {
    SpoolFigures figures = spool.figures();
    Runtime memory = Runtime.getRuntime();
    long now = shared.clock().millis();
    Observation.Builder health =
        Observation.newBuilder().setSubject("agent:" + identity.agent()).setTimeMillis(now);
    put(health, "spoolBytes", figures.bytes());
    put(health, "spoolReports", figures.reports());
    put(health, "uptimeSeconds", Math.max(0, now - startedMillis) / 1000);
    put(health, "heapBytes", memory.totalMemory() - memory.freeMemory());
    reporter.observe(health.build());
  }

  private static void put(Observation.Builder observation, String measure, long value) {
    observation.putMeasures(measure, (double) value);
  }

  private final class Told implements UplinkListener {
    @Override
    public void received(String topic, byte[] payload) {
      commands.received(topic, payload);
    }

    @Override
    public void time(long collectorMillis, long roundTripNanos, long arrivedNanos) {
      collectorClock.told(collectorMillis, roundTripNanos, arrivedNanos);
    }
  }
}

package org.rollcall.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.control.PushedFile;
import org.rollcall.agent.control.PushedSettings;
import org.rollcall.agent.notice.RepeatedNotice;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.Schedule;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.config.SettingsException;
import org.rollcall.protocol.v1.Configuration;
import org.rollcall.protocol.v1.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an agent looks at: the devices of its own file and those that were pushed to it. A pushed
 * configuration is taken as a whole or not at all, while everything else goes on: who is in both
 * the old and the new is looked at as before. {@link #start}, {@link #apply} and {@link #close} on
 * one thread at a time.
 */
final class Looks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Looks.class);
  private static final Duration NOTICE_INTERVAL = Duration.ofHours(1);

  private final AgentSettings settings;
  private final PushedFile file;
  private final Others others;
  private final Consumer<Observation> sink;
  private final UplinkThreads shared;
  private final Map<String, Observation> newest = new ConcurrentHashMap<>();

  private final RepeatedNotice keepNotice;
  private @Nullable Configuration unkept;

  private volatile @Nullable Probes probes;
  private volatile @Nullable Schedule schedule;
  private volatile long revision;
  private volatile @Nullable String problem;

  /** What a configuration changes beside the looks: checked first, then changed at once. */
  interface Others {
    /**
     * @param probes those that are to run
     * @return makes the change; must not fail
     * @throws IllegalArgumentException naming all that cannot be; nothing has changed then
     */
    Runnable prepare(PushedSettings.InForce next, Probes probes);
  }

  /**
   * @param file where the last good pushed configuration is kept
   * @param others what else a configuration changes
   * @param sink takes what is seen; must not block
   */
  Looks(
      AgentSettings settings,
      PushedFile file,
      Others others,
      Consumer<Observation> sink,
      UplinkThreads shared) {
    this.settings = settings;
    this.file = file;
    this.others = others;
    this.sink = sink;
    this.shared = shared;
    this.keepNotice = new RepeatedNotice(LOG, NOTICE_INTERVAL, shared.clock());
  }

  /**
   * Checks the own file, and takes up the last pushed configuration, if that can still be.
   *
   * @throws IllegalArgumentException when a section of the own file cannot be; names all
   */
  void prepare() {
    probes =
        Probes.of(
            settings.devices(),
            new Credentials(settings.credentials()),
            settings.snmp(),
            shared.network().group(),
            shared.clock());
    others.prepare(own(), known()).run();
    try {
      Configuration kept = file.read();
      if (kept != null) {
        take(kept);
      }
    } catch (IOException | UncheckedIOException | SettingsException | IllegalArgumentException e) {
      problem = "the kept configuration cannot be used: " + e.getMessage();
      LOG.atWarn()
          .addKeyValue("file", file.path())
          .addKeyValue("problem", e.getMessage())
          .log("The configuration pushed before is not used; the agent's own file alone holds");
    }
  }

  /** Begins to look; after {@link #prepare}. */
  void start() {
    Probes all = known();
    all.start();
    Schedule looks = new Schedule(all.all(), shared.clock(), shared.random(), this::seen);
    schedule = looks;
    looks.start();
  }

  /**
   * Takes a pushed configuration, or keeps what was.
   *
   * @return why it cannot be used, all reasons, one a line; null when it can
   */
  @Nullable String apply(Configuration configuration) {
    if (configuration.getRevision() == revision && problem == null) {
      return null;
    }
    try {
      take(configuration);
    } catch (SettingsException | IllegalArgumentException e) {
      problem = "revision " + configuration.getRevision() + ": " + e.getMessage();
      LOG.atWarn()
          .addKeyValue("revision", configuration.getRevision())
          .addKeyValue("kept", revision)
          .addKeyValue("problem", e.getMessage())
          .log("The configuration the collector pushed cannot be used; the one before stays");
      return e.getMessage();
    }
    unkept = configuration;
    keep();
    LOG.atInfo()
        .addKeyValue("revision", revision)
        .addKeyValue("devices", known().all().size())
        .log("Runs the configuration the collector pushed");
    return null;
  }

  /** Keeps the configuration that holds, if the disk did not take it before. */
  void keep() {
    Configuration now = unkept;
    if (now == null) {
      return;
    }
    try {
      file.keep(now);
      unkept = null;
      keepNotice.over("The pushed configuration is kept", file.path().toString());
    } catch (IOException | UncheckedIOException e) {
      keepNotice.warn(
          "The pushed configuration holds, but cannot be kept for the next start; tried again",
          file.path().toString(),
          e.toString());
    }
  }

  private PushedSettings.InForce own() {
    return new PushedSettings.InForce(
        settings.devices(), settings.report(), settings.lineTests(), settings.discovery());
  }

  /** All of it is made and checked before anything changes. */
  private void take(Configuration configuration) throws SettingsException {
    PushedSettings.InForce all =
        PushedSettings.read("revision " + configuration.getRevision(), configuration.getYaml())
            .besides(own());
    Probes next = known().with(all.devices());
    Runnable change = others.prepare(all, next);
    probes = next;
    Schedule running = schedule;
    if (running != null) {
      running.replace(next.all());
    }
    change.run();
    newest.keySet().retainAll(next.all().stream().flatMap(p -> p.subjects().stream()).toList());
    revision = configuration.getRevision();
    problem = null;
  }

  private Probes known() {
    Probes now = probes;
    if (now == null) {
      throw new IllegalStateException("BUG: looks are used before they are prepared");
    }
    return now;
  }

  private void seen(Observation observation) {
    newest.put(observation.getSubject(), observation);
    sink.accept(observation);
  }

  void lookNow(List<String> subjects) {
    Schedule running = schedule;
    if (running != null) {
      running.lookNow(subjects);
    }
  }

  /** The revision of the pushed configuration that holds; 0 when none does. */
  long revision() {
    return revision;
  }

  /** Why the last pushed configuration was refused; null when it was not. */
  @Nullable String problem() {
    return problem;
  }

  /** All device entries, the pushed ones too. */
  List<DeviceSettings> devices() {
    return known().devices();
  }

  /** What asks devices, for whoever else has to; after {@link #prepare}. */
  Probes.Tools tools() {
    return known().tools();
  }

  /** Everybody who is looked at. */
  List<String> subjects() {
    return known().all().stream().map(Probe::subjects).flatMap(List::stream).sorted().toList();
  }

  /** What was seen last of each subject, by its name. */
  Map<String, Observation> newest() {
    return new TreeMap<>(newest);
  }

  /** What the schedule has done; null before the start. */
  Schedule.@Nullable Counts counts() {
    Schedule running = schedule;
    return running == null ? null : running.counts();
  }

  @Override
  public void close() {
    Schedule running = schedule;
    if (running != null) {
      running.close();
    }
    known().close();
  }
}

package org.rollcall.agent.discovery;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.report.Reporter;
import org.rollcall.agent.switches.TableSource;
import org.rollcall.agent.uplink.UplinkThreads;

/**
 * An agent's discovery as its settings say, which may be pushed while it runs: nobody looks for
 * devices, or one does. Any thread.
 */
public final class Sweeps implements AutoCloseable {
  private final String agent;
  private final Credentials credentials;
  private final Supplier<List<DeviceSettings>> configured;
  private final Reporter reporter;
  private final UplinkThreads shared;
  private @Nullable Plan plan;
  private @Nullable Discovery running;
  private boolean started;

  /**
   * @param agent whom the observation of a sweep is about
   * @param configured what is looked at already, at the time of a sweep
   * @param reporter started before this is
   */
  public Sweeps(
      String agent,
      Credentials credentials,
      Supplier<List<DeviceSettings>> configured,
      Reporter reporter,
      UplinkThreads shared) {
    this.agent = agent;
    this.credentials = credentials;
    this.configured = configured;
    this.reporter = reporter;
    this.shared = shared;
  }

  /** A checked section, with all it names; nothing runs by it yet. */
  public static final class Plan {
    private final DiscoverySettings section;
    private final Surroundings surroundings;

    private Plan(DiscoverySettings section, Surroundings surroundings) {
      this.section = section;
      this.surroundings = surroundings;
    }

    private boolean isLike(Plan other) {
      return section.equals(other.section)
          && surroundings.switches().equals(other.surroundings.switches());
    }
  }

  /**
   * Checks a section.
   *
   * @param devices those it may name as switches
   * @return null: nothing is looked for
   * @throws IllegalArgumentException with a sentence for each thing that cannot be, one a line
   */
  public @Nullable Plan plan(
      DiscoverySettings section,
      List<DeviceSettings> devices,
      TableSource tables,
      @Nullable Echo echo) {
    if (!section.enabled()) {
      return null;
    }
    Discovery.check(section);
    Surroundings around = Surroundings.of(section, devices, credentials, tables, echo);
    return new Plan(section, around.with(configured));
  }

  /** From now on by this plan; a sweep by one that says something else ends. */
  public synchronized void replace(@Nullable Plan newer) {
    Plan older = plan;
    plan = newer;
    if (older != null && newer != null && older.isLike(newer)) {
      return;
    }
    if (running != null) {
      Thread unused = running.end();
      running = null;
    }
    begin();
  }

  public synchronized void start() {
    started = true;
    begin();
  }

  private void begin() {
    if (started && plan != null) {
      Discovery begun = new Discovery(agent, plan.section, plan.surroundings, reporter, shared);
      running = begun;
      begun.start();
    }
  }

  /** As {@link Discovery#sweep}; nothing where nobody looks. */
  public synchronized void sweep(List<String> asked) {
    if (running != null) {
      boolean unused = running.sweep(asked);
    }
  }

  @Override
  public void close() {
    Discovery last;
    synchronized (this) {
      started = false;
      last = running;
      running = null;
    }
    if (last != null) {
      last.close();
    }
  }
}

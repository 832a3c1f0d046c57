package org.rollcall.simulator.campus;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.Line;
import org.rollcall.simulator.district.SchoolPlan;
import org.rollcall.simulator.district.Term;

/**
 * A school's devices that never sleep, for measuring whoever polls them: one in six is a router
 * with a line behind its interface {@value SchoolPlan#LINK_IF_NAME}, the others are classroom
 * computers. They answer from one thread, each at a port of its own.
 */
public final class PolledDevices implements AutoCloseable {
  /** What they ask of a poller. */
  public static final String COMMUNITY = Campus.COMMUNITY;

  private static final int ROUTER_EVERY = 6;
  private static final Duration UP_FOR = Duration.ofDays(45);

  private final Clock clock;
  private final SnmpDevices snmp;
  private final List<Device> devices = new ArrayList<>();

  /**
   * One of them.
   *
   * @param address host:port
   * @param router whether it has the interface; else it is a computer
   */
  public record Device(String address, boolean router) {}

  public PolledDevices(Clock clock) {
    this.clock = clock;
    this.snmp = new SnmpDevices(COMMUNITY, clock);
  }

  /** Binds that many ports and begins to answer. Once only. */
  public void start(int count) {
    SchoolPlan school = District.of(1, 1).schools().get(0);
    long boot = Line.midnight(clock.instant().minus(UP_FOR));
    Term term = Term.allYear();
    for (int i = 0; i < count; i++) {
      boolean router = i % ROUTER_EVERY == 0;
      Mib mib =
          router
              ? DeviceMibs.router(school, new Line(school, term), boot)
              : DeviceMibs.computer("pc" + i, now -> boot);
      devices.add(new Device(snmp.add(mib, now -> true), router));
    }
    snmp.start();
  }

  public List<Device> devices() {
    return List.copyOf(devices);
  }

  /** How many requests were answered so far. */
  public long requestsAnswered() {
    return snmp.answered();
  }

  @Override
  public void close() {
    snmp.close();
  }
}

package org.rollcall.simulator.campus;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.district.ClassPlan;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.Line;
import org.rollcall.simulator.district.Machine;
import org.rollcall.simulator.district.Reach;
import org.rollcall.simulator.district.RegisteredDevice;
import org.rollcall.simulator.district.SchoolPlan;
import org.rollcall.simulator.district.Term;

/**
 * All devices of a district, alive. {@link #start()} binds their ports; from then on {@link
 * #devices()} says where each one answers.
 */
public final class Campus implements AutoCloseable {
  /** What the devices' SNMP agents ask of a poller. */
  public static final String COMMUNITY = "public";

  /** Name of the credential that agents need for the projectors. */
  public static final String PROJECTORS = "projectors";

  /** What those projectors ask for that ask at all. */
  public static final String PROJECTOR_PASSWORD = "lesson2026";

  /** How long before the start the routers were switched on: longer than any history. */
  private static final Duration ROUTERS_UP_FOR = Duration.ofDays(45);

  private final District district;
  private final Term term;
  private final Clock clock;
  private final SnmpDevices snmp;
  private final Anchors anchors = new Anchors();
  private final ClassProjectors projectors;
  private final List<RegisteredDevice> devices = new ArrayList<>();

  public Campus(District district, Term term, Clock clock) {
    this.district = district;
    this.term = term;
    this.clock = clock;
    this.snmp = new SnmpDevices(COMMUNITY, clock);
    this.projectors = new ClassProjectors(clock);
  }

  /** Binds every device's port and begins to answer. */
  public void start() {
    anchors.start();
    projectors.start();
    Instant now = clock.instant();
    LocalDate today = now.atZone(Term.ZONE).toLocalDate();
    long boot = Line.midnight(now.minus(ROUTERS_UP_FOR));
    int number = 0;
    for (SchoolPlan school : district.schools()) {
      devices.addAll(projectors.of(school, number++, term, today));
      Mib router = DeviceMibs.router(school, new Line(school, term), boot);
      add(
          school,
          "",
          "link",
          SchoolPlan.LINK,
          snmp.add(router, at -> true),
          "snmp ifName=" + SchoolPlan.LINK_IF_NAME);
      for (ClassPlan plan : school.classes()) {
        if (plan.declared()) {
          machine(
              school, plan.name(), "terminal", plan.terminal(), school.terminal(plan, term), today);
        }
      }
      for (int pc = 1; pc <= school.pcs(); pc++) {
        machine(school, SchoolPlan.ROOM, "pc", SchoolPlan.pcName(pc), school.pc(pc, term), today);
      }
    }
    snmp.start();
  }

  private void machine(
      SchoolPlan school, String space, String kind, String name, Machine machine, LocalDate today) {
    Mib mib = DeviceMibs.machine(school.code() + "-" + name, machine, today);
    String address =
        snmp.add(mib, now -> machine.onSince(Instant.ofEpochMilli(now), today).isPresent());
    add(school, space, kind, name, address, "snmp");
  }

  private void add(
      SchoolPlan school, String space, String kind, String name, String address, String probe) {
    devices.add(new RegisteredDevice(school.code(), space, kind, name, address, probe));
  }

  /** Every device with the address it answers at. */
  public List<RegisteredDevice> devices() {
    return List.copyOf(devices);
  }

  /** A school's devices. */
  public List<RegisteredDevice> devicesOf(SchoolPlan school) {
    return devices.stream().filter(device -> device.school().equals(school.code())).toList();
  }

  /** Where a school's agent tries the provincial network; null where no anchor is configured. */
  public @Nullable InetSocketAddress eduAnchor(SchoolPlan school) {
    Reach reach = Reach.edu(school);
    if (!reach.configured()) {
      return null;
    }
    return reach.closed() ? anchors.refusing() : anchors.edu();
  }

  /** Where a school's agent tries the Internet. */
  public InetSocketAddress internetAnchor(SchoolPlan school) {
    return Reach.internet(school).closed() ? anchors.refusing() : anchors.internet();
  }

  /** How many SNMP requests were answered so far. */
  public long requestsAnswered() {
    return snmp.answered();
  }

  @Override
  public void close() {
    snmp.close();
    projectors.close();
    anchors.close();
  }
}

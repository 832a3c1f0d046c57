package org.rollcall.simulator.campus;

import java.time.Instant;
import java.time.LocalDate;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;
import org.rollcall.simulator.district.Line;
import org.rollcall.simulator.district.Machine;
import org.rollcall.simulator.district.SchoolPlan;
import org.rollcall.simulator.district.Traits;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;

/**
 * Builds what each kind of device shows: the system group and IF-MIB of an uplink router, the
 * system group and HOST-RESOURCES-MIB of a terminal or computer.
 */
final class DeviceMibs {
  private static final String SYSTEM = "1.3.6.1.2.1.1.";
  private static final String IF_ENTRY = "1.3.6.1.2.1.2.2.1.";
  private static final String IF_X_ENTRY = "1.3.6.1.2.1.31.1.1.1.";
  private static final long TICKS = 0x1_0000_0000L;

  private DeviceMibs() {}

  /**
   * An interface of a router.
   *
   * @param inShare its share of the line's traffic toward the school
   * @param outShare its share of the traffic from the school
   */
  private record Interface(
      int index,
      String name,
      String alias,
      int type,
      long speed,
      boolean up,
      double inShare,
      double outShare) {}

  /** An uplink router: the line, an uplink that is not used, and two inner ports. */
  static Mib router(SchoolPlan school, Line line, long bootMillis) {
    Traits traits = school.scenario().traits();
    long speed = Math.round(traits.portMbps() * 1e6);
    LongFunction<Long> boot = traits.reboots() ? DeviceMibs::lastNightlyBoot : now -> bootMillis;
    Mib mib = new Mib();
    system(mib, "Simulated uplink router", "1.3.6.1.4.1.99999.1", school.code() + "-gw", boot);
    Interface[] interfaces = {
      new Interface(1, "NULL0", "", 1, 0, true, 0, 0),
      new Interface(7, SchoolPlan.LINK_IF_NAME, "uplink", 6, speed, true, 1, 1),
      new Interface(8, "GE0/0/2", "", 6, 1_000_000_000, false, 0, 0),
      new Interface(12, "GE0/0/10", "classrooms", 6, 1_000_000_000, true, 0.2, 0.85),
      new Interface(13, "GE0/0/11", "computer room", 6, 1_000_000_000, true, 0.02, 0.15)
    };
    mib.constant("1.3.6.1.2.1.2.1.0", new Integer32(interfaces.length));
    for (Interface port : interfaces) {
      table(mib, port);
      counters(mib, port, line, boot);
    }
    return mib;
  }

  /** A classroom terminal or a computer; counts its uptime from when it was switched on. */
  static Mib machine(String name, Machine machine, LocalDate today) {
    LongFunction<Long> boot =
        now ->
            machine
                .onSince(Instant.ofEpochMilli(now), today)
                .map(Instant::toEpochMilli)
                .orElse(now);
    return computer(name, boot);
  }

  /** A computer that was last switched on at {@code boot} of the time of asking. */
  static Mib computer(String name, LongFunction<Long> boot) {
    Mib mib = new Mib();
    // The management portion starts half a minute after the host: sysUpTime is not host uptime.
    system(
        mib,
        "Simulated classroom computer",
        "1.3.6.1.4.1.99999.2",
        name,
        now -> Math.min(now, boot.apply(now) + 30_000));
    mib.computed("1.3.6.1.2.1.25.1.1.0", now -> ticks(now - boot.apply(now)));
    mib.constant("1.3.6.1.2.1.25.1.5.0", new Gauge32(1));
    mib.computed("1.3.6.1.2.1.25.1.6.0", now -> new Gauge32(80 + now / 60_000 % 17));
    return mib;
  }

  private static void system(
      Mib mib, String description, String objectId, String name, LongFunction<Long> boot) {
    mib.constant(SYSTEM + "1.0", new OctetString(description))
        .constant(SYSTEM + "2.0", new OID(objectId))
        .computed(SYSTEM + "3.0", now -> ticks(now - boot.apply(now)))
        .constant(SYSTEM + "4.0", new OctetString(""))
        .constant(SYSTEM + "5.0", new OctetString(name))
        .constant(SYSTEM + "6.0", new OctetString(""))
        .constant(SYSTEM + "7.0", new Integer32(72));
  }

  private static void table(Mib mib, Interface port) {
    int i = port.index();
    mib.constant(IF_ENTRY + "1." + i, new Integer32(i))
        .constant(IF_ENTRY + "2." + i, new OctetString(port.name()))
        .constant(IF_ENTRY + "3." + i, new Integer32(port.type()))
        .constant(IF_ENTRY + "4." + i, new Integer32(1500))
        .constant(IF_ENTRY + "5." + i, new Gauge32(Math.min(port.speed(), TICKS - 1)))
        .constant(IF_ENTRY + "6." + i, new OctetString(new byte[] {2, 0, 0, 0, 0, (byte) i}))
        .constant(IF_ENTRY + "7." + i, new Integer32(1))
        .constant(IF_ENTRY + "8." + i, new Integer32(port.up() ? 1 : 2))
        .constant(IF_ENTRY + "9." + i, new TimeTicks(0))
        .constant(IF_X_ENTRY + "1." + i, new OctetString(port.name()))
        .constant(IF_X_ENTRY + "15." + i, new Gauge32(port.speed() / 1_000_000))
        .constant(IF_X_ENTRY + "18." + i, new OctetString(port.alias()))
        .constant(IF_X_ENTRY + "19." + i, new TimeTicks(0));
  }

  private static void counters(Mib mib, Interface port, Line line, LongFunction<Long> boot) {
    LongToDoubleFunction in = now -> carried(line, boot, now, 0) * port.inShare();
    LongToDoubleFunction out = now -> carried(line, boot, now, 1) * port.outShare();
    octets(mib, "10.", "6.", port.index(), in);
    octets(mib, "16.", "10.", port.index(), out);
  }

  private static void octets(
      Mib mib, String narrow, String wide, int index, LongToDoubleFunction octets) {
    LongFunction<Variable> counter32 =
        now -> new Counter32((long) octets.applyAsDouble(now) % TICKS);
    LongFunction<Variable> counter64 = now -> new Counter64((long) octets.applyAsDouble(now));
    mib.computed(IF_ENTRY + narrow + index, counter32)
        .computed(IF_X_ENTRY + wide + index, counter64);
  }

  /** Octets the line carried since the router started: counters begin at zero with it. */
  private static double carried(Line line, LongFunction<Long> boot, long now, int direction) {
    long since = Line.midnight(Instant.ofEpochMilli(boot.apply(now)));
    return line.octets(since, now)[direction];
  }

  private static long lastNightlyBoot(long now) {
    long boot = Line.midnight(Instant.ofEpochMilli(now)) + 30_000;
    return boot > now ? boot - 86_400_000 : boot;
  }

  private static TimeTicks ticks(long millis) {
    return new TimeTicks(Math.max(0, millis) / 10 % TICKS);
  }
}

package org.rollcall.collector.usage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.OnMinutes;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.SchoolClass;

/**
 * One class on one day. Of several machines in a class the one that was on for longest counts, as
 * when the judge compares classes; first and last are those of all its machines.
 *
 * @param devices each of its terminals and projectors that was seen on that day, by kind and name
 */
public record ClassDay(String name, int grade, LocalDate date, Use use, List<DeviceDay> devices) {

  public ClassDay {
    devices = List.copyOf(devices);
  }

  /**
   * For how long, and what broke. Off outside lessons is expected, and so is a class that was not
   * on at all: neither is a fault.
   *
   * @param minutes of the whole day
   * @param lessonMinutes of its lessons
   * @param times how often it was switched on
   * @param first minute of the day at which it was first on; null if it never was
   * @param last minute of the day until which it was last on; null if it never was
   * @param faults how often a machine fell into a fault
   * @param faultBits what the machines said is broken or worn, see docs/wire-protocol.md
   */
  public record Use(
      int minutes,
      int lessonMinutes,
      int times,
      @Nullable Integer first,
      @Nullable Integer last,
      int faults,
      int faultBits) {}

  /** One machine on that day. */
  public record DeviceDay(String subject, Use use) {}

  /**
   * Every class that has machines, day by day: the oldest day first, classes as the register orders
   * them. A class none of whose machines was seen on a day has no entry for it.
   */
  public static List<ClassDay> of(Inventory inventory, Collection<SchoolDay> days) {
    List<ClassDay> found = new ArrayList<>();
    for (SchoolDay day : days) {
      for (SchoolClass one : inventory.classes()) {
        List<DeviceDay> devices = new ArrayList<>();
        for (Device device : inventory.devicesIn(one.name())) {
          SubjectDay seen = isPlatform(device) ? day.find(device.subject()) : null;
          OnMinutes on = seen == null ? null : seen.on();
          if (seen != null && on != null) {
            devices.add(new DeviceDay(seen.subject(), use(seen, on)));
          }
        }
        if (!devices.isEmpty()) {
          found.add(new ClassDay(one.name(), one.grade(), day.date(), together(devices), devices));
        }
      }
    }
    return found;
  }

  private static boolean isPlatform(Device device) {
    return device.kind().equals("terminal") || device.kind().equals("projector");
  }

  private static Use use(SubjectDay seen, OnMinutes on) {
    SchoolDay.FaultDay fault = seen.fault();
    boolean never = on.times() == 0;
    return new Use(
        on.day(),
        on.lessons(),
        on.times(),
        never ? null : Integer.valueOf(on.first()),
        never ? null : Integer.valueOf(on.last()),
        fault == null ? 0 : fault.times(),
        fault == null ? 0 : fault.bits());
  }

  private static Use together(List<DeviceDay> devices) {
    Use longest = devices.get(0).use();
    Integer first = null;
    Integer last = null;
    int faults = 0;
    int bits = 0;
    for (DeviceDay device : devices) {
      Use use = device.use();
      longest = use.minutes() > longest.minutes() ? use : longest;
      first = use.first() != null && (first == null || use.first() < first) ? use.first() : first;
      last = use.last() != null && (last == null || use.last() > last) ? use.last() : last;
      faults += use.faults();
      bits |= use.faultBits();
    }
    return new Use(
        longest.minutes(), longest.lessonMinutes(), longest.times(), first, last, faults, bits);
  }
}

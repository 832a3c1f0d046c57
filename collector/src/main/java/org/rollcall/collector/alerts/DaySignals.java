package org.rollcall.collector.alerts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.LineTest;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;

/**
 * What runs of school days say, from the roll-ups: lines below their target, classes that nobody
 * saw. A day is looked at when it is over, once; some schools a round, so that a province does not
 * hold up the rest. Days without lessons or without anything seen neither add to a run nor end it.
 * One thread; blocks on the database.
 */
final class DaySignals {
  /** School days looked back over. Project default. */
  static final int BACK = 20;

  /** Calendar days in which they lie, a long holiday too. */
  private static final int SPAN_DAYS = 70;

  /** Schools a round. Project default. */
  static final int AT_ONCE = 200;

  private static final double BITS_PER_MBPS = 1_000_000;

  private final SchoolDays days;
  private final Registry registry;
  private final Map<String, List<Signal>> found = new HashMap<>();
  private LocalDate looked = LocalDate.EPOCH;
  private List<School> waiting = List.of();

  DaySignals(SchoolDays days, Registry registry) {
    this.days = days;
    this.registry = registry;
  }

  /** What a school's line is to carry, in bit/s; null where no rule says. */
  @FunctionalInterface
  interface Targets {
    @Nullable Double bitsPerSecond(String school);
  }

  List<Signal> of(Register register, SchoolCalendars calendars, Targets targets, Instant now) {
    LocalDate today = calendars.dateOf(now);
    if (!today.equals(looked)) {
      looked = today;
      waiting = register.sites();
      found.keySet().retainAll(waiting.stream().map(School::code).toList());
    }
    List<School> some = waiting.subList(0, Math.min(AT_ONCE, waiting.size()));
    if (!some.isEmpty()) {
      waiting = waiting.subList(some.size(), waiting.size());
      look(some, register, calendars, targets, today);
    }
    return found.values().stream().flatMap(Collection::stream).toList();
  }

  private void look(
      List<School> some,
      Register register,
      SchoolCalendars calendars,
      Targets targets,
      LocalDate today) {
    List<String> codes = some.stream().map(School::code).toList();
    Map<String, List<SchoolDay>> kept =
        days.load(codes, today.minusDays(SPAN_DAYS), today.minusDays(1));
    Map<String, Inventory> inventories = registry.inventories(codes, today);
    for (School school : some) {
      SchoolCalendar calendar = calendars.of(school, register);
      List<LocalDate> back = calendar.lastSchoolDays(today.minusDays(1), BACK);
      List<SchoolDay> its =
          kept.getOrDefault(school.code(), List.of()).stream()
              .filter(day -> back.contains(day.date()))
              .toList();
      Inventory inventory = inventories.getOrDefault(school.code(), Inventory.empty(school.code()));
      List<Signal> signals = new ArrayList<>();
      classes(school, inventory, its, signals);
      lines(school, inventory, its, targets.bitsPerSecond(school.code()), signals);
      found.put(school.code(), signals);
    }
  }

  /**
   * Only classes with a device that is watched; a school of which nothing was up says nothing of
   * its classes.
   *
   * @param its oldest first
   */
  private static void classes(
      School school, Inventory inventory, List<SchoolDay> its, List<Signal> signals) {
    for (SchoolClass each : inventory.classes()) {
      List<Device> devices =
          inventory.devicesIn(each.name()).stream()
              .filter(device -> List.of("terminal", "projector", "pc").contains(device.kind()))
              .toList();
      int run = 0;
      SchoolDay first = null;
      for (int i = its.size() - 1; i >= 0 && !devices.isEmpty(); i--) {
        SchoolDay day = its.get(i);
        if (day.states().availability().up() == 0) {
          continue;
        }
        if (devices.stream().anyMatch(device -> wasUp(day, device.subject()))) {
          break;
        }
        run++;
        first = day;
      }
      if (first != null) {
        signals.add(
            signal(
                SignalKind.CLASS_UNSEEN_DAYS,
                school,
                "class:" + each.name(),
                run,
                first,
                its.get(its.size() - 1),
                Map.of("name", each.name())));
      }
    }
  }

  private static boolean wasUp(SchoolDay day, String subject) {
    SubjectDay seen = day.find(subject);
    return seen != null && seen.up() > 0;
  }

  private static void lines(
      School school,
      Inventory inventory,
      List<SchoolDay> its,
      @Nullable Double target,
      List<Signal> signals) {
    if (target == null) {
      return;
    }
    inventory
        .lines(school)
        .forEach(
            line -> {
              int run = 0;
              SchoolDay first = null;
              SchoolDay last = null;
              double best = 0;
              for (int i = its.size() - 1; i >= 0; i--) {
                SubjectDay tested = its.get(i).find("throughput:" + line.name());
                if (tested == null || tested.tests().isEmpty()) {
                  continue;
                }
                double day =
                    tested.tests().stream().mapToLong(LineTest::downloadBits).max().orElse(0);
                if (day >= target) {
                  break;
                }
                run++;
                best = Math.max(best, day);
                first = its.get(i);
                last = last == null ? first : last;
              }
              if (first != null && last != null) {
                signals.add(
                    signal(
                        SignalKind.LINE_SLOW_DAYS,
                        school,
                        line.subject(),
                        run,
                        first,
                        last,
                        Map.of("name", line.name(), "best", mbps(best), "target", mbps(target))));
              }
            });
  }

  private static String mbps(double bits) {
    return String.valueOf(Math.round(bits / BITS_PER_MBPS * 10) / 10.0);
  }

  private static Signal signal(
      SignalKind kind,
      School school,
      String subject,
      int run,
      SchoolDay first,
      SchoolDay last,
      Map<String, String> params) {
    return Signal.of(
        kind,
        school.region(),
        school.code(),
        subject,
        run,
        first.date().atStartOfDay(Registry.ZONE).toInstant(),
        last.date().plusDays(1).atStartOfDay(Registry.ZONE).toInstant(),
        params);
  }
}

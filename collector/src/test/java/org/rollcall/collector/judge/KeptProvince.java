package org.rollcall.collector.judge;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.day.Days;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Tier;
import org.rollcall.collector.registry.SchoolClass;

/** Schools with 30 days each in a database: twelve classes, a room of forty seats, a line. */
final class KeptProvince implements AutoCloseable {
  static final LocalDate LAST = Case.DATE;
  static final LocalDate FIRST = LAST.minusDays(29);
  private static final int CLASSES = 12;
  private static final int SEATS = 40;

  final Database database;
  final Registry registry;
  final Register register;
  final SchoolJudging judging;

  KeptProvince(RegisterHome home, Path folder, int schools) {
    Clock clock = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    database = home.open(folder);
    registry = new Registry(database, clock);
    List<School> all = new ArrayList<>();
    List<SchoolClass> classes = new ArrayList<>();
    List<Device> devices = new ArrayList<>();
    for (int i = 0; i < schools; i++) {
      String code = code(i);
      all.add(Case.school(code, i % 3 == 2 ? Tier.B : Tier.A));
      devices.add(new Device(code, "", "link", "wan", "10.0.0.1", "snmp"));
      for (int c = 0; c < CLASSES; c++) {
        classes.add(new SchoolClass(code, "c" + c, 1 + c / 2, true));
        devices.add(new Device(code, "c" + c, "terminal", "t" + c, "10.0.1." + c, "snmp"));
      }
      for (int seat = 0; seat < SEATS; seat++) {
        devices.add(new Device(code, "r1", "pc", "s" + seat, "10.0.2." + seat, "snmp"));
      }
    }
    registry.change(
        change -> {
          change.putRegions(
              List.of(
                  new Region("440307", "龙岗区", "Longgang", Region.Level.COUNTY, null),
                  new Region("440307001", "某街道", "A", Region.Level.TOWNSHIP, "440307")));
          change.putSchools(all, Crs.WGS84);
          change.putClasses(classes);
          return change.putDevices(devices);
        });
    register = registry.snapshot();
    SchoolDays days = new SchoolDays(database);
    for (int plan = 0; plan < 3; plan++) {
      for (int i = plan; i < schools; i += 3) {
        days.save(days(code(i), plan));
      }
    }
    judging = new SchoolJudging(null, days, new DeclaredValues(database, clock));
  }

  static String code(int i) {
    return "S%05d".formatted(i);
  }

  /** What such a school keeps; plans differ in what is down. */
  static List<SchoolDay> days(String school, int plan) {
    Days days = new Days();
    for (LocalDate date = FIRST; !date.isAfter(LAST); date = date.plusDays(1)) {
      days.every(30, 40, "reach:edu", date, "02:00", "up", plan == 1 ? 0 : 1);
      days.every(30, 40, "reach:internet", date, "02:00", "up", 1);
      double rate = 2e7 - plan * 8e6;
      days.every(15, 90, "link:wan", date, "00:00", "up", 1, "inBitsPerSecond", rate);
      days.see(
          "throughput:wan", date, "12:25", "downloadBitsPerSecond", rate, "transferSeconds", 10);
      for (int c = 0; c < CLASSES - plan; c++) {
        days.every(15, 36, "terminal:t" + c, date, "07:40", "up", 1);
      }
      for (int seat = 0; seat < SEATS; seat++) {
        int up = seat % 9 == plan ? 0 : 1;
        days.every(5, 60, "pc:s" + seat, date, "08:0" + seat % 10, "up", up);
      }
    }
    return days.rolled(school, FIRST, LAST);
  }

  /** As a command makes them. */
  List<SchoolJudging.Task> tasks(List<School> schools) {
    Map<String, Inventory> inventories =
        registry.inventories(SchoolJudging.Entry.codes(schools, register));
    return schools.stream()
        .map(
            school ->
                new SchoolJudging.Task(
                    SchoolJudging.Entry.of(school, register, inventories),
                    List.of(),
                    List.of(LAST.minusDays(3), LAST),
                    Case.BASIS.of(school, register)))
        .toList();
  }

  @Override
  public void close() {
    database.close();
  }
}

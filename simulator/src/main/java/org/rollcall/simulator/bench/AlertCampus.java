package org.rollcall.simulator.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.pulse.Pulse;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Line;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.simulator.bench.AlertFault.Kind;

/**
 * The schools of the alerts' day, and what their agents say each minute. A school has a line, and
 * where the day needs it a second one, a switch with three terminals behind it, and a projector.
 */
final class AlertCampus {
  private static final int CLASSES = 24;
  private static final int BEHIND = 3;
  private static final double RATED_SECONDS = 900_000;
  private static final List<String> ISPS = List.of("电信", "移动", "联通");

  private final List<String> codes;

  /** Since which minute of the day agent and switch of a school have been on; before it: 0. */
  private final Map<Integer, Integer> startedAt = new HashMap<>();

  private AlertCampus(List<String> codes) {
    this.codes = codes;
  }

  static AlertCampus register(Registry registry, int schools) {
    List<String> codes = new ArrayList<>();
    List<Region> regions = new ArrayList<>();
    regions.add(new Region("440307", "示例区", "Example District", Region.Level.COUNTY, null));
    List<School> all = new ArrayList<>();
    List<SchoolClass> classes = new ArrayList<>();
    List<Device> devices = new ArrayList<>();
    for (int i = 0; i < schools; i++) {
      String township = "440307%03d".formatted(1 + i / AlertDay.TOWNSHIP);
      if (i % AlertDay.TOWNSHIP == 0) {
        regions.add(
            new Region(township, "第" + i + "镇", "Town " + i, Region.Level.TOWNSHIP, "440307"));
      }
      String code = "%010d".formatted(2_144_000_000L + i);
      codes.add(code);
      all.add(school(code, township, ISPS.get(AlertDay.isp(i))));
      for (int c = 1; c <= CLASSES; c++) {
        classes.add(new SchoolClass(code, "c" + c, 1, true));
      }
      devices.add(new Device(code, "", "switch", "core", "10.0.0.2", "snmp"));
      devices.add(new Device(code, "c9", "projector", "p9", "10.0.0.9", "pjlink"));
      for (int c = 1; c <= BEHIND; c++) {
        devices.add(
            new Device(code, "c" + c, "terminal", "t" + c, "10.0.0.2", "switch-port ifName=G" + c));
      }
    }
    registry.change(
        change -> {
          change.putRegions(regions);
          change.putSchools(all, Crs.WGS84);
          change.putClasses(classes);
          change.putDevices(devices);
          change.putLines(
              codes.stream()
                  .flatMap(code -> List.of(line(code, "wan"), line(code, "backup")).stream())
                  .toList());
          return null;
        });
    return new AlertCampus(codes);
  }

  private static Line line(String code, String name) {
    return new Line(code, name, null, null, null, null, false);
  }

  private static School school(String code, String township, String isp) {
    return new School(
        code,
        "示例小学 " + code.substring(6),
        "Example Primary " + code.substring(6),
        township,
        School.Stage.PRIMARY,
        School.Tier.A,
        School.Ownership.PUBLIC,
        School.Setting.TOWN,
        1_000,
        60,
        CLASSES,
        null,
        null,
        null,
        isp,
        null,
        null);
  }

  List<String> codes() {
    return codes;
  }

  /** What agents say in one minute of the day. */
  void minute(
      List<AlertFault> faults, int minute, Instant now, Pulse pulse, ObservationStore store) {
    Map<Integer, AlertFault> on = new HashMap<>();
    Set<Integer> interesting = new HashSet<>();
    for (AlertFault fault : faults) {
      if (fault.kind() != Kind.SERVER) {
        interesting.addAll(fault.schools());
      }
      if (fault.isOn(minute)) {
        fault.schools().forEach(school -> on.merge(school, fault, AlertCampus::silencing));
      } else if (fault.to() == minute && losesPower(fault.kind())) {
        fault.schools().forEach(school -> startedAt.put(school, minute));
      }
    }
    List<SchoolReport> told = new ArrayList<>();
    List<SchoolReport> kept = new ArrayList<>();
    for (int school = 0; school < codes.size(); school++) {
      AlertFault its = on.get(school);
      if (its != null && its.kind().silences()) {
        continue;
      }
      SchoolReport report = report(school, its, minute, now);
      told.add(report);
      if (interesting.contains(school)) {
        kept.add(report);
      }
    }
    if (!kept.isEmpty()) {
      store.write(kept);
    }
    pulse.stored(told);
  }

  private static boolean losesPower(Kind kind) {
    return kind == Kind.POWER || kind == Kind.AREA;
  }

  private static AlertFault silencing(AlertFault one, AlertFault other) {
    return one.kind().silences() ? one : other;
  }

  private SchoolReport report(int school, @Nullable AlertFault fault, int minute, Instant now) {
    @Nullable Kind kind = fault == null ? null : fault.kind();
    Report.Builder report = Report.newBuilder().setAgent("a-" + school);
    Integer since = startedAt.get(school);
    double uptime = since == null ? RATED_SECONDS : 60.0 * (minute - since);
    boolean second =
        kind == Kind.LINE_DOWN
            || kind == Kind.BLIP
            || (kind == Kind.FLAPPING && fault != null && (minute - fault.from()) % 6 < 3);
    add(report, now, "agent:a-" + school, "uptimeSeconds", uptime);
    add(report, now, "link:wan", "up", 1);
    add(report, now, "link:backup", "up", second ? 0 : 1);
    add(report, now, "reach:internet", "up", kind == Kind.NETWORK ? 0 : 1);
    add(report, now, "reach:edu", "up", kind == Kind.NETWORK ? 0 : 1);
    if (kind == Kind.SWITCH) {
      add(report, now, "switch:core", "up", 0);
    } else {
      add(report, now, "switch:core", "up", 1, "uptimeSeconds", uptime);
    }
    boolean lamp = kind == Kind.DEVICE;
    add(report, now, "projector:p9", "state", lamp ? 4 : 1, "up", lamp ? 0 : 1);
    for (int c = 1; c <= BEHIND; c++) {
      boolean gone = kind == Kind.SWITCH;
      add(report, now, "terminal:t" + c, "state", gone ? 5 : 1, "up", gone ? 0 : 1);
    }
    return new SchoolReport(codes.get(school), report.build());
  }

  private static void add(Report.Builder report, Instant now, String subject, Object... measures) {
    Observation.Builder seen =
        Observation.newBuilder().setSubject(subject).setTimeMillis(now.toEpochMilli());
    for (int i = 0; i < measures.length; i += 2) {
      seen.putMeasures((String) measures[i], ((Number) measures[i + 1]).doubleValue());
    }
    report.addObservations(seen);
  }
}

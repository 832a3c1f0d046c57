package org.rollcall.collector.problems;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.CalendarFile;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.MaintenanceWindow;
import org.rollcall.collector.problems.Cause.Known;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.v1.Observation;

/** Writes a school down for tests: Wednesday, 18 March 2026; three lessons of 40 minutes a day. */
final class Looks {
  static final LocalDate WEDNESDAY = LocalDate.of(2026, 3, 18);
  static final Instant NOW = at("10:20");
  static final SchoolCalendar CALENDAR = calendar();

  /** Everything began at nine. */
  static final Onset.Source AT_NINE =
      (school, newest, trouble) -> new Onset(at("09:00"), Known.FIRST_SEEN);

  private final String code;
  private final String region;
  private final @Nullable String isp;
  private final Map<String, Observation> newest = new HashMap<>();
  private final List<Device> devices = new ArrayList<>();
  private final List<SchoolClass> classes = new ArrayList<>();
  private final List<MaintenanceWindow> windows = new ArrayList<>();
  private final Map<String, String> placed = new HashMap<>();
  private @Nullable Instant heard = NOW;
  private @Nullable Instant enrolled = at("00:00");

  Looks(String code, String region, @Nullable String isp) {
    this.code = code;
    this.region = region;
    this.isp = isp;
  }

  Looks(String code) {
    this(code, "440307001", "电信");
  }

  static Instant at(String time) {
    return at(WEDNESDAY, time);
  }

  static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(Registry.ZONE).toInstant();
  }

  private static SchoolCalendar calendar() {
    String text =
        """
        id: test
        title: 测试
        titleEn: Test
        zone: Asia/Shanghai
        version: "1"
        schoolYears:
          - name: 2025-2026
            from: 2025-09-01
            to: 2026-08-31
            terms:
              - { name: two, from: 2026-02-16, to: 2026-07-03 }
        lessonDays: [monday, tuesday, wednesday, thursday, friday]
        periods:
          - { name: one, from: "08:00", to: "08:40" }
          - { name: two, from: "09:00", to: "09:40" }
          - { name: three, from: "10:00", to: "10:40" }
        """;
    try {
      return SchoolCalendar.of(
          "test", SettingsReader.read("test", text, Path.of("."), CalendarFile.class));
    } catch (SettingsException e) {
      throw new IllegalStateException(e);
    }
  }

  static Observation seen(String subject, Instant at, String reason, Object... measures) {
    Observation.Builder seen =
        Observation.newBuilder()
            .setSubject(subject)
            .setTimeMillis(at.toEpochMilli())
            .setReason(reason);
    for (int i = 0; i < measures.length; i += 2) {
      seen.putMeasures((String) measures[i], ((Number) measures[i + 1]).doubleValue());
    }
    return seen.build();
  }

  Looks see(String subject, String reason, Object... measures) {
    newest.put(subject, seen(subject, NOW.minusSeconds(20), reason, measures));
    return this;
  }

  Looks classes(int n) {
    for (int i = 1; i <= n; i++) {
      classes.add(new SchoolClass(code, "一年级" + i + "班", 1, true));
      device("一年级" + i + "班", "terminal", "c" + i, "10.0.1." + i, "snmp");
    }
    return this;
  }

  Looks device(String space, String kind, String name, String address, String probe) {
    devices.add(new Device(code, space, kind, name, address, probe));
    return this;
  }

  Looks placed(String address, String place) {
    placed.put(address, place);
    return this;
  }

  Looks heard(@Nullable Instant at) {
    heard = at;
    return this;
  }

  Looks enrolled(@Nullable Instant at) {
    enrolled = at;
    return this;
  }

  Looks window(Instant from, Instant to) {
    windows.add(new MaintenanceWindow(null, code, from, to, "new cables"));
    return this;
  }

  static School school(String code, String region, @Nullable String isp) {
    return new School(
        code,
        "示例小学",
        "Example Primary",
        region,
        School.Stage.PRIMARY,
        School.Tier.A,
        School.Ownership.PUBLIC,
        School.Setting.URBAN,
        900,
        50,
        20,
        114.1,
        22.7,
        School.Medium.FIBRE,
        isp,
        100.0,
        true);
  }

  SchoolLook look() {
    return new SchoolLook(
        school(code, region, isp),
        new Inventory(code, classes, devices),
        newest,
        heard,
        enrolled,
        Instant.EPOCH,
        CALENDAR,
        windows,
        placed,
        NOW);
  }

  List<Cause> causes() {
    return SchoolCauses.of(look(), AT_NINE);
  }
}

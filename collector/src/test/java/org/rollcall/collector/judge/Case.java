package org.rollcall.collector.judge;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.day.Days;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Medium;
import org.rollcall.collector.registry.School.Ownership;
import org.rollcall.collector.registry.School.Setting;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.config.SettingsException;

/** One school, what it declares and what it showed, judged on Friday 20 November 2026. */
final class Case {
  static final LocalDate DATE = LocalDate.of(2026, 11, 20);
  static final Profile PROFILE = profile();
  static final Basis BASIS = new Basis(List.of(PROFILE), SchoolCalendars.everywhere(Days.CALENDAR));

  final Days days = new Days();
  private final List<SchoolClass> classes = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private Tier tier = Tier.A;
  private Stage stage = Stage.PRIMARY;
  private @Nullable Medium medium = Medium.FIBRE;
  private @Nullable Double contract;
  private @Nullable Boolean eduNetwork;
  private LocalDate date = DATE;

  private static Profile profile() {
    try {
      return Profile.read(
          Path.of(System.getProperty("rollcall.root"), "config", "targets", "GD-2010-18.yaml"));
    } catch (SettingsException e) {
      throw new IllegalStateException(e);
    }
  }

  static School school(String code, Tier tier) {
    return new Case().tier(tier).school(code);
  }

  School school(String code) {
    return new School(
        code,
        "某小学",
        "A school",
        "440307001",
        stage,
        tier,
        Ownership.PUBLIC,
        Setting.TOWN,
        900,
        50,
        classes.size(),
        null,
        null,
        medium,
        null,
        contract,
        eduNetwork);
  }

  Case tier(Tier newTier) {
    tier = newTier;
    return this;
  }

  Case stage(Stage newStage) {
    stage = newStage;
    return this;
  }

  Case medium(@Nullable Medium newMedium) {
    medium = newMedium;
    return this;
  }

  Case contract(double mbps) {
    contract = mbps;
    return this;
  }

  Case eduNetwork(boolean declared) {
    eduNetwork = declared;
    return this;
  }

  Case on(LocalDate newDate) {
    date = newDate;
    return this;
  }

  /** The newest school days, oldest first. */
  List<LocalDate> schoolDays(int n) {
    return Days.CALENDAR.lastSchoolDays(date, n);
  }

  /** As many line tests a day on as many school days, all with this result. */
  Case tests(int onDays, int aDay, double bits) {
    for (LocalDate day : schoolDays(onDays)) {
      for (int i = 0; i < aDay; i++) {
        test(Days.millis(day, "18:00") + i * 3_600_000L / 2, bits, 10);
      }
    }
    return this;
  }

  Case test(long millis, double bits, double seconds) {
    days.see("throughput:wan", millis, "downloadBitsPerSecond", bits, "transferSeconds", seconds);
    return this;
  }

  /** As many minutes a day on as many school days in which the line carried this. */
  Case traffic(int onDays, int aDay, double bits) {
    for (LocalDate day : schoolDays(onDays)) {
      days.every(
          1,
          aDay,
          "link:wan",
          day,
          "09:00",
          "up",
          1,
          "speedBitsPerSecond",
          1e9,
          "inBitsPerSecond",
          bits,
          "intervalSeconds",
          60);
    }
    return this;
  }

  /** As many probes in lessons a day on as many school days. */
  Case reach(String subject, int onDays, int ok, int failed) {
    for (LocalDate day : schoolDays(onDays)) {
      days.every(1, ok, subject, day, "08:00", "up", 1);
      days.every(1, failed, subject, day, "10:00", "up", 0);
    }
    return this;
  }

  /** Classes 1 to n; the first of them are declared to have a platform. */
  Case classes(int n, int declared) {
    for (int i = 1; i <= n; i++) {
      classes.add(new SchoolClass("S", className(i), 1, i <= declared));
    }
    return this;
  }

  static String className(int i) {
    return String.format(Locale.ROOT, "班%04d", i);
  }

  /** A terminal of its own for each class up to n. */
  Case terminals(int n) {
    for (int i = 1; i <= n; i++) {
      device(new Device("S", className(i), "terminal", "t" + i, "10.0.0.1:" + i, "snmp"));
    }
    return this;
  }

  Case device(Device device) {
    devices.add(device);
    return this;
  }

  /** The terminals from one to another are seen on as many school days. */
  Case seen(int first, int last, int onDays, int up) {
    for (LocalDate day : schoolDays(onDays)) {
      for (int i = first; i <= last; i++) {
        days.see("terminal:t" + i, day, "09:00", "up", up);
      }
    }
    return this;
  }

  JudgeInput input() {
    LocalDate first = JudgeInput.firstDay(Days.CALENDAR, PROFILE, date);
    return new JudgeInput(
        school("S"),
        new Inventory("S", classes, devices),
        days.rolled("S", first, date),
        Days.CALENDAR,
        PROFILE,
        date);
  }

  Verdict verdict(String rule) {
    return Judge.judge(input()).stream()
        .filter(v -> v.rule().equals(rule))
        .findFirst()
        .orElseThrow();
  }
}

package org.rollcall.collector.judge;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.day.Days;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Rule.AppliesTo;
import org.rollcall.collector.profile.Rule.Level;
import org.rollcall.collector.profile.Target;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Line;
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
  private Ownership ownership = Ownership.PUBLIC;
  private final List<Line> lines = new ArrayList<>();
  private final List<Site> campuses = new ArrayList<>();
  private final Map<String, LocalDate> repairs = new HashMap<>();
  private final Map<DeclaredIndicator, DeclaredValue> declared =
      new EnumMap<>(DeclaredIndicator.class);

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
        ownership,
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

  Case ownership(Ownership newOwnership) {
    ownership = newOwnership;
    return this;
  }

  Case line(
      String name, Medium its, @Nullable Double mbps, @Nullable Boolean edu, boolean balanced) {
    lines.add(new Line("S", name, its, null, mbps, edu, balanced));
    return this;
  }

  /** A further campus with what it showed. */
  Case campus(String code, Case its) {
    Site site = its.on(date).input().main();
    campuses.add(new Site(its.school(code), site.inventory(), site.days()));
    return this;
  }

  Case inRepair(String subject, LocalDate since) {
    repairs.put(subject, since);
    return this;
  }

  Case declare(DeclaredIndicator indicator, String value, LocalDate asOf, @Nullable String file) {
    if (!(indicator.read(value) instanceof DeclaredIndicator.Reading.Good good)) {
      throw new IllegalArgumentException(value);
    }
    declared.put(indicator, new DeclaredValue("S", indicator, good.amount(), asOf, "", file));
    return this;
  }

  /** A computer room of so many seats: pc:p1 to pc:pN. */
  Case room(String name, int seats) {
    for (int i = 1; i <= seats; i++) {
      device(new Device("S", name, "pc", "p" + i, "10.0.1." + i, "ping"));
    }
    return this;
  }

  /** Sees something up or down every minute of the lessons of as many school days. */
  Case allLessons(String subject, int onDays, int up) {
    for (LocalDate day : schoolDays(onDays)) {
      for (SchoolCalendar.Lesson lesson : Days.CALENDAR.lessons(day)) {
        for (long at = lesson.from().toEpochMilli(); at < lesson.to().toEpochMilli(); ) {
          days.see(subject, at, "up", up);
          at += 60_000;
        }
      }
    }
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
    Site main =
        new Site(
            school("S"),
            new Inventory("S", classes, devices, lines),
            days.rolled("S", first, date),
            repairs);
    return new JudgeInput(main, campuses, declared, Days.CALENDAR, PROFILE, date);
  }

  /** Its verdict by a rule that no shipped profile need hold. */
  Verdict verdict(Rule rule) {
    JudgeInput input = input();
    Profile one =
        new Profile(
            PROFILE.id(),
            PROFILE.version(),
            List.of(),
            false,
            PROFILE.title(),
            PROFILE.titleEn(),
            PROFILE.issued(),
            PROFILE.source(),
            PROFILE.sourceEn(),
            List.of(rule),
            PROFILE.parameters(),
            null);
    return Judge.judge(
            new JudgeInput(
                input.main(),
                input.campuses(),
                input.declared(),
                input.calendar(),
                one,
                input.date()))
        .get(0);
  }

  static Rule rule(Indicator indicator, @Nullable String of, Level level, @Nullable Target target) {
    return new Rule(
        "R",
        indicator,
        of,
        level,
        new AppliesTo(List.of(), List.of(), List.of(), List.of(), null),
        "标题",
        "Title",
        "第一条",
        "article 1",
        null,
        target,
        false,
        null,
        null,
        null,
        null,
        new Rule.Origin(PROFILE.id(), PROFILE.version(), null));
  }

  static Rule rule(Indicator indicator, @Nullable String of, @Nullable Target target) {
    return rule(indicator, of, Level.SCHOOL, target);
  }

  static Target percent(double percent) {
    return new Target(null, null, null, percent, null, null, null);
  }

  static Target atLeast(double number) {
    return new Target(null, null, null, null, number, null, null);
  }

  static Target atMost(double number) {
    return new Target(null, null, null, null, null, number, null);
  }

  static Target yes() {
    return new Target(null, null, null, null, null, null, true);
  }

  Verdict verdict(String rule) {
    return Judge.judge(input()).stream()
        .filter(v -> v.rule().equals(rule))
        .findFirst()
        .orElseThrow();
  }
}

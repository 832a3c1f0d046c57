package org.rollcall.simulator.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.rollcall.collector.Collector;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.DayRoller;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Region.Level;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.questdb.QuestDbStore;
import org.rollcall.config.SettingsException;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.simulator.district.ClassPlan;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.SchoolPlan;
import org.rollcall.simulator.district.Term;
import org.rollcall.simulator.history.SchoolHistory;

/**
 * A province as a server keeps it: the register, declared values and school days in the database,
 * and the raw observations of one school in the store. Its schools follow a few plans of the
 * demo's, each with a computer room of 40 seats; the plans' days are rolled up from observations,
 * and every school gets its plan's under its own code.
 */
final class BenchProvince {
  /** The last day: a Friday. */
  static final LocalDate LAST = LocalDate.of(2026, 11, 20);

  static final Clock CLOCK =
      Clock.fixed(LAST.atTime(23, 59).atZone(Term.ZONE).toInstant(), Term.ZONE);

  static final String ROOT = "440000";

  /** Kinds of schools; each comes again after so many. */
  static final int PLANS = 12;

  private static final int SEATS = 40;
  private static final int SCHOOLS_PER_TOWNSHIP = 20;
  private static final int TOWNSHIPS_PER_COUNTY = 10;
  private static final int COUNTIES_PER_CITY = 6;
  private static final int AT_ONCE = 200;
  private static final int OBSERVATIONS_PER_REPORT = 2_000;

  private final int schools;
  private final LocalDate first;
  private final List<SchoolPlan> plans = new ArrayList<>();

  private BenchProvince(int schools, int days) {
    this.schools = schools;
    this.first = LAST.minusDays(days - 1L);
    for (SchoolPlan plan : District.of(1, 54).schools().subList(0, Math.min(PLANS, schools))) {
      plans.add(withSeats(plan));
    }
  }

  static Path database(Path folder) {
    return Collector.registerFile(folder);
  }

  static Path store(Path folder) {
    return Collector.observations(folder);
  }

  static Path config(String name) {
    return Path.of(Objects.requireNonNull(System.getProperty("rollcall.root")), "config")
        .resolve(name);
  }

  static SchoolCalendar calendar() {
    try {
      return SchoolCalendar.read(config("calendars/demo.yaml"));
    } catch (SettingsException e) {
      throw new IllegalStateException("The demo's calendar cannot be read.", e);
    }
  }

  /** Code of the i-th school, from 0; the first one's raw observations are in the store. */
  static String code(int i) {
    return String.format(Locale.ROOT, "0144%06d", i);
  }

  /** Makes it in a server's data folder that has no register or an empty one. */
  static void make(Path folder, int schools, int days) {
    BenchProvince province = new BenchProvince(schools, days);
    List<List<SchoolDay>> templates;
    try (QuestDbStore store = new QuestDbStore(store(folder), false)) {
      store.start();
      templates = province.templates(store);
      province.observe(store, code(0), new SchoolHistory(province.plans.get(0), TERM, 1, 1));
      store.settle();
    }
    try (Database database = Database.open(database(folder), Database.Sync.PROCESS)) {
      province.register(new Registry(database, CLOCK), new DeclaredValues(database, CLOCK));
      SchoolDays kept = new SchoolDays(database);
      List<SchoolDay> some = new ArrayList<>();
      for (int i = 0; i < schools; i++) {
        for (SchoolDay day : templates.get(i % templates.size())) {
          some.add(of(code(i), day));
        }
        if (i % AT_ONCE == AT_ONCE - 1 || i == schools - 1) {
          kept.save(some);
          some.clear();
        }
      }
    }
  }

  private static final Term TERM = Term.allYear();

  private static SchoolPlan withSeats(SchoolPlan plan) {
    return new SchoolPlan(
        plan.code(),
        plan.name(),
        plan.nameEn(),
        plan.township(),
        plan.stage(),
        plan.ownership(),
        plan.setting(),
        plan.students(),
        plan.teachers(),
        plan.lon(),
        plan.lat(),
        plan.classes(),
        SEATS,
        plan.pcsBroken(),
        plan.scenario(),
        plan.seed());
  }

  /** Each plan's days, rolled up from what its agent would have seen. */
  private List<List<SchoolDay>> templates(QuestDbStore store) {
    for (SchoolPlan plan : plans) {
      observe(store, plan.code(), new SchoolHistory(plan, TERM));
    }
    store.settle();
    DayRoller roller = new DayRoller(store, DayRoller.Maintenance.NONE);
    SchoolCalendar calendar = calendar();
    List<LocalDate> dates = first.datesUntil(LAST.plusDays(1)).toList();
    return plans.stream().map(plan -> roller.roll(plan.code(), dates, calendar)).toList();
  }

  private void observe(QuestDbStore store, String school, SchoolHistory history) {
    Instant from = first.atStartOfDay(Term.ZONE).toInstant();
    Instant to = LAST.plusDays(1).atStartOfDay(Term.ZONE).toInstant();
    List<Observation> waiting = new ArrayList<>(OBSERVATIONS_PER_REPORT);
    history.tell(
        new SchoolHistory.Span(from, to),
        to,
        observation -> {
          waiting.add(observation);
          if (waiting.size() == OBSERVATIONS_PER_REPORT) {
            write(store, school, waiting);
          }
        });
    write(store, school, waiting);
  }

  private static void write(QuestDbStore store, String school, List<Observation> waiting) {
    Report report = Report.newBuilder().setAgent("a-bench").addAllObservations(waiting).build();
    String refused = store.refuses(report);
    if (refused != null) {
      throw new IllegalStateException("The store refuses the observations: " + refused);
    }
    store.write(List.of(new SchoolReport(school, report)));
    waiting.clear();
  }

  private static SchoolDay of(String school, SchoolDay day) {
    return new SchoolDay(
        school,
        day.date(),
        day.calendarVersion(),
        day.schoolDay(),
        day.states(),
        day.seenLessonMinutes(),
        day.gapLessonMinutes(),
        day.leftOut(),
        day.subjects());
  }

  private void register(Registry registry, DeclaredValues declared) {
    List<Region> regions = new ArrayList<>();
    regions.add(new Region(ROOT, "模拟省", "Simulated Province", Level.PROVINCE, null));
    List<School> all = new ArrayList<>();
    for (int i = 0; i < schools; i++) {
      all.add(school(i, township(regions, i / SCHOOLS_PER_TOWNSHIP)));
    }
    registry.change(
        change -> {
          change.putRegions(regions);
          change.putSchools(all, Crs.WGS84);
          return true;
        });
    for (int from = 0; from < schools; from += AT_ONCE) {
      inventories(registry, declared, from, Math.min(schools, from + AT_ONCE));
    }
  }

  /** Code of the n-th township, which is entered with what it lies in when it is new. */
  private static String township(List<Region> regions, int n) {
    int county = n / TOWNSHIPS_PER_COUNTY;
    int city = county / COUNTIES_PER_CITY;
    String cityCode = String.format(Locale.ROOT, "44%02d00", city + 1);
    String countyCode =
        String.format(Locale.ROOT, "44%02d%02d", city + 1, county % COUNTIES_PER_CITY + 1);
    String code = String.format(Locale.ROOT, "%s%03d", countyCode, n % TOWNSHIPS_PER_COUNTY + 1);
    if (regions.get(regions.size() - 1).code().equals(code)) {
      return code;
    }
    if (n % (TOWNSHIPS_PER_COUNTY * COUNTIES_PER_CITY) == 0) {
      regions.add(new Region(cityCode, "模拟市" + city, "City " + city, Level.CITY, ROOT));
    }
    if (n % TOWNSHIPS_PER_COUNTY == 0) {
      regions.add(
          new Region(countyCode, "模拟县" + county, "County " + county, Level.COUNTY, cityCode));
    }
    regions.add(new Region(code, "模拟镇" + n, "Township " + n, Level.TOWNSHIP, countyCode));
    return code;
  }

  private SchoolPlan plan(int i) {
    return plans.get(i % plans.size());
  }

  /** Townships lie beside each other on a grid, and so do the schools in each. */
  private School school(int i, String townshipCode) {
    SchoolPlan plan = plan(i);
    int township = i / SCHOOLS_PER_TOWNSHIP;
    int place = i % SCHOOLS_PER_TOWNSHIP;
    return new School(
        code(i),
        "模拟第" + (i + 1) + "学校",
        "Simulated School " + (i + 1),
        townshipCode,
        School.Stage.valueOf(plan.stage().toUpperCase(Locale.ROOT)),
        School.Tier.valueOf(plan.scenario().traits().tier()),
        School.Ownership.valueOf(plan.ownership().toUpperCase(Locale.ROOT)),
        School.Setting.valueOf(plan.setting().toUpperCase(Locale.ROOT)),
        plan.students(),
        plan.teachers(),
        plan.classes().size(),
        108 + township % 40 * 0.2 + place % 5 * 0.03,
        20 + Math.floorDiv(township, 40) * 0.2 + Math.floorDiv(place, 5) * 0.03,
        School.Medium.valueOf(plan.scenario().traits().medium().toUpperCase(Locale.ROOT)),
        "电信",
        plan.scenario().traits().contractMbps(),
        true);
  }

  private void inventories(Registry registry, DeclaredValues declared, int from, int to) {
    List<SchoolClass> classes = new ArrayList<>();
    List<Device> devices = new ArrayList<>();
    List<DeclaredValue> values = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String code = code(i);
      SchoolPlan plan = plan(i);
      devices.add(new Device(code, "", "link", SchoolPlan.LINK, "10.0.0.1", "snmp"));
      for (ClassPlan one : plan.classes()) {
        classes.add(new SchoolClass(code, one.name(), one.grade(), one.declared()));
        if (one.declared()) {
          String address = "10.1.0." + classes.size();
          devices.add(new Device(code, one.name(), "terminal", one.terminal(), address, "snmp"));
        }
      }
      for (int pc = 1; pc <= SEATS; pc++) {
        String name = SchoolPlan.pcName(pc);
        devices.add(new Device(code, SchoolPlan.ROOM, "pc", name, "10.2.0." + pc, "snmp"));
      }
      declare(values, code, plan.teachers());
    }
    registry.change(
        change -> {
          change.putClasses(classes);
          change.putDevices(devices);
          return true;
        });
    declared.put(values);
  }

  private static void declare(List<DeclaredValue> values, String school, int teachers) {
    add(values, school, DeclaredIndicator.STANDARDISED_SCHOOL, "yes");
    add(values, school, DeclaredIndicator.EQUIPMENT_STANDARD, "yes");
    add(values, school, DeclaredIndicator.E_ADMINISTRATION, "yes");
    add(
        values,
        school,
        DeclaredIndicator.TEACHERS_45_MULTIMEDIA,
        teachers * 2 / 3 + "/" + teachers * 2 / 3);
    add(values, school, DeclaredIndicator.IT_COURSE, "8/8");
    add(values, school, DeclaredIndicator.COOPERATION, "5");
    add(values, school, DeclaredIndicator.COOPERATION_MONTHS, "3/3");
  }

  private static void add(
      List<DeclaredValue> values, String school, DeclaredIndicator indicator, String value) {
    if (indicator.read(value) instanceof DeclaredIndicator.Reading.Good good) {
      values.add(new DeclaredValue(school, indicator, good.amount(), LAST.minusDays(60), "", null));
    } else {
      throw new IllegalStateException("BUG: " + value + " is no " + indicator.id());
    }
  }
}

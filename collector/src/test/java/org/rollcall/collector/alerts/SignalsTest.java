package org.rollcall.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.LessonStates;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.LineTest;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.intake.IntakeCounts;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.milestones.MilestoneFile;
import org.rollcall.collector.milestones.Milestones;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.pulse.Pulse;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.collector.registry.SetClock;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** What agents, school days, contracts, dates and the store say, apart from causes. */
@OnBothDatabases
class SignalsTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final LocalDate WEDNESDAY = LocalDate.of(2026, 4, 15);
  private static final String SCHOOL = "2144000001";
  private static final int MINUTES = 240;

  @TempDir Path folder;
  private final SetClock clock = new SetClock(WEDNESDAY, LocalTime.of(10, 0));
  private final Pulse pulse = new Pulse(clock, Pulse.DEFAULT_MAX_SUBJECTS);
  private Database database;
  private Registry registry;

  @BeforeEach
  void open() {
    database = home.open(folder);
    registry = new Registry(database, clock);
    registry.change(
        change -> {
          change.putRegions(
              List.of(
                  new Region("440307", "龙岗区", "Longgang", Region.Level.COUNTY, null),
                  new Region("440307001", "平湖", "Pinghu", Region.Level.TOWNSHIP, "440307")));
          change.putSchools(
              List.of(
                  new School(
                      SCHOOL,
                      "示例小学",
                      "Example",
                      "440307001",
                      School.Stage.PRIMARY,
                      School.Tier.A,
                      School.Ownership.PUBLIC,
                      School.Setting.TOWN,
                      100,
                      10,
                      2,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null)),
              Crs.WGS84);
          change.putClasses(
              List.of(
                  new SchoolClass(SCHOOL, "一1班", 1, true),
                  new SchoolClass(SCHOOL, "一2班", 1, true)));
          change.putDevices(
              List.of(
                  new Device(SCHOOL, "一1班", "terminal", "t1", "10.0.0.1", "snmp"),
                  new Device(SCHOOL, "一2班", "terminal", "t2", "10.0.0.2", "snmp")));
          return null;
        });
  }

  @AfterEach
  void close() {
    pulse.close();
    database.close();
  }

  private static SchoolCalendars calendars() throws Exception {
    return SchoolCalendars.everywhere(
        SchoolCalendar.read(Path.of("../config/calendars/demo.yaml")));
  }

  private void tell(String subject, Object... measures) {
    Observation.Builder seen =
        Observation.newBuilder().setSubject(subject).setTimeMillis(clock.millis());
    for (int i = 0; i < measures.length; i += 2) {
      seen.putMeasures((String) measures[i], ((Number) measures[i + 1]).doubleValue());
    }
    Report report = Report.newBuilder().setAgent("a").addObservations(seen).build();
    pulse.stored(List.of(new SchoolReport(SCHOOL, report)));
  }

  private static @Nullable Signal find(List<Signal> signals, SignalKind kind) {
    return signals.stream().filter(each -> each.kind() == kind).findFirst().orElse(null);
  }

  @Test
  void agentsPlatformsAndLampsSayHowTheyAre() {
    Agents agents = new Agents(database.jdbi(), clock, new SecureRandom());
    String one = agents.addForeign(SCHOOL).userName();
    String other = agents.addForeign(SCHOOL).userName();
    tell("service:course", "certificateDays", 9, "up", 1);
    tell("projector:p", "lampHours", 3_100);
    tell("agent:" + one, "clockSkewSeconds", -75, "spoolReports", 40);
    LiveSignals live = new LiveSignals(agents, pulse);
    List<Signal> now = live.of(registry.snapshot(), clock.instant());
    assertThat(find(now, SignalKind.CERTIFICATE_DAYS)).extracting(Signal::value).isEqualTo(9.0);
    assertThat(find(now, SignalKind.LAMP_HOURS)).extracting(Signal::value).isEqualTo(3_100.0);
    assertThat(find(now, SignalKind.CLOCK_SKEW))
        .as("either way")
        .extracting(Signal::value)
        .isEqualTo(75.0);
    assertThat(find(now, SignalKind.SPOOL_WAITING)).extracting(Signal::value).isEqualTo(40.0);
    assertThat(find(now, SignalKind.NEVER_HEARD)).as("enrolled a moment ago").isNull();
    clock.advance(Duration.ofMinutes(25));
    tell("agent:" + one, "clockSkewSeconds", 0);
    now = live.of(registry.snapshot(), clock.instant());
    assertThat(find(now, SignalKind.NEVER_HEARD))
        .satisfies(
            each -> {
              assertThat(each.subject()).isEqualTo("agent:" + other);
              assertThat(each.value()).isEqualTo(25);
            });
    tell("agent:" + other, "spoolReports", 0);
    clock.advance(Duration.ofMinutes(12));
    tell("agent:" + one, "clockSkewSeconds", 0);
    now = live.of(registry.snapshot(), clock.instant());
    assertThat(find(now, SignalKind.AGENT_SILENT))
        .extracting(Signal::subject)
        .isEqualTo("agent:" + other);
    clock.advance(Duration.ofMinutes(30));
    assertThat(find(live.of(registry.snapshot(), clock.instant()), SignalKind.AGENT_SILENT))
        .as("where all are silent it is the school")
        .isNull();
  }

  private static SubjectDay subject(String subject, int up, LineTest... tests) {
    return new SubjectDay(
        subject,
        10,
        up,
        1,
        2,
        10,
        up,
        Availability.NONE,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(tests));
  }

  private static SchoolDay day(LocalDate date, boolean seen, int first, int second, double mbps) {
    BitSet up = new BitSet();
    if (seen) {
      up.set(0, MINUTES);
    }
    LineTest test =
        new LineTest(
            date.atTime(10, 0).atZone(Registry.ZONE).toInstant().toEpochMilli(),
            (long) (mbps * 1e6),
            10,
            null,
            null);
    List<SubjectDay> subjects = new ArrayList<>();
    subjects.add(subject("terminal:t1", first));
    subjects.add(subject("terminal:t2", second));
    subjects.add(mbps > 0 ? subject("throughput:wan", 0, test) : subject("throughput:wan", 0));
    return new SchoolDay(
        SCHOOL,
        date,
        "c",
        true,
        LessonStates.of(MINUTES, up, new BitSet(), new BitSet()),
        MINUTES,
        0,
        0,
        subjects);
  }

  @Test
  void runsOfSchoolDaysAreCountedAndDaysThatSayNothingAreSkipped() throws Exception {
    SchoolDays days = new SchoolDays(database);
    days.save(
        List.of(
            day(LocalDate.of(2026, 4, 7), true, 5, 5, 20),
            day(LocalDate.of(2026, 4, 8), true, 5, 0, 3),
            day(LocalDate.of(2026, 4, 9), true, 5, 0, 0),
            day(LocalDate.of(2026, 4, 10), false, 0, 0, 8.9),
            day(LocalDate.of(2026, 4, 13), true, 5, 0, 5),
            day(LocalDate.of(2026, 4, 14), true, 5, 0, 2)));
    DaySignals signals = new DaySignals(days, registry);
    List<Signal> now = signals.of(registry.snapshot(), calendars(), school -> 9e6, clock.instant());
    assertThat(now)
        .filteredOn(each -> each.kind() == SignalKind.CLASS_UNSEEN_DAYS)
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.subject()).isEqualTo("class:一2班");
              assertThat(each.value())
                  .as("8, 9, 13 and 14; on the 10th nothing was seen")
                  .isEqualTo(4);
            });
    assertThat(find(now, SignalKind.LINE_SLOW_DAYS))
        .satisfies(
            each -> {
              assertThat(each.value()).as("8, 10, 13 and 14; no test on the 9th").isEqualTo(4);
              assertThat(each.params())
                  .isEqualTo(Map.of("name", "wan", "best", "8.9", "target", "9.0"));
            });
    assertThat(
            new DaySignals(days, registry)
                .of(registry.snapshot(), calendars(), school -> null, clock.instant()))
        .as("without a target no line is slow")
        .noneMatch(each -> each.kind() == SignalKind.LINE_SLOW_DAYS);
  }

  @Test
  void contractsAndDatesComeFromWhatIsDeclared() throws Exception {
    DeclaredValues declared = new DeclaredValues(database, clock);
    declared.put(
        List.of(
            value(SCHOOL, DeclaredIndicator.CONTRACT_END, "2026-05-01"),
            value("440307", DeclaredIndicator.ZONE_DESIGNATED, "2021-04-10")));
    Profile profile = Profile.read(Path.of("../config/targets/GD-2010-18.yaml"));
    Board board = new Board();
    Milestones milestones =
        new Milestones(
            new Milestones.Parts(
                MilestoneFile.read(Path.of("../config/milestones.yaml")),
                declared,
                new AuditLog(database.jdbi(), clock),
                () -> profile,
                () -> board),
            database,
            clock);
    PaperSignals paper = new PaperSignals(declared, milestones);
    List<Signal> now = paper.of(registry.snapshot(), clock.instant());
    assertThat(find(now, SignalKind.CONTRACT_DAYS)).extracting(Signal::value).isEqualTo(16.0);
    assertThat(now)
        .filteredOn(each -> each.kind() == SignalKind.MILESTONE_DAYS)
        .filteredOn(each -> each.key().contains("zone-five-years"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.value()).as("five days past").isEqualTo(-5.0);
              assertThat(each.since())
                  .as("sixty days before it was due")
                  .isEqualTo("2026-02-08T16:00:00Z");
              assertThat(Said.reason(each, Locale.ENGLISH))
                  .endsWith(": was due 2026-04-10, 5 days ago, and is not done.");
              assertThat(Said.reason(each, Locale.CHINESE)).endsWith("应于 2026-04-10 完成,已逾期 5 天。");
            });
    assertThat(find(now, SignalKind.CONTRACT_DAYS))
        .extracting(each -> Said.reason(each, Locale.ENGLISH))
        .isEqualTo("The contract of the school's line ends in 16 days.");
  }

  private static DeclaredValue value(String unit, DeclaredIndicator indicator, String day) {
    DeclaredIndicator.Reading.Good read = (DeclaredIndicator.Reading.Good) indicator.read(day);
    return new DeclaredValue(unit, indicator, read.amount(), WEDNESDAY, "", null);
  }

  private static IntakeCounts counts(long stored, long unavailable) {
    return new IntakeCounts(0, stored, 0, Map.of(), unavailable, 0, 0, 0, 0, 0);
  }

  @Test
  void aStoreThatSendsReportsBackIsRefusingUntilItTakesOne() {
    OwnSignals own = new OwnSignals();
    assertThat(own.of(counts(5, 0), "440307", clock.instant())).isEmpty();
    assertThat(own.of(counts(5, 3), "440307", clock.instant()))
        .singleElement()
        .extracting(Signal::value)
        .isEqualTo(0.0);
    clock.advance(Duration.ofMinutes(4));
    assertThat(own.of(counts(5, 9), "440307", clock.instant()))
        .singleElement()
        .extracting(Signal::value)
        .isEqualTo(4.0);
    assertThat(own.of(counts(6, 9), "440307", clock.instant())).isEmpty();
    own.of(counts(6, 12), "440307", clock.instant());
    clock.advance(Duration.ofMinutes(6));
    assertThat(own.of(counts(6, 12), "440307", clock.instant()))
        .as("nothing came, so nothing is known of it")
        .isEmpty();
  }
}

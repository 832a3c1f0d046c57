package org.rollcall.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.alerts.Alert.State;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.calendar.CalendarFile;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.channels.Message;
import org.rollcall.collector.channels.Message.Tone;
import org.rollcall.collector.channels.Recipient;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.day.MaintenanceWindow;
import org.rollcall.collector.day.MaintenanceWindows;
import org.rollcall.collector.day.MemoryStore;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.problems.ProblemDesk;
import org.rollcall.collector.pulse.Pulse;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.collector.registry.SetClock;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** From what agents say to what people are told, over the real register. */
@OnBothDatabases
class AlertDeskTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final LocalDate WEDNESDAY = LocalDate.of(2026, 11, 25);
  private static final Actor LI = new Actor("li", "10.0.0.9");

  @TempDir Path folder;
  private final SetClock clock = new SetClock(WEDNESDAY, LocalTime.of(9, 0));
  private final MemoryStore store = new MemoryStore();
  private final Pulse pulse = new Pulse(clock, Pulse.DEFAULT_MAX_SUBJECTS);
  private final List<Sent> sent = new ArrayList<>();
  private Database database;
  private Registry registry;
  private ProblemDesk problems;
  private AlertDesk desk;
  private boolean refuse;

  private record Sent(Set<String> channels, List<Recipient> to, Message message) {}

  @BeforeEach
  void open() throws Exception {
    database = home.open(folder.resolve("register"));
    registry = new Registry(database, clock);
    for (String rule : List.of("line-down", "school-silent", "isp-silent", "server-deaf")) {
      Files.createDirectories(folder.resolve("rules"));
      Files.copy(
          Path.of("../config/alerts", rule + ".yaml"), folder.resolve("rules/" + rule + ".yaml"));
    }
    duty(
        """
        people:
          - { id: chen, name: 陈工, mail: chen@district.example }
          - { id: wang, name: 王工, mobile: "13800000000" }
        rotas:
          - { id: all, from: 2026-11-23, days: 1, order: [chen, wang] }
        ways:
          - id: all
            steps:
              - { channels: [bot], to: ["rota:all"] }
              - { after: 2h, impact: 100, channels: [sms], to: [wang] }
        """);
    begin();
  }

  private void duty(String text) throws IOException {
    Files.writeString(folder.resolve("duty.yaml"), text);
  }

  /** The parts of a server that has just started. */
  private void begin() throws Exception {
    Agents agents = new Agents(database.jdbi(), clock, new SecureRandom());
    AuditLog audit = new AuditLog(database.jdbi(), clock);
    SchoolCalendars calendars = SchoolCalendars.everywhere(calendar());
    problems =
        new ProblemDesk(
            new ProblemDesk.Parts(registry, agents, pulse, store, audit, () -> calendars),
            database,
            clock);
    CauseSignals causes = new CauseSignals(pulse);
    AlertSettings settings =
        new AlertSettings(
            folder.resolve("rules"),
            folder.resolve("duty.yaml"),
            Duration.ofSeconds(15),
            Duration.ofDays(100));
    desk =
        new AlertDesk(
            settings,
            new AlertDesk.Parts(
                problems,
                registry,
                audit,
                () -> calendars,
                (register, its, now) -> causes.of(problems.causes(), now),
                new SilenceLook(store, pulse),
                this::post),
            database,
            clock);
  }

  private void post(Handle handle, Set<String> channels, List<Recipient> to, Message message) {
    if (refuse) {
      throw new IllegalStateException("the outbox is full");
    }
    assertThat(handle.isInTransaction()).isTrue();
    sent.add(new Sent(channels, to, message));
  }

  private static SchoolCalendar calendar() throws Exception {
    return SchoolCalendar.of(
        "test",
        SettingsReader.read(
            "test",
            """
            id: test
            title: 测试
            titleEn: Test
            zone: Asia/Shanghai
            version: "1"
            schoolYears:
              - name: 2026-2027
                from: 2026-09-01
                to: 2027-08-31
                terms:
                  - { name: one, from: 2026-09-01, to: 2027-01-29 }
            lessonDays: [monday, tuesday, wednesday, thursday, friday]
            periods:
              - { name: one, from: "08:00", to: "12:00" }
              - { name: two, from: "14:00", to: "16:30" }
            """,
            Path.of("."),
            CalendarFile.class));
  }

  @AfterEach
  void close() {
    desk.close();
    pulse.close();
    database.close();
  }

  private void register(int schools) {
    registry.change(
        change -> {
          change.putRegions(
              List.of(
                  new Region("440307", "龙岗区", "Longgang", Region.Level.COUNTY, null),
                  new Region("440307001", "平湖", "Pinghu", Region.Level.TOWNSHIP, "440307")));
          List<School> all = new ArrayList<>();
          List<SchoolClass> classes = new ArrayList<>();
          for (int i = 0; i < schools; i++) {
            all.add(school(code(i)));
            classes.add(new SchoolClass(code(i), "一1班", 1, true));
            classes.add(new SchoolClass(code(i), "一2班", 1, true));
          }
          change.putSchools(all, Crs.WGS84);
          change.putClasses(classes);
          return null;
        });
  }

  private static School school(String code) {
    return new School(
        code,
        "第" + code.substring(8) + "小学",
        "School " + code.substring(8),
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
        "电信",
        null,
        null);
  }

  private static String code(int i) {
    return "%010d".formatted(2_144_000_000L + i);
  }

  /** What an agent tells each minute. */
  private void tell(int school, double lineUp) {
    tell(
        school,
        seen("link:wan", "up", lineUp),
        seen("agent:a-" + school, "uptimeSeconds", 900_000));
  }

  private void tell(int school, Observation... seen) {
    Report report =
        Report.newBuilder().setAgent("a-" + school).addAllObservations(List.of(seen)).build();
    SchoolReport told = new SchoolReport(code(school), report);
    store.write(List.of(told));
    pulse.stored(List.of(told));
  }

  private Observation seen(String subject, String measure, double value) {
    return Observation.newBuilder()
        .setSubject(subject)
        .setTimeMillis(clock.millis())
        .putMeasures(measure, value)
        .build();
  }

  /** A minute passes, and a round. */
  private void minute() {
    later(Duration.ofMinutes(1));
    problems.refresh();
    desk.round();
  }

  private void later(Duration by) {
    clock.advance(by);
  }

  private void minutes(int n, double... lines) {
    for (int i = 0; i < n; i++) {
      for (int school = 0; school < lines.length; school++) {
        if (lines[school] >= 0) {
          tell(school, lines[school]);
        }
      }
      minute();
    }
  }

  private Alert only() {
    List<AlertDesk.Case> cases = desk.cases(Instant.EPOCH);
    assertThat(cases).hasSize(1);
    return cases.get(0).alert();
  }

  private List<String> titles() {
    return sent.stream().map(each -> each.message().title().en()).toList();
  }

  @Test
  void aLineThatIsDownIsToldToWhoeverIsOnDutyAndSoIsItsEnd() {
    register(1);
    minutes(5, 1);
    minutes(6, 0);
    assertThat(only().state()).isEqualTo(State.FIRING);
    assertThat(sent).hasSize(1);
    Sent first = sent.get(0);
    assertThat(first.channels()).containsExactly("bot");
    assertThat(first.to())
        .extracting(Recipient::name)
        .as("Monday chen, Tuesday wang")
        .containsExactly("陈工");
    assertThat(first.message().title().zh()).isEqualTo("线路中断:第00小学");
    assertThat(first.message().tone()).isEqualTo(Tone.RED);
    assertThat(first.message().lines().get(0).en()).contains("line wan is down");
    assertThat(first.message().path()).isEqualTo("/alerts/" + only().id());
    minutes(7, 1);
    assertThat(only().state()).isEqualTo(State.RESOLVED);
    assertThat(titles()).containsExactly("Line down: School 00", "Over: Line down: School 00");
    assertThat(sent.get(1).channels()).containsExactly("bot");
    assertThat(desk.steps(only().id()))
        .extracting(AlertStep::what)
        .containsExactly("PENDING", "FIRING", "TOLD", "RESOLVED", "TOLD_END");
    minutes(5, 1);
    assertThat(sent).hasSize(2);
  }

  @Test
  void nobodyTakesItOnSoTheNextStepIsDueByTimeOrByImpact() {
    register(1);
    minutes(2, 1);
    minutes(40, 0);
    assertThat(sent).hasSize(1);
    minutes(14, 0);
    assertThat(sent).as("two classes, fifty minutes: 100 class-minutes").hasSize(2);
    assertThat(sent.get(1).channels()).containsExactly("sms");
    assertThat(sent.get(1).to()).extracting(Recipient::mobile).containsExactly("13800000000");
  }

  @Test
  void whoeverTakesItOnIsLeftInPeaceUntilTheAcknowledgementRunsOut() {
    register(1);
    minutes(2, 1);
    minutes(6, 0);
    assertThat(sent).hasSize(1);
    assertThat(
            desk.acknowledge(LI, only(), "on my way", clock.instant().plus(Duration.ofMinutes(60))))
        .isTrue();
    assertThat(desk.cases(null).get(0).ack()).isNotNull();
    assertThat(problems.cases(school -> true).get(0).acknowledged()).isNotNull();
    minutes(59, 0);
    assertThat(sent).hasSize(1);
    minutes(3, 0);
    assertThat(sent).as("the step that is due by impact").hasSize(2);
    assertThat(desk.cases(null).get(0).ack()).isNull();
  }

  @Test
  void atNightItIsKeptForTheHourBeforeTheFirstLesson() {
    register(1);
    clock.set(WEDNESDAY, LocalTime.of(22, 0));
    minutes(2, 1);
    minutes(6, 0);
    assertThat(only().state()).isEqualTo(State.FIRING);
    assertThat(sent).isEmpty();
    clock.set(WEDNESDAY.plusDays(1), LocalTime.of(6, 57));
    minutes(2, 0);
    assertThat(sent).isEmpty();
    minutes(2, 0);
    assertThat(sent).as("07:00").hasSize(1);
  }

  @Test
  void whatIsOverBeforeAnybodyWasToldIsToldToNobody() {
    register(1);
    clock.set(WEDNESDAY, LocalTime.of(22, 0));
    minutes(2, 1);
    minutes(6, 0);
    minutes(7, 1);
    clock.set(WEDNESDAY.plusDays(1), LocalTime.of(7, 30));
    minutes(5, 1);
    assertThat(only().state()).isEqualTo(State.RESOLVED);
    assertThat(sent).isEmpty();
  }

  @Test
  void schoolsOfOneIspAreOneAlertAndTheirLinesStandBehindIt() {
    register(12);
    minutes(2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    minutes(30, -1, -1, -1, -1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(titles()).containsOnly("ISP down for several schools: Pinghu");
    assertThat(sent).as("the first step, and the one due by impact").hasSize(2);
    assertThat(sent.get(0).message().lines()).anyMatch(line -> line.en().contains("School 03"));
    sent.clear();
    minutes(8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(titles()).containsExactly("Over: ISP down for several schools: Pinghu");
    assertThat(sent.get(0).channels()).containsExactlyInAnyOrder("bot", "sms");
  }

  @Test
  void whenAllFallSilentItIsThisServerAndOneAlert() {
    register(8);
    minutes(2, 1, 1, 1, 1, 1, 1, 1, 1);
    minutes(20);
    assertThat(titles()).containsOnly("This server hears nobody: Pinghu");
    assertThat(sent).as("the first step, and the one due by impact").hasSize(2);
  }

  @Test
  void whatASilenceWasIsToldWhenTheSchoolIsHeardAgain() {
    register(9);
    minutes(2, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    Instant cut = clock.instant();
    minutes(20, -1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(titles()).containsExactly("School silent: School 00");
    // The agent ran on with its port down, and its spool tells so now.
    List<Observation> spool = new ArrayList<>();
    for (int i = 3; i < 19; i++) {
      long at = cut.plus(Duration.ofMinutes(i)).toEpochMilli();
      spool.add(seen("link:wan", "up", 0).toBuilder().setTimeMillis(at).build());
      spool.add(seen("agent:a-0", "uptimeSeconds", 900_000).toBuilder().setTimeMillis(at).build());
    }
    tell(0, spool.toArray(Observation[]::new));
    minutes(8, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(sent).as("back-filled lines that were down call nobody").hasSize(2);
    assertThat(sent.get(1).message().lines())
        .anyMatch(
            line -> line.en().contains("The line was cut: the agent ran on and saw link:wan down"));
  }

  @Test
  void aRestartNeitherRepeatsNorForgets() throws Exception {
    register(1);
    minutes(2, 1);
    minutes(6, 0);
    long id = only().id();
    assertThat(sent).hasSize(1);
    desk.close();
    begin();
    minutes(3, 0);
    assertThat(only().id()).isEqualTo(id);
    assertThat(sent).hasSize(1);
    desk.close();
    later(Duration.ofHours(1));
    begin();
    minutes(8, 1);
    assertThat(only().state()).isEqualTo(State.RESOLVED);
    assertThat(titles()).containsExactly("Line down: School 00", "Over: Line down: School 00");
  }

  @Test
  void afterThisServerSleptNobodyIsSaidToBeSilent() throws Exception {
    register(9);
    minutes(2, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    desk.close();
    later(Duration.ofHours(2));
    begin();
    minutes(9);
    assertThat(desk.cases(Instant.EPOCH)).isEmpty();
    minutes(5);
    assertThat(titles()).containsOnly("This server hears nobody: Pinghu");
  }

  @Test
  void whatCannotBePostedIsPostedByTheNextRound() {
    register(1);
    minutes(2, 1);
    minutes(2, 0);
    refuse = true;
    for (int i = 0; i < 3; i++) {
      tell(0, 0.0);
      later(Duration.ofMinutes(1));
      problems.refresh();
      try {
        desk.round();
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("the outbox is full");
      }
    }
    assertThat(desk.steps(1)).extracting(AlertStep::what).doesNotContain("TOLD");
    refuse = false;
    minutes(1, 0);
    assertThat(sent).hasSize(1);
    assertThat(desk.steps(only().id()))
        .extracting(AlertStep::what)
        .containsExactly("PENDING", "FIRING", "TOLD");
  }

  @Test
  void aMuteHasAnEndAndSaysWhy() {
    register(1);
    Instant until = clock.instant().plus(Duration.ofMinutes(30));
    Mute mute =
        desk.mutes()
            .add(LI, new Mute(0, "line-down", code(0), clock.instant(), until, "cables", "li"));
    minutes(2, 1);
    minutes(20, 0);
    assertThat(sent).isEmpty();
    assertThat(desk.cases(null).get(0).muted()).isTrue();
    minutes(10, 0);
    assertThat(sent).as("it is still down when the mute ends").isNotEmpty();
    assertThat(desk.mutes().end(LI, mute)).as("it has ended").isFalse();
  }

  @Test
  void inMaintenanceNobodyIsTold() {
    register(1);
    minutes(2, 1);
    new MaintenanceWindows(database)
        .add(
            new MaintenanceWindow(
                null,
                code(0),
                clock.instant(),
                clock.instant().plus(Duration.ofHours(1)),
                "new cables"));
    minutes(50, 0);
    assertThat(sent).isEmpty();
    assertThat(desk.cases(null)).isEmpty();
  }

  @Test
  void rulesAndDutyAreReadAgainAndAWrongFileChangesNothing() throws Exception {
    register(1);
    minutes(2, 1);
    Files.writeString(folder.resolve("rules/line-down.yaml"), "id: line-down\nraise: 3\n");
    minutes(1, 1);
    assertThat(desk.problems()).isNotEmpty();
    assertThat(desk.rules().all()).hasSize(4);
    minutes(6, 0);
    assertThat(sent).hasSize(1);
    duty("people: []\n");
    minutes(1, 0);
    assertThat(desk.duty().ways()).isEmpty();
    assertThat(Map.of("problems", desk.problems().size())).doesNotContainEntry("problems", 0);
  }
}

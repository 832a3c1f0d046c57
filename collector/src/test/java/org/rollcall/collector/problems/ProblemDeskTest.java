package org.rollcall.collector.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.day.MemoryStore;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.problems.Case.State;
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

@OnBothDatabases
class ProblemDeskTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final Actor LI = new Actor("li", "10.0.0.9");

  @TempDir Path folder;
  private final SetClock clock = new SetClock(Looks.WEDNESDAY, LocalTime.of(10, 20));
  private final MemoryStore store = new MemoryStore();
  private final Pulse pulse = new Pulse(clock, Pulse.DEFAULT_MAX_SUBJECTS);
  private Database database;
  private Registry registry;
  private Agents agents;
  private AuditLog audit;
  private ProblemDesk desk;

  @BeforeEach
  void open() {
    database = home.open(folder);
    registry = new Registry(database, clock);
    agents = new Agents(database.jdbi(), clock, new SecureRandom());
    audit = new AuditLog(database.jdbi(), clock);
    SchoolCalendars calendars = SchoolCalendars.everywhere(Looks.CALENDAR);
    desk =
        new ProblemDesk(
            new ProblemDesk.Parts(registry, agents, pulse, store, audit, () -> calendars),
            database,
            clock);
  }

  @AfterEach
  void close() {
    pulse.close();
    database.close();
  }

  private void register(int schools, int classes) {
    List<School> all = new ArrayList<>();
    List<SchoolClass> rooms = new ArrayList<>();
    List<Device> devices = new ArrayList<>();
    for (int i = 0; i < schools; i++) {
      String code = code(i);
      all.add(Looks.school(code, "440307%03d".formatted(1 + i / 50), i % 2 == 0 ? "电信" : "移动"));
      for (int c = 1; c <= classes; c++) {
        rooms.add(new SchoolClass(code, "c" + c, 1, true));
        devices.add(new Device(code, "c" + c, "terminal", "t" + c, "10.0.0." + c, "snmp"));
      }
    }
    registry.change(
        change -> {
          List<Region> regions = new ArrayList<>();
          regions.add(new Region("440307", "龙岗区", "Longgang", Region.Level.COUNTY, null));
          for (int i = 0; i <= (schools - 1) / 50; i++) {
            String code = "440307%03d".formatted(1 + i);
            regions.add(new Region(code, "镇" + i, "T" + i, Region.Level.TOWNSHIP, "440307"));
          }
          change.putRegions(regions);
          change.putSchools(all, Crs.WGS84);
          change.putClasses(rooms);
          change.putDevices(devices);
          return null;
        });
  }

  private static String code(int i) {
    return "%010d".formatted(2_144_000_000L + i);
  }

  private void tell(String school, Observation... seen) {
    Report report = Report.newBuilder().setAgent("a-1").addAllObservations(List.of(seen)).build();
    SchoolReport told = new SchoolReport(school, report);
    store.write(List.of(told));
    pulse.stored(List.of(told));
  }

  private void later(Duration by) {
    Instant now = clock.instant().plus(by);
    clock.set(Looks.WEDNESDAY, LocalTime.ofInstant(now, Registry.ZONE));
  }

  private Observation line(double up) {
    return Looks.seen("link:wan", clock.instant(), "", "up", up);
  }

  private Case only() {
    desk.refresh();
    List<Case> cases = desk.cases(school -> true);
    assertThat(cases).hasSize(1);
    return cases.get(0);
  }

  @Test
  void anAcknowledgementEndsWithItsCause() {
    register(1, 2);
    tell(code(0), line(1));
    later(Duration.ofMinutes(1));
    tell(code(0), line(0));
    String id = only().cause().id();
    assertThat(only().state()).isEqualTo(State.OPEN);
    later(Duration.ofMinutes(1));
    Cause cause = only().cause();
    desk.acknowledge(LI, cause, "on my way");
    desk.comment(LI, cause, "the converter has no power");
    desk.ticket(LI, cause, "T-7", "wang", Ticket.State.IN_WORK);
    assertThat(only().state()).isEqualTo(State.ACKNOWLEDGED);
    assertThat(only().acknowledged()).isEqualTo(new Note("li", clock.instant(), "on my way"));
    assertThat(only().ticket()).extracting(Ticket::number).isEqualTo("T-7");
    assertThat(only().comments()).isOne();
    assertThat(audit.list(new AuditLog.Filter("li", "problem."), 0, 10).entries())
        .extracting(AuditEntry::action)
        .containsExactly("problem.ticket", "problem.comment", "problem.acknowledge");

    later(Duration.ofMinutes(1));
    tell(code(0), line(1));
    desk.refresh();
    assertThat(desk.cases(school -> true)).isEmpty();
    later(Duration.ofMinutes(2));
    tell(code(0), line(0));
    assertThat(only().cause().id()).isEqualTo(id);
    assertThat(only().state()).as("it broke again").isEqualTo(State.OPEN);
    assertThat(only().ticket()).isNull();
    assertThat(desk.comments(id))
        .as("what was found last time helps")
        .extracting(Note::comment)
        .containsExactly("the converter has no power");
  }

  @Test
  void inAMaintenanceWindowNobodyIsCalled() {
    register(1, 2);
    tell(code(0), line(0));
    Instant now = clock.instant();
    desk.plan(LI, only().cause(), now, now.plusSeconds(3600), "new cables");
    later(Duration.ofSeconds(10));
    assertThat(only().state()).isEqualTo(State.PLANNED);
  }

  @Test
  void whoSeesOneSchoolOfSeveralIsToldOfThatOneOnly() {
    register(8, 2);
    for (int i = 0; i < 8; i += 2) {
      tell(code(i), line(1));
    }
    later(Duration.ofMinutes(20));
    assertThat(only().cause().kind()).isEqualTo(CauseKind.SILENT_TOGETHER);
    assertThat(desk.cases(code(2)::equals))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.cause().kind()).isEqualTo(CauseKind.AGENT_SILENT);
              assertThat(one.cause().schools()).containsExactly(code(2));
              assertThat(desk.find(one.cause().id(), code(2)::equals)).isEqualTo(one);
              assertThat(desk.find(only().cause().id(), code(2)::equals)).isNull();
            });
    assertThat(desk.cases(code(1)::equals)).isEmpty();
  }

  @Test
  void anAgentIsSilentBehindOrSkewedByWhatItSaysOfItself() {
    register(1, 2);
    String foreign = agents.addForeign(code(0)).userName();
    agents.seen(List.of(foreign));
    assertThat(desk.agents(school -> true)).hasSize(1).allMatch(a -> a.faults().isEmpty());
    tell(
        code(0),
        Looks.seen(
            "agent:" + foreign,
            clock.instant(),
            "disk-error",
            "spoolReports",
            500,
            "clockSkewSeconds",
            -45));
    later(Duration.ofMinutes(11));
    assertThat(desk.agents(school -> true).get(0).faults())
        .containsExactly(
            AgentNow.Fault.SILENT,
            AgentNow.Fault.BEHIND,
            AgentNow.Fault.SKEWED,
            AgentNow.Fault.UNWELL);
    assertThat(desk.agents(school -> false)).isEmpty();
  }

  /** A bureau with 2,000 schools, half of them cut off: nobody waits for the page. */
  @Test
  void twoThousandSchoolsAreLookedThroughInSeconds() {
    register(2_000, 20);
    for (int i = 0; i < 2_000; i += 2) {
      tell(code(i), line(1));
    }
    later(Duration.ofMinutes(20));
    for (int i = 1; i < 2_000; i += 2) {
      tell(code(i), line(i % 20 == 1 ? 0 : 1));
    }
    long cold = millis();
    desk.refresh();
    long warm = millis();
    System.out.printf("2,000 schools on %s: %d ms at first, then %d ms%n", home, cold, warm);
    assertThat(warm).isLessThan(10_000);
    assertThat(desk.cases(school -> true))
        .as("one for the ISP, and a line a school")
        .hasSize(1 + 100);
  }

  private long millis() {
    long from = System.nanoTime();
    assertThat(desk.cases(school -> true)).isNotEmpty();
    return (System.nanoTime() - from) / 1_000_000;
  }
}

package org.rollcall.collector.rectification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.rectification.Task.Failed;
import org.rollcall.collector.rectification.Task.Plan;
import org.rollcall.collector.rectification.Task.State;
import org.rollcall.collector.rectification.Tasks.Wanted;
import org.rollcall.collector.registry.SetClock;

@OnBothDatabases
class TasksTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final Actor TECH = new Actor("tech", "10.0.0.1");
  private static final Actor HEAD = new Actor("head", "10.0.0.2");
  private static final String SCHOOL = "2144000001";
  private static final LocalDate DAY = LocalDate.of(2026, 9, 16);
  private static final Failed FAILED = new Failed("P", "R", DAY, 30.5, 50.0, "Mbps");
  private static final Plan PLAN = new Plan("李老师", "换光纤", DAY.plusDays(10));

  @TempDir Path folder;
  private final SetClock clock = new SetClock(DAY, LocalTime.of(10, 20));
  private Database database;
  private AuditLog audit;
  private Tasks tasks;

  @BeforeEach
  void open() {
    database = home.open(folder);
    audit = new AuditLog(database.jdbi(), clock);
    tasks = new Tasks(database, audit, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Task made() {
    return now(tasks.make(TECH, List.of(new Wanted(SCHOOL, FAILED)), PLAN).get(0));
  }

  private Task now(long id) {
    return tasks.find(id).orElseThrow();
  }

  private List<AuditEntry> written() {
    return audit.list(new AuditLog.Filter("", "task."), 0, 50).entries();
  }

  private void judged(LocalDate day, String outcome) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO verdict_day (school, profile, rule, date, outcome, evidence,"
                        + " disputed) VALUES (?, 'P', 'R', ?, ?, 'MEASURED', 0)",
                    SCHOOL,
                    day.toString(),
                    outcome));
  }

  @Test
  void aTaskIsKeptAsItWasMadeWithItsStepAndItsEntry() {
    Task task = made();
    assertThat(task.failed()).isEqualTo(FAILED);
    assertThat(task.plan()).isEqualTo(PLAN);
    assertThat(task.state()).isEqualTo(State.OPEN);
    assertThat(task.account()).isEqualTo("tech");
    assertThat(tasks.of(SCHOOL)).containsExactly(task);
    assertThat(tasks.all()).containsExactly(task);
    assertThat(tasks.of("2144000002")).isEmpty();
    assertThat(tasks.steps(task.id())).extracting(Task.Step::state).containsExactly(State.OPEN);
    assertThat(written()).singleElement().extracting(AuditEntry::action).isEqualTo("task.make");
  }

  @Test
  void anUnknownValueStaysUnknown() {
    Failed unknown = new Failed("P", "R", DAY, null, null, "");
    long id = tasks.make(TECH, List.of(new Wanted(SCHOOL, unknown)), PLAN).get(0);
    assertThat(now(id).failed()).isEqualTo(unknown);
  }

  @Test
  void aSchoolHasOnePendingTaskForARuleAndAnotherOnceThatHasEnded() {
    Task first = made();
    Wanted again = new Wanted(SCHOOL, FAILED);
    Wanted other = new Wanted("2144000002", FAILED);
    List<Long> made = tasks.make(TECH, List.of(again, other), PLAN);
    assertThat(made).hasSize(1);
    assertThat(now(made.get(0)).school()).isEqualTo("2144000002");
    assertThat(written()).hasSize(2);
    assertThat(tasks.cancel(TECH, first, "搬迁")).isTrue();
    assertThat(tasks.make(TECH, List.of(again), PLAN)).hasSize(1);
  }

  @Test
  void whatIsMendedIsClosedByALaterVerdictAlone() {
    Task task = made();
    judged(DAY, "MET");
    assertThat(tasks.done(HEAD, task, "已换")).isTrue();
    assertThat(tasks.done(HEAD, task, "已换")).isFalse();
    assertThat(tasks.retest()).isZero();
    clock.set(DAY.plusDays(2), LocalTime.NOON);
    assertThat(tasks.retest()).isZero();
    judged(DAY.plusDays(1), "INSUFFICIENT_DATA");
    assertThat(tasks.retest()).isZero();
    judged(DAY.plusDays(2), "MET");
    assertThat(tasks.retest()).isEqualTo(1);
    assertThat(tasks.retest()).isZero();
    Task closed = now(task.id());
    assertThat(closed.state()).isEqualTo(State.CLOSED);
    assertThat(closed.closed()).isEqualTo(DAY.plusDays(2));
    assertThat(closed.isClosedInTime()).isTrue();
    assertThat(tasks.cancel(TECH, closed, "x")).isFalse();
    assertThat(tasks.steps(task.id()))
        .extracting(Task.Step::account)
        .containsExactly("tech", "head", "");
    assertThat(written()).hasSize(3);
  }

  @Test
  void aFailedRetestOpensItAgainAndIsCounted() {
    Task task = made();
    tasks.done(HEAD, task, "");
    clock.set(DAY.plusDays(1), LocalTime.NOON);
    judged(DAY.plusDays(1), "NOT_MET");
    assertThat(tasks.retest()).isEqualTo(1);
    Task again = now(task.id());
    assertThat(again.state()).isEqualTo(State.OPEN);
    assertThat(again.failedRetests()).isEqualTo(1);
    assertThat(again.done()).isNull();
    assertThat(tasks.done(HEAD, again, "")).isTrue();
    assertThat(now(task.id()).done()).isEqualTo(DAY.plusDays(1));
  }

  @Test
  void whoHowAndByWhenMayChangeAndTheFirstDeadlineStays() {
    Task task = made();
    Plan other = new Plan("王老师", "换光纤", DAY.plusDays(20));
    assertThat(tasks.change(TECH, task, other, "运营商缺料")).isTrue();
    assertThat(now(task.id()).plan()).isEqualTo(other);
    assertThat(now(task.id()).firstDeadline()).isEqualTo(DAY.plusDays(10));
    assertThat(tasks.steps(task.id()))
        .last()
        .extracting(Task.Step::text)
        .isEqualTo("李老师 → 王老师\n2026-09-26 → 2026-10-06\n运营商缺料");
    assertThat(written())
        .filteredOn(entry -> entry.action().equals("task.change"))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.detail())
                    .contains("\"deadline\":\"2026-09-26 → 2026-10-06\"", "运营商缺料")
                    .doesNotContain("measure"));

    Plan third = new Plan("王老师", "换光纤", DAY.plusDays(30));
    assertThat(tasks.change(TECH, task, third, "x")).as("it is not as it was").isFalse();
    assertThat(tasks.change(TECH, now(task.id()), third, "仍缺料")).isTrue();
    assertThat(now(task.id()).firstDeadline()).as("the very first").isEqualTo(DAY.plusDays(10));
  }

  @Test
  void aNewPersonAloneMovesNoDeadlineAndWhatIsDoneIsNotChanged() {
    Task task = made();
    Plan other = new Plan("王老师", "换光纤", DAY.plusDays(10));
    assertThat(tasks.change(TECH, task, other, "调岗")).isTrue();
    assertThat(now(task.id()).firstDeadline()).isNull();
    assertThat(tasks.done(HEAD, now(task.id()), "")).isTrue();
    assertThat(tasks.change(TECH, now(task.id()), PLAN, "x")).isFalse();
    assertThat(now(task.id()).plan()).isEqualTo(other);
  }

  @Test
  void aCancelledTaskIsNotTested() {
    Task task = made();
    tasks.done(HEAD, task, "");
    assertThat(tasks.cancel(TECH, now(task.id()), "搬迁")).isTrue();
    clock.set(DAY.plusDays(1), LocalTime.NOON);
    judged(DAY.plusDays(1), "MET");
    assertThat(tasks.retest()).isZero();
    assertThat(now(task.id()).state()).isEqualTo(State.CANCELLED);
  }
}

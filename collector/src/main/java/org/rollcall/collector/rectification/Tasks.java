package org.rollcall.collector.rectification;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.judge.Mark;
import org.rollcall.collector.judge.Verdicts;
import org.rollcall.collector.rectification.Task.Failed;
import org.rollcall.collector.rectification.Task.Plan;
import org.rollcall.collector.rectification.Task.State;
import org.rollcall.collector.rectification.Task.Step;
import org.rollcall.collector.registry.Registry;

/**
 * The tasks in the register. A change, its step and its entry in the audit log are one transaction.
 * Any thread; every call blocks on the database.
 */
public final class Tasks {
  /** Who closes tasks and opens them again. */
  private static final Actor JUDGE = new Actor("", "judge");

  private final Database database;
  private final Verdicts verdicts;
  private final AuditLog audit;
  private final Clock clock;

  public Tasks(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.verdicts = new Verdicts(database);
    this.audit = audit;
    this.clock = clock;
  }

  /** A task that is wanted: of a school, for what it failed. */
  public record Wanted(String school, Failed failed) {}

  /** The day it is where the schools are. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), Registry.ZONE);
  }

  /**
   * Makes tasks, all or none; a school with a pending task for the rule gets no second one.
   *
   * @return the ids of those that were made
   */
  public List<Long> make(Actor by, Collection<Wanted> wanted, Plan plan) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              List<Long> made = new ArrayList<>();
              for (Wanted each : wanted) {
                insert(handle, by, each, plan)
                    .ifPresent(
                        id -> {
                          made.add(id);
                          step(handle, by, id, State.OPEN, plan.measure());
                          audit.record(handle, by, "task.make", each.school(), detail(each, plan));
                        });
              }
              return made;
            });
  }

  private static Map<String, Object> detail(Wanted wanted, Plan plan) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("profile", wanted.failed().profile());
    detail.put("rule", wanted.failed().rule());
    detail.put("person", plan.person());
    detail.put("deadline", plan.deadline().toString());
    return detail;
  }

  private Optional<Long> insert(Handle handle, Actor by, Wanted wanted, Plan plan) {
    Failed failed = wanted.failed();
    int rows =
        handle
            .createUpdate(
                "INSERT INTO rectification_task (school, profile, rule, date, value, threshold, unit,"
                    + " person, measure, deadline, state, failed_retests, account, at_millis,"
                    + " changed_millis) VALUES (:school, :profile, :rule, :date, :value, :threshold,"
                    + " :unit, :person, :measure, :deadline, 'OPEN', 0, :account, :now, :now)"
                    + " ON CONFLICT (school, profile, rule) WHERE state IN ('OPEN', 'DONE')"
                    + " DO NOTHING")
            .bind("school", wanted.school())
            .bind("profile", failed.profile())
            .bind("rule", failed.rule())
            .bind("date", failed.date().toString())
            .bind("value", failed.value())
            .bind("threshold", failed.threshold())
            .bind("unit", failed.unit())
            .bind("person", plan.person())
            .bind("measure", plan.measure())
            .bind("deadline", plan.deadline().toString())
            .bind("account", by.account())
            .bind("now", clock.millis())
            .execute();
    if (rows == 0) {
      return Optional.empty();
    }
    return handle
        .createQuery(
            "SELECT id FROM rectification_task WHERE school = :school AND profile = :profile"
                + " AND rule = :rule AND state = 'OPEN'")
        .bind("school", wanted.school())
        .bind("profile", failed.profile())
        .bind("rule", failed.rule())
        .mapTo(Long.class)
        .findOne();
  }

  /**
   * A school says that it is mended.
   *
   * @return false if the task is not open, or no longer
   */
  public boolean done(Actor by, Task task, String text) {
    return move(by, task, State.OPEN, State.DONE, text);
  }

  /**
   * Ends a task that is not to be followed.
   *
   * @return false if the task has ended already
   */
  public boolean cancel(Actor by, Task task, String reason) {
    return task.state().isPending() && move(by, task, task.state(), State.CANCELLED, reason);
  }

  /**
   * Has it mended by somebody else, otherwise or by another day. The first deadline stays beside a
   * later one.
   *
   * @param reason for the history
   * @return false if the task is not open, or no longer as it is here
   */
  public boolean change(Actor by, Task task, Plan plan, String reason) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              int rows =
                  handle
                      .createUpdate(
                          "UPDATE rectification_task SET person = :person, measure = :measure,"
                              + " first_deadline = CASE WHEN deadline = :deadline"
                              + " THEN first_deadline ELSE COALESCE(first_deadline, deadline) END,"
                              + " deadline = :deadline, changed_millis = :now"
                              + " WHERE id = :id AND state = 'OPEN' AND deadline = :before")
                      .bind("person", plan.person())
                      .bind("measure", plan.measure())
                      .bind("deadline", plan.deadline().toString())
                      .bind("before", task.plan().deadline().toString())
                      .bind("now", clock.millis())
                      .bind("id", task.id())
                      .execute();
              if (rows == 0) {
                return false;
              }
              Map<String, Object> detail = new LinkedHashMap<>();
              detail.put("task", task.id());
              detail.put("rule", task.failed().rule());
              List<String> changes = new ArrayList<>();
              changed("person", task.plan().person(), plan.person(), detail, changes);
              changed("measure", task.plan().measure(), plan.measure(), detail, changes);
              changed(
                  "deadline",
                  task.plan().deadline().toString(),
                  plan.deadline().toString(),
                  detail,
                  changes);
              detail.put("reason", reason);
              changes.add(reason);
              step(handle, by, task.id(), State.OPEN, String.join("\n", changes));
              audit.record(handle, by, "task.change", task.school(), detail);
              return true;
            });
  }

  private static void changed(
      String what, String before, String after, Map<String, Object> detail, List<String> changes) {
    if (!before.equals(after)) {
      String change = before + " → " + after;
      detail.put(what, change);
      changes.add(change);
    }
  }

  private boolean move(Actor by, Task task, State from, State to, String text) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              Update update =
                  handle
                      .createUpdate(
                          "UPDATE rectification_task SET state = :to, changed_millis = :now,"
                              + " done_day = COALESCE(:done, done_day)"
                              + " WHERE id = :id AND state = :from")
                      .bind("done", to == State.DONE ? today().toString() : null);
              return moved(handle, update, by, task, from, to, text);
            });
  }

  /** Only whoever finds the task as it was moves it; two at once do not write it twice. */
  private boolean moved(
      Handle handle, Update update, Actor by, Task task, State from, State to, String text) {
    int rows =
        update
            .bind("id", task.id())
            .bind("from", from.name())
            .bind("to", to.name())
            .bind("now", clock.millis())
            .execute();
    if (rows == 0) {
      return false;
    }
    step(handle, by, task.id(), to, text);
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("task", task.id());
    detail.put("rule", task.failed().rule());
    detail.put("state", to.name());
    audit.record(handle, by, "task.move", task.school(), detail);
    return true;
  }

  /**
   * Lets the judge's verdicts decide the tasks that are said to be mended.
   *
   * @return how many they decided
   */
  public int retest() {
    int decided = 0;
    for (Task task : list(" WHERE state = 'DONE'", Map.of())) {
      LocalDate done = task.done();
      LocalDate today = today();
      if (done == null || !done.isBefore(today)) {
        continue;
      }
      List<Mark> marks =
          verdicts.marks(task.school(), task.failed().profile(), done.plusDays(1), today);
      Optional<Retest> retest = Retest.of(task, marks);
      if (retest.isPresent() && decide(task, retest.get())) {
        decided++;
      }
    }
    return decided;
  }

  private boolean decide(Task task, Retest retest) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              Update update =
                  handle
                      .createUpdate(
                          "UPDATE rectification_task SET state = :to, changed_millis = :now,"
                              + " closed_day = :closed, failed_retests = failed_retests + :failed,"
                              + " done_day = CASE WHEN :failed = 1 THEN NULL ELSE done_day END"
                              + " WHERE id = :id AND state = :from")
                      .bind("closed", retest.passed() ? retest.date().toString() : null)
                      .bind("failed", retest.passed() ? 0 : 1);
              State to = retest.passed() ? State.CLOSED : State.OPEN;
              return moved(handle, update, JUDGE, task, State.DONE, to, retest.date().toString());
            });
  }

  private void step(Handle handle, Actor by, long task, State state, String text) {
    handle.execute(
        "INSERT INTO rectification_step (task, state, account, at_millis, text)"
            + " VALUES (?, ?, ?, ?, ?)",
        task,
        state.name(),
        by.account(),
        clock.millis(),
        text);
  }

  /** Every task, what was made first first. */
  public List<Task> all() {
    return list("", Map.of());
  }

  /** A school's tasks, what was made first first. */
  public List<Task> of(String school) {
    return list(" WHERE school = :school", Map.of("school", school));
  }

  /** The task with this id. */
  public Optional<Task> find(long id) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM rectification_task WHERE id = :id")
                    .bind("id", id)
                    .map(Tasks::task)
                    .findOne());
  }

  private List<Task> list(String where, Map<String, String> values) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM rectification_task" + where + " ORDER BY id")
                    .bindMap(values)
                    .map(Tasks::task)
                    .list());
  }

  /** What became of a task, oldest first. */
  public List<Step> steps(long task) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM rectification_step WHERE task = :task ORDER BY id")
                    .bind("task", task)
                    .map(
                        row ->
                            new Step(
                                State.valueOf(text(row, "state")),
                                text(row, "account"),
                                time(row, "at_millis"),
                                text(row, "text")))
                    .list());
  }

  private static Task task(RowView row) {
    return new Task(
        row.getColumn("id", Long.class),
        text(row, "school"),
        new Failed(
            text(row, "profile"),
            text(row, "rule"),
            LocalDate.parse(text(row, "date")),
            row.getColumn("value", Double.class),
            row.getColumn("threshold", Double.class),
            text(row, "unit")),
        new Plan(text(row, "person"), text(row, "measure"), LocalDate.parse(text(row, "deadline"))),
        day(row, "first_deadline"),
        State.valueOf(text(row, "state")),
        day(row, "done_day"),
        row.getColumn("failed_retests", Integer.class),
        day(row, "closed_day"),
        text(row, "account"),
        time(row, "at_millis"),
        time(row, "changed_millis"));
  }

  private static String text(RowView row, String column) {
    return row.getColumn(column, String.class);
  }

  private static Instant time(RowView row, String column) {
    return Instant.ofEpochMilli(row.getColumn(column, Long.class));
  }

  private static @Nullable LocalDate day(RowView row, String column) {
    @Nullable String day = row.getColumn(column, String.class);
    return day == null ? null : LocalDate.parse(day);
  }
}

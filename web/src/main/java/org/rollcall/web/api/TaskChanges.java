package org.rollcall.web.api;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.rectification.Task;
import org.rollcall.collector.rectification.Task.Failed;
import org.rollcall.collector.rectification.Task.Plan;
import org.rollcall.collector.rectification.Tasks;
import org.rollcall.collector.rectification.Tasks.Wanted;
import org.rollcall.collector.registry.School;

/** Technicians make and cancel tasks; a school says that it is mended; the judge alone closes. */
final class TaskChanges {
  private static final int MOST_RULE = 64;
  private static final int MOST_PERSON = 64;
  private static final int MOST_DAY = 10;

  /** No deadline lies further away; a later one is a mistyped year. Project default. */
  private static final int LATEST_DAYS = 1_096;

  private final District district;
  private final Tasks tasks;
  private final TaskCalls calls;

  /** What came of making tasks for a region. */
  private record Made(int made) {}

  TaskChanges(District district, Tasks tasks) {
    this.district = district;
    this.tasks = tasks;
    this.calls = new TaskCalls(district, tasks);
  }

  /** {@code POST /api/v1/schools/{code}/tasks}: {@code rule}, who, how, by when. */
  Object make(Change change) {
    Request request = change.request();
    View view = district.view(request);
    School school = view.school(request.path("code"));
    requireOperator(request);
    String rule = change.text("rule", MOST_RULE);
    Plan plan = plan(change);
    List<Wanted> wanted = wanted(view, school, rule);
    if (wanted.isEmpty()) {
      throw ApiProblem.notNow(
          "not-failed",
          "The school does not fail the rule '" + rule + "': there is nothing to mend.",
          "该校的“" + rule + "”并非未达标,无需整改。");
    }
    if (tasks.make(request.actor(), wanted, plan).isEmpty()) {
      throw ApiProblem.notNow(
          "task-pending",
          "A task for this rule is open already: follow that one.",
          "该项已有未办结的整改任务,请跟进原任务。");
    }
    return calls.ofSchool(request, view, school);
  }

  /** {@code POST /api/v1/regions/{code}/tasks}: one for every school that fails the rule. */
  Object makeAll(Change change) {
    Request request = change.request();
    View view = district.view(request);
    String region = view.region(request.path("code")).code();
    requireOperator(request);
    String rule = change.text("rule", MOST_RULE);
    Plan plan = plan(change);
    List<Wanted> wanted = new ArrayList<>();
    for (School school : view.schools(region)) {
      wanted.addAll(wanted(view, school, rule));
    }
    return new Made(tasks.make(request.actor(), wanted, plan).size());
  }

  private static List<Wanted> wanted(View view, School school, String rule) {
    return TaskView.failed(view, school).stream()
        .filter(verdict -> verdict.rule().equals(rule))
        .map(verdict -> new Wanted(school.code(), failed(verdict)))
        .toList();
  }

  private static Failed failed(Verdict verdict) {
    return new Failed(
        verdict.profile(),
        verdict.rule(),
        verdict.to(),
        verdict.value(),
        verdict.threshold(),
        verdict.unit());
  }

  private Plan plan(Change change) {
    String person = change.textOrNull("person", MOST_PERSON);
    String measure = change.textOrNull("measure", Plan.LONGEST);
    return new Plan(person == null ? "" : person, measure == null ? "" : measure, deadline(change));
  }

  private LocalDate deadline(Change change) {
    String text = change.text("deadline", MOST_DAY);
    try {
      LocalDate day = LocalDate.parse(text);
      LocalDate today = tasks.today();
      if (!day.isBefore(today) && !day.isAfter(today.plusDays(LATEST_DAYS))) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // Answered below: no day and a day out of range get the same sentence.
    }
    throw ApiProblem.badBody(
        "The deadline is today or a day of the next three years, written as 2026-09-01.",
        "整改期限应为今天起三年内的日期,写作 2026-09-01。");
  }

  /** {@code POST /api/v1/tasks/{id}/done}, with a {@code text} or none. */
  Object done(Change change) {
    Request request = change.request();
    View view = district.view(request);
    Task task = calls.find(request, view);
    if (!TaskView.maySayDone(request.viewer().role())) {
      throw ApiProblem.notYourTask();
    }
    String text = change.textOrNull("text", Plan.LONGEST);
    requireMoved(tasks.done(request.actor(), task, text == null ? "" : text));
    return calls.item(calls.find(request, view), request, view);
  }

  /**
   * {@code POST /api/v1/tasks/{id}/plan}: who, how, by when from now on, and the {@code reason}.
   */
  Object change(Change change) {
    Request request = change.request();
    View view = district.view(request);
    Task task = calls.find(request, view);
    requireOperator(request);
    Plan plan = plan(change);
    String reason = change.text("reason", Plan.LONGEST);
    if (plan.equals(task.plan())) {
      throw ApiProblem.badBody("Nothing of the task would change.", "没有任何改动。");
    }
    requireMoved(tasks.change(request.actor(), task, plan, reason));
    return calls.item(calls.find(request, view), request, view);
  }

  /** {@code POST /api/v1/tasks/{id}/cancel}: {@code reason}. */
  Object cancel(Change change) {
    Request request = change.request();
    View view = district.view(request);
    Task task = calls.find(request, view);
    requireOperator(request);
    String reason = change.text("reason", Plan.LONGEST);
    requireMoved(tasks.cancel(request.actor(), task, reason));
    return calls.item(calls.find(request, view), request, view);
  }

  private static void requireMoved(boolean moved) {
    if (!moved) {
      throw ApiProblem.notNow(
          "task-moved-on",
          "The task is no longer where this step begins: look at it again.",
          "任务状态已变化,不能执行此操作:请刷新后再看。");
    }
  }

  private static void requireOperator(Request request) {
    if (!request.viewer().role().operates()) {
      throw ApiProblem.notYourTask();
    }
  }
}

package org.rollcall.web.api;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.rectification.Task;
import org.rollcall.collector.rectification.Tasks;
import org.rollcall.collector.registry.School;

/**
 * What is to be mended at the schools in scope, for whoever is signed in. Verdicts that have come
 * since decide what is said to be mended before anything is told.
 */
final class TaskCalls {
  private final District district;
  private final Tasks tasks;

  /**
   * One page.
   *
   * @param total of what is asked for
   * @param summary of the region, whatever else is asked for
   * @param failing rules that schools of the region fail without a task
   */
  private record Page(
      long total,
      Summary summary,
      boolean mayMake,
      List<FailingRule> failing,
      List<TaskView.Item> items) {}

  /**
   * How the tasks stand.
   *
   * @param closedInTime of {@code closedOrOverdue}
   */
  private record Summary(
      long open, long done, long overdue, long closedInTime, long closedOrOverdue) {}

  private record FailingRule(String rule, int schools) {}

  private record OfSchool(
      boolean mayMake, List<TaskView.Failing> failing, List<TaskView.Item> items) {}

  TaskCalls(District district, Tasks tasks) {
    this.district = district;
    this.tasks = tasks;
  }

  /** {@code GET /api/v1/tasks}: overdue first, then by deadline; what has ended comes last. */
  Object list(Request request) {
    View view = district.view(request);
    RequestView.requireAccount(view.register());
    String region = request.text("region");
    List<School> schools = view.schools(region == null ? null : view.region(region).code());
    Task.State state = request.oneOf("state", Task.State.class);
    boolean overdue = flag(request);
    LocalDate today = tasks.today();
    tasks.retest();
    Set<String> codes = schools.stream().map(School::code).collect(Collectors.toSet());
    List<Task> all =
        tasks.all().stream()
            .filter(task -> codes.contains(task.school()))
            .sorted(order(today))
            .toList();
    List<Task> asked =
        all.stream()
            .filter(task -> state == null || task.state() == state)
            .filter(task -> !overdue || task.isOverdue(today))
            .toList();
    return new Page(
        asked.size(),
        summary(all, today),
        request.viewer().role().operates(),
        failing(view, schools, all),
        items(Listed.of(request, asked).items(), request, view));
  }

  private static boolean flag(Request request) {
    String value = request.text("overdue");
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw ApiProblem.badParameter("overdue", value, "write true or false", "应为 true 或 false");
  }

  private static Comparator<Task> order(LocalDate today) {
    return Comparator.comparing((Task task) -> !task.isOverdue(today))
        .thenComparing(task -> !task.state().isPending())
        .thenComparing(task -> task.plan().deadline())
        .thenComparing(Task::id);
  }

  private static Summary summary(List<Task> all, LocalDate today) {
    long closed = all.stream().filter(task -> task.state() == Task.State.CLOSED).count();
    long overdue = all.stream().filter(task -> task.isOverdue(today)).count();
    return new Summary(
        all.stream().filter(task -> task.state() == Task.State.OPEN).count(),
        all.stream().filter(task -> task.state() == Task.State.DONE).count(),
        overdue,
        all.stream().filter(Task::isClosedInTime).count(),
        closed + overdue);
  }

  private static List<FailingRule> failing(View view, List<School> schools, List<Task> all) {
    Set<List<String>> pending = pending(all);
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (School school : schools) {
      for (Verdict verdict : TaskView.failed(view, school)) {
        if (!pending.contains(key(verdict))) {
          counts.merge(verdict.rule(), 1, Integer::sum);
        }
      }
    }
    return counts.entrySet().stream()
        .map(entry -> new FailingRule(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(FailingRule::schools).reversed())
        .toList();
  }

  private static Set<List<String>> pending(List<Task> all) {
    return all.stream()
        .filter(task -> task.state().isPending())
        .map(task -> List.of(task.school(), task.failed().profile(), task.failed().rule()))
        .collect(Collectors.toSet());
  }

  private static List<String> key(Verdict verdict) {
    return List.of(verdict.school(), verdict.profile(), verdict.rule());
  }

  /** {@code GET /api/v1/schools/{code}/tasks}: with what it fails and no task is made of. */
  Object ofSchool(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    RequestView.requireAccount(view.register());
    return ofSchool(request, view, school);
  }

  Object ofSchool(Request request, View view, School school) {
    tasks.retest();
    List<Task> own = tasks.of(school.code()).stream().sorted(order(tasks.today())).toList();
    Set<List<String>> pending = pending(own);
    List<TaskView.Failing> failing =
        TaskView.failed(view, school).stream()
            .filter(verdict -> !pending.contains(key(verdict)))
            .map(verdict -> TaskView.failing(view, verdict))
            .toList();
    return new OfSchool(request.viewer().role().operates(), failing, items(own, request, view));
  }

  private List<TaskView.Item> items(List<Task> some, Request request, View view) {
    return some.stream().map(task -> item(task, request, view)).toList();
  }

  TaskView.Item item(Task task, Request request, View view) {
    return TaskView.item(task, tasks.steps(task.id()), request, view, tasks.today());
  }

  /** The task, or the same 404 whether it never was or is out of scope. */
  Task find(Request request, View view) {
    RequestView.requireAccount(view.register());
    String asked = request.path("id");
    @Nullable Task found =
        asked.matches("\\d{1,18}") ? tasks.find(Long.parseLong(asked)).orElse(null) : null;
    if (found == null || view.register().school(found.school()) == null) {
      throw ApiProblem.unknown("task", "整改任务", asked);
    }
    return found;
  }
}

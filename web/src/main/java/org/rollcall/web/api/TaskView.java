package org.rollcall.web.api;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.rectification.Task;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;

/** A task as the API tells it; keys, units and ranges as in openapi.yaml. */
final class TaskView {
  private TaskView() {}

  /** One task. */
  record Item(
      long id,
      String school,
      String schoolName,
      String schoolNameEn,
      String regionName,
      String regionNameEn,
      String profile,
      String rule,
      String date,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit,
      String person,
      String measure,
      String deadline,
      @Nullable String firstDeadline,
      Task.State state,
      boolean overdue,
      @Nullable String done,
      int failedRetests,
      @Nullable String closed,
      String account,
      String at,
      String changed,
      boolean maySayDone,
      boolean mayCancel,
      boolean mayChange,
      List<StepView> steps) {}

  record StepView(Task.State state, String account, String at, String text) {}

  /**
   * What a school fails and no task is made of.
   *
   * @param indicator what the rule asks about: the page knows a sentence for each
   */
  record Failing(
      String profile,
      String rule,
      Indicator indicator,
      String date,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit) {}

  static Item item(Task task, List<Task.Step> steps, Request request, View view, LocalDate today) {
    School school = view.school(task.school());
    Region region = view.regionOf(school);
    Role role = request.viewer().role();
    boolean open = task.state() == Task.State.OPEN;
    return new Item(
        task.id(),
        task.school(),
        school.name(),
        school.nameEn(),
        region.name(),
        region.nameEn(),
        task.failed().profile(),
        task.failed().rule(),
        task.failed().date().toString(),
        task.failed().value(),
        task.failed().threshold(),
        task.failed().unit(),
        task.plan().person(),
        task.plan().measure(),
        task.plan().deadline().toString(),
        day(task.firstDeadline()),
        task.state(),
        task.isOverdue(today),
        day(task.done()),
        task.failedRetests(),
        day(task.closed()),
        task.account(),
        Times.known(task.at()),
        Times.known(task.changed()),
        open && maySayDone(role),
        task.state().isPending() && role.operates(),
        open && role.operates(),
        steps.stream().map(TaskView::step).toList());
  }

  /** Whoever mends it, and whoever watches over it. */
  static boolean maySayDone(Role role) {
    return role == Role.SCHOOL || role.operates();
  }

  private static StepView step(Task.Step step) {
    return new StepView(step.state(), step.account(), Times.known(step.at()), step.text());
  }

  private static @Nullable String day(@Nullable LocalDate day) {
    return day == null ? null : day.toString();
  }

  /** The rules of the profile that ask of a school and that it fails. */
  static List<Verdict> failed(View view, School school) {
    return view.verdicts(school).stream()
        .filter(verdict -> verdict.outcome() == Verdict.Outcome.NOT_MET)
        .filter(verdict -> isOfSchool(view.profile(), verdict.rule()))
        .toList();
  }

  private static boolean isOfSchool(Profile profile, String id) {
    Rule rule = profile.rule(id);
    return rule != null && rule.level() == Rule.Level.SCHOOL;
  }

  static Failing failing(View view, Verdict verdict) {
    Rule rule = view.profile().rule(verdict.rule());
    if (rule == null) {
      throw new IllegalStateException("BUG: a verdict of no rule: " + verdict.rule());
    }
    return new Failing(
        verdict.profile(),
        verdict.rule(),
        rule.indicator(),
        verdict.to().toString(),
        verdict.value(),
        verdict.threshold(),
        verdict.unit());
  }
}

package org.rollcall.collector.snapshot;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.rectification.Task;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.requests.RequestScope;
import org.rollcall.collector.requests.SchoolRequest;
import org.rollcall.collector.requests.SchoolRequests;
import org.rollcall.collector.requests.SchoolRequests.Filter;
import org.rollcall.collector.requests.SchoolRequests.Standing;
import org.rollcall.collector.selfcheck.SelfCheck;
import org.rollcall.collector.selfcheck.SelfCheckItem;
import org.rollcall.collector.selfcheck.SelfChecks;
import org.rollcall.collector.snapshot.SnapshotBody.MeasureFact;
import org.rollcall.collector.snapshot.SnapshotMaking.Look;

/**
 * The rows of the ledger of what is to be put right (整改台账). Each source of rows is one method here:
 * tasks, what schools planned on their self-check sheets, and re-checks that wait.
 */
final class MeasureRows {
  /** Requests read at once. */
  private static final int PAGE = 500;

  private final Look look;

  MeasureRows(Look look) {
    this.look = look;
  }

  List<MeasureFact> all() {
    List<MeasureFact> rows = new ArrayList<>();
    ofTasks(rows);
    for (School school : look.schools()) {
      ofSheet(school, rows);
    }
    ofRequests(rows);
    return rows;
  }

  /**
   * Tasks made by the day, in the order in which they were made, as they stand when the snapshot is
   * made; those called off are none. One that is past its deadline and not mended is OVERDUE.
   */
  private void ofTasks(List<MeasureFact> rows) {
    for (Task task : look.parts().tasks().all()) {
      Task.Failed failed = task.failed();
      boolean its =
          look.codes().contains(task.school())
              && failed.profile().equals(look.profile().id())
              && !LocalDate.ofInstant(task.at(), Registry.ZONE).isAfter(look.at())
              && task.state() != Task.State.CANCELLED;
      if (its) {
        rows.add(
            new MeasureFact(
                "TASK",
                task.school(),
                failed.rule(),
                found(failed),
                List.of(failed.rule()),
                task.plan().person(),
                task.plan().measure(),
                task.plan().deadline().toString(),
                task.firstDeadline() == null ? null : task.firstDeadline().toString(),
                task.isOverdue(look.at()) ? "OVERDUE" : task.state().name()));
      }
    }
  }

  /** What the verdict found that the task was made from; it may say something else by now. */
  private static String found(Task.Failed failed) {
    return failed.value() == null || failed.threshold() == null
        ? failed.date().toString()
        : failed.date()
            + ": "
            + failed.value()
            + " / "
            + failed.threshold()
            + (failed.unit().isEmpty() ? "" : " " + failed.unit());
  }

  private void ofSheet(School school, List<MeasureFact> rows) {
    SelfCheck sheet = look.parts().selfChecks().of(school.code(), SelfChecks.roundOf(look.at()));
    for (SelfCheckItem item : SelfCheckItem.values()) {
      SelfCheck.Row row = sheet.rows().get(item);
      if (row == null || row.notes().measures().isBlank()) {
        continue;
      }
      LocalDate deadline = row.notes().deadline();
      rows.add(
          new MeasureFact(
              "SELF_CHECK",
              school.code(),
              item.name(),
              row.notes().difference(),
              look.profile().rules().stream().filter(item::holds).map(Rule::id).toList(),
              row.notes().person(),
              row.notes().measures(),
              deadline == null ? null : deadline.toString(),
              null,
              sheet.state().name()));
    }
  }

  /** Re-checks that wait, the oldest first; ends because a page shorter than a full one is last. */
  private void ofRequests(List<MeasureFact> rows) {
    SchoolRequests requests = look.parts().requests();
    RequestScope everybody = RequestScope.of(Viewer.administrator(), null);
    Filter waiting = new Filter(null, SchoolRequest.Kind.RECHECK, Standing.WAITING);
    var schools = look.codes();
    List<SchoolRequest> page;
    long passed = 0;
    do {
      page = requests.list(everybody, waiting, passed, PAGE).requests();
      passed += page.size();
      for (SchoolRequest request : page) {
        if (schools.contains(request.school())
            && request.judged().profile().equals(look.profile().id())) {
          rows.add(
              new MeasureFact(
                  "REQUEST",
                  request.school(),
                  request.judged().rule(),
                  request.text(),
                  List.of(request.judged().rule()),
                  request.account(),
                  "",
                  null,
                  null,
                  request.state().name()));
        }
      }
    } while (page.size() == PAGE);
  }
}

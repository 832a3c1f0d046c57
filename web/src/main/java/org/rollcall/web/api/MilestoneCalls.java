package org.rollcall.web.api;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.milestones.Milestone;
import org.rollcall.collector.milestones.Milestone.Standing;
import org.rollcall.collector.milestones.Milestones;
import org.rollcall.collector.registry.Region;

/** Dates of the counties in scope, and marking them as done. */
final class MilestoneCalls {
  private static final int MOST_NOTE = 500;
  private static final int MOST_DAY = 10;

  private final District district;
  private final Milestones milestones;

  /**
   * The dates.
   *
   * @param doneInTime of {@code doneOrOverdue}
   */
  private record Page(boolean mayMark, long doneInTime, long doneOrOverdue, List<Item> items) {}

  private record Item(
      String id,
      String region,
      String regionName,
      String regionNameEn,
      String title,
      String titleEn,
      String source,
      String sourceEn,
      String due,
      long daysLeft,
      Standing standing,
      @Nullable String lead,
      List<String> assist,
      @Nullable Integer planned,
      @Nullable Double reached,
      @Nullable DoneView done) {}

  private record DoneView(String day, @Nullable String account, String note) {}

  MilestoneCalls(District district, Milestones milestones) {
    this.district = district;
    this.milestones = milestones;
  }

  /** {@code GET /api/v1/milestones}: the next due first. */
  Object list(Request request) {
    View view = district.view(request);
    RequestView.requireAccount(view.register());
    String region = request.text("region");
    String within = region == null ? null : view.region(region).code();
    Standing standing = request.oneOf("standing", Standing.class);
    List<Region> counties =
        view.register().regions().stream()
            .filter(each -> each.level() == Region.Level.COUNTY)
            .filter(
                each ->
                    within == null
                        || view.register().part().isWithin(each.code(), within)
                        || view.register().part().isWithin(within, each.code()))
            .toList();
    LocalDate today = milestones.today();
    List<Milestone> all = milestones.of(view.register().part(), counties);
    long inTime = all.stream().filter(each -> each.standing(today) == Standing.DONE).count();
    long late =
        all.stream()
            .map(each -> each.standing(today))
            .filter(each -> each == Standing.DONE_LATE || each == Standing.OVERDUE)
            .count();
    return new Page(
        mayMark(request),
        inTime,
        inTime + late,
        all.stream()
            .filter(each -> standing == null || each.standing(today) == standing)
            .map(each -> item(each, view, today))
            .toList());
  }

  private static boolean mayMark(Request request) {
    return request.viewer().role() == Role.BUREAU || request.viewer().role().operates();
  }

  private static Item item(Milestone each, View view, LocalDate today) {
    Region region = view.region(each.region());
    Milestone.Done done = each.done();
    return new Item(
        each.id(),
        each.region(),
        region.name(),
        region.nameEn(),
        each.title(),
        each.titleEn(),
        each.source(),
        each.sourceEn(),
        each.due().toString(),
        each.daysLeft(today),
        each.standing(today),
        each.lead(),
        each.assist(),
        each.planned(),
        each.reached(),
        done == null
            ? null
            : new DoneView(
                done.day().toString(),
                done.account().isEmpty() ? null : done.account(),
                done.note()));
  }

  /** {@code POST /api/v1/regions/{code}/milestones/{id}/done}: {@code due}, {@code note}. */
  Object done(Change change) {
    Request request = change.request();
    View view = district.view(request);
    Milestone found = found(change, view);
    String note = change.textOrNull("note", MOST_NOTE);
    milestones.done(request.actor(), found, milestones.today(), note == null ? "" : note);
    return item(found(change, view), view, milestones.today());
  }

  /** {@code POST /api/v1/regions/{code}/milestones/{id}/undo}: {@code due}. */
  Object undo(Change change) {
    View view = district.view(change.request());
    milestones.undo(change.request().actor(), found(change, view));
    return item(found(change, view), view, milestones.today());
  }

  private Milestone found(Change change, View view) {
    Request request = change.request();
    Region region = view.region(request.path("code"));
    RequestView.requireAccount(view.register());
    if (!mayMark(request)) {
      throw ApiProblem.notYourTask();
    }
    String id = request.path("id");
    String due = change.text("due", MOST_DAY);
    try {
      return milestones
          .find(view.register().part(), region, id, LocalDate.parse(due))
          .orElseThrow(() -> ApiProblem.unknown("milestone", "时间节点", id + " " + due));
    } catch (DateTimeParseException e) {
      throw ApiProblem.badBody("The day due is written as 2026-05-31.", "due 的日期应写作 2026-05-31。");
    }
  }
}

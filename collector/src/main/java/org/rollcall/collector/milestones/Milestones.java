package org.rollcall.collector.milestones;

import java.time.Clock;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.milestones.Milestone.Done;
import org.rollcall.collector.profile.Plan;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.rollup.PlanStanding;

/**
 * Every region's dates, and what people said is done. A change and its entry in the audit log are
 * one transaction. Any thread; every call blocks on the database.
 */
public final class Milestones {
  private final Parts parts;
  private final Database database;
  private final Clock clock;

  /**
   * What dates come from.
   *
   * @param profile the one that pages show first; its plan's steps are milestones
   */
  public record Parts(
      MilestoneFile file,
      DeclaredValues declared,
      AuditLog audit,
      Supplier<Profile> profile,
      Supplier<Board> board) {}

  public Milestones(Parts parts, Database database, Clock clock) {
    this.parts = parts;
    this.database = database;
    this.clock = clock;
  }

  /** The day it is where the schools are. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), Registry.ZONE);
  }

  /**
   * The dates of some counties: of yearly ones this year's and, from its {@link
   * Milestone#SOON_DAYS} on, the next; the next due first.
   */
  public List<Milestone> of(Register register, List<Region> counties) {
    LocalDate today = today();
    Map<String, Map<DeclaredIndicator, DeclaredValue>> declared =
        parts.declared().of(counties.stream().map(Region::code).toList(), today);
    Map<String, Done> done = done();
    List<Milestone> all = new ArrayList<>();
    for (Region county : counties) {
      for (MilestoneFile.Entry entry : parts.file().milestones()) {
        if (isFor(entry, county, register)) {
          for (LocalDate due :
              dates(entry, declared.getOrDefault(county.code(), Map.of()), today)) {
            all.add(milestone(entry, county, due, done));
          }
        }
      }
      plan(register, county, done, all);
    }
    all.sort(Comparator.comparing(Milestone::due).thenComparing(Milestone::region));
    return all;
  }

  private static boolean isFor(MilestoneFile.Entry entry, Region county, Register register) {
    return entry.regions().isEmpty()
        || entry.regions().stream().anyMatch(code -> register.isWithin(county.code(), code));
  }

  private static List<LocalDate> dates(
      MilestoneFile.Entry entry, Map<DeclaredIndicator, DeclaredValue> declared, LocalDate today) {
    LocalDate on = entry.on();
    if (on != null) {
      return List.of(on);
    }
    MonthDay every = entry.day();
    if (every != null) {
      LocalDate next = every.atYear(today.getYear() + 1);
      return next.minusDays(Milestone.SOON_DAYS).isAfter(today)
          ? List.of(every.atYear(today.getYear()))
          : List.of(every.atYear(today.getYear()), next);
    }
    DeclaredValue from = declared.get(entry.from());
    Integer years = entry.years();
    return from == null
        ? List.of()
        : List.of(LocalDate.parse(from.amount().text()).plusYears(years == null ? 0 : years));
  }

  private static Milestone milestone(
      MilestoneFile.Entry entry, Region county, LocalDate due, Map<String, Done> done) {
    return new Milestone(
        entry.id(),
        entry.title(),
        entry.titleEn(),
        entry.source(),
        entry.sourceEn(),
        county.code(),
        due,
        entry.lead(),
        entry.assist(),
        null,
        null,
        done.get(key(entry.id(), county.code(), due)));
  }

  /** A step is done by itself once so many schools have met their targets. */
  private void plan(Register register, Region county, Map<String, Done> done, List<Milestone> all) {
    Profile profile = parts.profile().get();
    Plan plan = profile.plan();
    if (plan == null) {
      return;
    }
    PlanStanding standing =
        PlanStanding.of(register.schools(county.code()), profile, parts.board().get());
    Double reached =
        standing.asked() == 0 ? null : Math.floor(1_000.0 * standing.met() / standing.asked()) / 10;
    for (Plan.Point step : plan.points()) {
      String id = "plan-" + step.percent();
      Done its = done.get(key(id, county.code(), step.by()));
      if (its == null && reached != null && reached >= step.percent()) {
        LocalDate today = today();
        its = new Done(today.isAfter(step.by()) ? step.by() : today, "", "");
      }
      all.add(
          new Milestone(
              id,
              "达标学校占 " + step.percent() + "%",
              step.percent() + " % of the schools on target",
              plan.source() + (plan.projectDefault() ? "(项目默认值)" : ""),
              plan.sourceEn() + (plan.projectDefault() ? " (project default)" : ""),
              county.code(),
              step.by(),
              null,
              List.of(),
              step.percent(),
              reached,
              its));
    }
  }

  /** Somebody says that it is done; whoever said so before is replaced. */
  public void done(Actor by, Milestone milestone, LocalDate day, String note) {
    change(
        by,
        milestone,
        "milestone.done",
        "INSERT INTO milestone_done (milestone, region, due, day, account, note)"
            + " VALUES (:milestone, :region, :due, :day, :account, :note)"
            + " ON CONFLICT (milestone, region, due) DO UPDATE SET day = excluded.day,"
            + " account = excluded.account, note = excluded.note",
        Map.of("day", day.toString(), "account", by.account(), "note", note));
  }

  /** It is not done after all. */
  public void undo(Actor by, Milestone milestone) {
    change(
        by,
        milestone,
        "milestone.undo",
        "DELETE FROM milestone_done WHERE milestone = :milestone AND region = :region"
            + " AND due = :due",
        Map.of());
  }

  private void change(
      Actor by, Milestone milestone, String action, String sql, Map<String, String> more) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle
                  .createUpdate(sql)
                  .bind("milestone", milestone.id())
                  .bind("region", milestone.region())
                  .bind("due", milestone.due().toString())
                  .bindMap(more)
                  .execute();
              Map<String, String> detail = new LinkedHashMap<>(more);
              detail.put("milestone", milestone.id());
              detail.put("due", milestone.due().toString());
              parts.audit().record(handle, by, action, milestone.region(), detail);
            });
  }

  /** One of a region's dates, which is now among {@link #of}. */
  public Optional<Milestone> find(Register register, Region county, String id, LocalDate due) {
    return of(register, List.of(county)).stream()
        .filter(each -> each.id().equals(id) && each.due().equals(due))
        .findFirst();
  }

  private Map<String, Done> done() {
    Map<String, Done> done = new HashMap<>();
    database
        .readOnly()
        .useHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM milestone_done")
                    .map(
                        row ->
                            Map.entry(
                                key(
                                    row.getColumn("milestone", String.class),
                                    row.getColumn("region", String.class),
                                    LocalDate.parse(row.getColumn("due", String.class))),
                                new Done(
                                    LocalDate.parse(row.getColumn("day", String.class)),
                                    row.getColumn("account", String.class),
                                    row.getColumn("note", String.class))))
                    .forEach(entry -> done.put(entry.getKey(), entry.getValue())));
    return done;
  }

  private static String key(String id, String region, @Nullable LocalDate due) {
    return id + " " + region + " " + due;
  }
}

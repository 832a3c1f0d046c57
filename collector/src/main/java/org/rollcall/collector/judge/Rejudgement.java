package org.rollcall.collector.judge;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;

/**
 * Judges a span of dates again from the school days that are kept, and says what changed. It needs
 * only the database, so it may run beside the server. Any thread.
 */
public final class Rejudgement {
  private final Registry registry;
  private final Verdicts verdicts;
  private final Clock clock;
  private final SchoolJudging judging;

  public Rejudgement(Registry registry, Database database, Clock clock) {
    this.registry = registry;
    this.verdicts = new Verdicts(database);
    this.clock = clock;
    this.judging =
        new SchoolJudging(null, new SchoolDays(database), new DeclaredValues(database, clock));
  }

  /**
   * Judges every date of the span, both ends inclusive. Each school is saved on its own.
   *
   * @return what says something else than before, by school, profile, date and rule
   */
  public List<Change> judge(Collection<School> schools, LocalDate from, LocalDate to, Basis basis) {
    Register register = registry.snapshot();
    List<LocalDate> dates = from.datesUntil(to.plusDays(1)).toList();
    Map<String, Inventory> inventories =
        registry.inventories(SchoolJudging.Entry.codes(schools, register));
    List<Change> changes = new ArrayList<>();
    for (School school : schools) {
      SchoolJudging.Result outcome =
          judging.judge(
              SchoolJudging.Entry.of(school, register, inventories),
              List.of(),
              dates,
              basis.of(school, register));
      changes.addAll(verdicts.save(outcome.verdicts(), clock.instant()));
    }
    return changes;
  }

  /** One school's verdicts of a date, made again from its school days and not saved. */
  public List<Verdict> verdicts(School school, LocalDate date, Basis basis) {
    Register register = registry.snapshot();
    Map<String, Inventory> inventories =
        registry.inventories(SchoolJudging.Entry.codes(List.of(school), register));
    return judging
        .judge(
            SchoolJudging.Entry.of(school, register, inventories),
            List.of(),
            List.of(date),
            basis.of(school, register))
        .verdicts();
  }
}

package org.rollcall.collector.judge;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;

/**
 * Judges a span of dates again from the school days that are kept, by the register as it was on
 * each of them, and says what changed. It needs only the database, so it may run beside the server.
 * Any thread.
 */
public final class Rejudgement {
  private final Registry registry;
  private final Verdicts verdicts;
  private final Clock clock;
  private final BulkJudging judging;

  public Rejudgement(Registry registry, Database database, Clock clock) {
    this.registry = registry;
    this.verdicts = new Verdicts(database);
    this.clock = clock;
    this.judging =
        new BulkJudging(
            new SchoolJudging(null, new SchoolDays(database), new DeclaredValues(database, clock)));
  }

  /**
   * Judges every date of the span, both ends inclusive, and saves some schools at a time.
   *
   * @return what says something else than before, by school, profile, date and rule
   */
  public List<Change> judge(Collection<School> schools, LocalDate from, LocalDate to, Basis basis) {
    List<Change> changes = new ArrayList<>();
    List<LocalDate> alike = new ArrayList<>();
    for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
      alike.add(date);
      Register then = registry.at(date);
      if (date.equals(to) || !then.equals(registry.at(date.plusDays(1)))) {
        judge(
            asTheyWere(schools, then),
            then,
            List.copyOf(alike),
            basis,
            found -> changes.addAll(verdicts.save(found, clock.instant())));
        alike.clear();
      }
    }
    return changes;
  }

  /** The same schools as a register has them; those it does not count are left out. */
  private static List<School> asTheyWere(Collection<School> schools, Register then) {
    List<School> found = new ArrayList<>();
    for (School school : schools) {
      School before = then.school(school.code());
      if (before != null && before.counts()) {
        found.add(before);
      }
    }
    return found;
  }

  /** Every school's verdicts of a date, made again from the school days and not saved. */
  public Board board(Register register, LocalDate date, Basis basis) {
    Board board = new Board();
    judge(register.schools(), register, List.of(date), basis, board::load);
    return board;
  }

  /** One school's verdicts of a date, made again from its school days and not saved. */
  public List<Verdict> verdicts(School school, LocalDate date, Basis basis) {
    List<Verdict> found = new ArrayList<>();
    Register then = registry.at(date);
    judge(asTheyWere(List.of(school), then), then, List.of(date), basis, found::addAll);
    return found;
  }

  /**
   * @param sink gets the verdicts of some schools at a time
   */
  private void judge(
      Collection<School> schools,
      Register register,
      List<LocalDate> dates,
      Basis basis,
      Consumer<List<Verdict>> sink) {
    judging.judge(
        List.copyOf(schools),
        some -> tasks(some, register, dates, basis),
        outcomes -> {
          List<Verdict> found = new ArrayList<>();
          outcomes.forEach(outcome -> found.addAll(outcome.orThrow().verdicts()));
          sink.accept(found);
        });
  }

  private List<SchoolJudging.Task> tasks(
      List<School> schools, Register register, List<LocalDate> dates, Basis basis) {
    Map<String, Inventory> inventories =
        registry.inventories(SchoolJudging.Entry.codes(schools, register), dates.get(0));
    return schools.stream()
        .map(
            school ->
                new SchoolJudging.Task(
                    SchoolJudging.Entry.of(school, register, inventories),
                    List.of(),
                    dates,
                    basis.of(school, register)))
        .toList();
  }
}

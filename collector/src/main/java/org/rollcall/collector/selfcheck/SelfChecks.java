package org.rollcall.collector.selfcheck;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.selfcheck.SelfCheck.Notes;
import org.rollcall.collector.selfcheck.SelfCheck.Row;
import org.rollcall.collector.selfcheck.SelfCheck.State;

/**
 * The sheets in the register. A change of a row, the values declared with it, and its entry in the
 * audit log are one transaction. Any thread; every call blocks on the database.
 */
public final class SelfChecks {
  private final Database database;
  private final DeclaredValues declared;
  private final AuditLog audit;
  private final Clock clock;

  public SelfChecks(Database database, DeclaredValues declared, AuditLog audit, Clock clock) {
    this.database = database;
    this.declared = declared;
    this.audit = audit;
    this.clock = clock;
  }

  private record Begun(long id, State state, String account, Instant changed) {}

  /** The round a day belongs to: its school year, which begins on 1 September. */
  public static String roundOf(LocalDate day) {
    int began =
        day.getMonthValue() >= Month.SEPTEMBER.getValue() ? day.getYear() : day.getYear() - 1;
    return began + "-" + (began + 1);
  }

  /** The sheet of a round; an empty draft when nobody has begun it. */
  public SelfCheck of(String school, String round) {
    return database
        .readOnly()
        .inTransaction(
            handle -> {
              Optional<Begun> begun = find(handle, school, round);
              return begun
                  .map(
                      sheet ->
                          new SelfCheck(
                              school,
                              round,
                              sheet.state(),
                              sheet.account(),
                              sheet.changed(),
                              rows(handle, sheet.id())))
                  .orElseGet(() -> new SelfCheck(school, round, State.DRAFT, "", null, Map.of()));
            });
  }

  private static Optional<Begun> find(Handle handle, String school, String round) {
    return handle
        .createQuery(
            "SELECT id, state, account, changed_millis FROM self_check"
                + " WHERE school = :school AND round = :round")
        .bind("school", school)
        .bind("round", round)
        .map(
            row ->
                new Begun(
                    row.getColumn("id", Long.class),
                    State.valueOf(row.getColumn("state", String.class)),
                    row.getColumn("account", String.class),
                    time(row)))
        .findOne();
  }

  private static Map<SelfCheckItem, Row> rows(Handle handle, long sheet) {
    Map<SelfCheckItem, Row> rows = new EnumMap<>(SelfCheckItem.class);
    handle
        .createQuery("SELECT * FROM self_check_row WHERE self_check = :sheet")
        .bind("sheet", sheet)
        .map(
            row ->
                Map.entry(
                    SelfCheckItem.valueOf(row.getColumn("item", String.class)),
                    new Row(notes(row), row.getColumn("account", String.class), time(row))))
        .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
    return rows;
  }

  private static Notes notes(RowView row) {
    @Nullable String deadline = row.getColumn("deadline", String.class);
    return new Notes(
        row.getColumn("statement", String.class),
        row.getColumn("difference", String.class),
        row.getColumn("evidence", String.class),
        row.getColumn("measures", String.class),
        row.getColumn("person", String.class),
        deadline == null ? null : LocalDate.parse(deadline));
  }

  private static Instant time(RowView row) {
    return Instant.ofEpochMilli(row.getColumn("changed_millis", Long.class));
  }

  /**
   * Writes one row of a school's sheet, and what the school declares with it; begins the sheet if
   * nobody has.
   *
   * @param values of this school and this item; what stands already is left as it is
   */
  public void write(
      Actor by,
      String school,
      String round,
      SelfCheckItem item,
      Notes notes,
      Collection<DeclaredValue> values) {
    for (DeclaredValue value : values) {
      if (!value.unit().equals(school) || !item.declared().contains(value.indicator())) {
        throw new IllegalArgumentException(
            value.indicator().id()
                + " of "
                + value.unit()
                + " is none of "
                + item
                + " of "
                + school);
      }
    }
    database
        .jdbi()
        .useTransaction(
            handle -> {
              put(handle, by, sheet(handle, by, school, round), item, notes);
              declared.put(handle, values);
              audit.record(handle, by, "self-check.write", school, detail(round, item, values));
            });
  }

  private static Map<String, Object> detail(
      String round, SelfCheckItem item, Collection<DeclaredValue> values) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("round", round);
    detail.put("item", item.id());
    Map<String, String> told = new LinkedHashMap<>();
    values.forEach(value -> told.put(value.indicator().id(), value.amount().text()));
    if (!told.isEmpty()) {
      detail.put("declared", told);
    }
    return detail;
  }

  /** The id of the sheet, begun or just changed. */
  private long sheet(Handle handle, Actor by, String school, String round) {
    handle.execute(
        "INSERT INTO self_check (school, round, state, account, at_millis, changed_millis)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (school, round) DO UPDATE SET"
            + " changed_millis = excluded.changed_millis",
        school,
        round,
        State.DRAFT.name(),
        by.account(),
        clock.millis(),
        clock.millis());
    return find(handle, school, round)
        .orElseThrow(() -> new IllegalStateException("BUG: a sheet was begun and is not there"))
        .id();
  }

  private void put(Handle handle, Actor by, long sheet, SelfCheckItem item, Notes notes) {
    LocalDate deadline = notes.deadline();
    handle
        .createUpdate(
            "INSERT INTO self_check_row (self_check, item, statement, difference, evidence,"
                + " measures, person, deadline, account, changed_millis)"
                + " VALUES (:sheet, :item, :statement, :difference, :evidence, :measures, :person,"
                + " :deadline, :account, :changed) ON CONFLICT (self_check, item) DO UPDATE SET"
                + " statement = excluded.statement, difference = excluded.difference,"
                + " evidence = excluded.evidence, measures = excluded.measures,"
                + " person = excluded.person, deadline = excluded.deadline,"
                + " account = excluded.account, changed_millis = excluded.changed_millis")
        .bind("sheet", sheet)
        .bind("item", item.name())
        .bind("statement", notes.statement())
        .bind("difference", notes.difference())
        .bind("evidence", notes.evidence())
        .bind("measures", notes.measures())
        .bind("person", notes.person())
        .bind("deadline", deadline == null ? null : deadline.toString())
        .bind("account", by.account())
        .bind("changed", clock.millis())
        .execute();
  }
}

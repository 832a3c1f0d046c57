package org.rollcall.collector.selfcheck;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
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
import org.rollcall.collector.selfcheck.SelfCheck.Step;

/**
 * The sheets in the register. A change of a row, the values declared with it, and its entry in the
 * audit log are one transaction; so are a step and its entry. Any thread; every call blocks on the
 * database.
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

  /**
   * How far a school's sheet is.
   *
   * @param changed when anything of it last changed
   */
  public record Progress(State state, Instant changed) {}

  /** The sheets of a round that somebody has begun, by school. */
  public Map<String, Progress> progress(String round) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT school, state, changed_millis FROM self_check WHERE round = :round")
                    .bind("round", round)
                    .map(
                        row ->
                            Map.entry(
                                row.getColumn("school", String.class),
                                new Progress(
                                    State.valueOf(row.getColumn("state", String.class)),
                                    time(row))))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
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
                              rows(handle, sheet.id()),
                              steps(handle, sheet.id())))
                  .orElseGet(
                      () ->
                          new SelfCheck(school, round, State.DRAFT, "", null, Map.of(), List.of()));
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

  private static List<Step> steps(Handle handle, long sheet) {
    return handle
        .createQuery(
            "SELECT state, account, at_millis, text, sha256 FROM self_check_step"
                + " WHERE self_check = :sheet ORDER BY id")
        .bind("sheet", sheet)
        .map(
            row ->
                new Step(
                    State.valueOf(row.getColumn("state", String.class)),
                    row.getColumn("account", String.class),
                    Instant.ofEpochMilli(row.getColumn("at_millis", Long.class)),
                    row.getColumn("text", String.class),
                    row.getColumn("sha256", String.class)))
        .list();
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
   * @return false if the sheet is submitted: nothing is written then
   */
  public boolean write(
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
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              OptionalLong sheet = sheet(handle, by, school, round);
              if (sheet.isEmpty()) {
                return false;
              }
              put(handle, by, sheet.getAsLong(), item, notes);
              declared.put(handle, values);
              audit.record(handle, by, "self-check.write", school, detail(round, item, values));
              return true;
            });
  }

  /**
   * Submits a sheet. What it said is kept with it, whatever is measured or declared later.
   *
   * @param seen the sheet as the content was made of it
   * @param content the whole sheet as JSON, with what was measured and judged
   * @return false if somebody changed the sheet since it was seen: nothing is done then
   */
  public boolean submit(Actor by, SelfCheck seen, String content) {
    Step step = new Step(State.SUBMITTED, by.account(), clock.instant(), "", sha256(content));
    return move(by, seen, step, content);
  }

  /**
   * Passes, returns or files a sheet.
   *
   * @param seen the sheet as whoever decides has seen it
   * @param text why; a return has a reason
   * @return false if somebody changed the sheet since it was seen: nothing is done then
   * @throws IllegalArgumentException if no sheet goes that way in one step
   */
  public boolean review(Actor by, SelfCheck seen, State to, String text) {
    if (to == State.SUBMITTED) {
      throw new IllegalArgumentException("A sheet is submitted with its content");
    }
    return move(by, seen, new Step(to, by.account(), clock.instant(), text, null), null);
  }

  private boolean move(Actor by, SelfCheck seen, Step step, @Nullable String content) {
    Instant changed = seen.changed();
    if (changed == null || !seen.state().leadsTo(step.state())) {
      throw new IllegalArgumentException(
          "No sheet goes from " + seen.state() + " to " + step.state() + " unwritten");
    }
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              if (!become(handle, seen, changed, step)) {
                return false;
              }
              long sheet = find(handle, seen.school(), seen.round()).orElseThrow().id();
              keep(handle, sheet, step, content);
              audit.record(handle, by, "self-check.step", seen.school(), detail(seen, step));
              return true;
            });
  }

  /** Of two who decide at once the second finds another state, or another time. */
  private static boolean become(Handle handle, SelfCheck seen, Instant changed, Step step) {
    return handle
            .createUpdate(
                "UPDATE self_check SET state = :to, changed_millis = :now WHERE school = :school"
                    + " AND round = :round AND state = :from AND changed_millis = :changed"
                    + " AND (SELECT count(*) FROM self_check_step"
                    + " WHERE self_check = self_check.id) = :steps")
            .bind("to", step.state().name())
            .bind("now", step.at().toEpochMilli())
            .bind("school", seen.school())
            .bind("round", seen.round())
            .bind("from", seen.state().name())
            .bind("changed", changed.toEpochMilli())
            .bind("steps", seen.steps().size())
            .execute()
        == 1;
  }

  private static void keep(Handle handle, long sheet, Step step, @Nullable String content) {
    handle
        .createUpdate(
            "INSERT INTO self_check_step (self_check, state, account, at_millis, text, content,"
                + " sha256) VALUES (:sheet, :state, :account, :at, :text, :content, :sha256)")
        .bind("sheet", sheet)
        .bind("state", step.state().name())
        .bind("account", step.account())
        .bind("at", step.at().toEpochMilli())
        .bind("text", step.text())
        .bind("content", content)
        .bind("sha256", step.sha256())
        .execute();
  }

  private static Map<String, Object> detail(SelfCheck seen, Step step) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("round", seen.round());
    detail.put("from", seen.state().name());
    detail.put("to", step.state().name());
    if (!step.text().isEmpty()) {
      detail.put("reason", step.text());
    }
    if (step.sha256() != null) {
      detail.put("sha256", step.sha256());
    }
    return detail;
  }

  /**
   * A sheet as it was submitted.
   *
   * @param content JSON, to the letter as it was kept
   * @param sha256 of its UTF-8 bytes, hexadecimal
   */
  public record Submitted(String content, String sha256) {}

  /** What was submitted last; empty if nothing was. */
  public Optional<Submitted> submitted(String school, String round) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT content, sha256 FROM self_check_step JOIN self_check"
                            + " ON self_check.id = self_check_step.self_check"
                            + " WHERE school = :school AND round = :round AND content IS NOT NULL"
                            + " ORDER BY self_check_step.id DESC LIMIT 1")
                    .bind("school", school)
                    .bind("round", round)
                    .map(
                        row ->
                            new Submitted(
                                row.getColumn("content", String.class),
                                row.getColumn("sha256", String.class)))
                    .findOne());
  }

  private static String sha256(String content) {
    try {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
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

  /**
   * The id of the sheet, begun or just changed; empty if it is submitted. Of two who write within
   * one millisecond the later still moves the time on: who submits must notice both.
   */
  private OptionalLong sheet(Handle handle, Actor by, String school, String round) {
    int written =
        handle.execute(
            "INSERT INTO self_check (school, round, state, account, at_millis, changed_millis)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (school, round) DO UPDATE SET"
                + " changed_millis = CASE WHEN excluded.changed_millis > self_check.changed_millis"
                + " THEN excluded.changed_millis ELSE self_check.changed_millis + 1 END"
                + " WHERE self_check.state IN ('DRAFT', 'RETURNED')",
            school,
            round,
            State.DRAFT.name(),
            by.account(),
            clock.millis(),
            clock.millis());
    if (written == 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        find(handle, school, round)
            .orElseThrow(() -> new IllegalStateException("BUG: a sheet was begun and is not there"))
            .id());
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

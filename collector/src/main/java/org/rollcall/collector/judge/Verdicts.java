package org.rollcall.collector.judge;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;

/**
 * The verdicts in the database: of every rule the newest one whole, its mark on every date, and
 * what changed when. An older verdict is not kept whole; it is made again from its school days. Any
 * thread; every call blocks on the database.
 */
public final class Verdicts {
  private static final String KEY =
      " WHERE school = :school AND profile = :profile AND rule = :rule";

  /** How many schools one query names. */
  private static final int SCHOOLS_PER_QUERY = 100;

  private final Database database;

  public Verdicts(Database database) {
    this.database = database;
  }

  /**
   * Saves verdicts in one transaction, oldest date first for each rule, and writes down what
   * changed. Saving the same verdicts again changes nothing.
   */
  List<Change> save(Collection<Verdict> verdicts, Instant now) {
    if (verdicts.isEmpty()) {
      return List.of();
    }
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              List<Change> changes = new ArrayList<>();
              for (Verdict verdict : verdicts) {
                save(handle, verdict, now, changes);
              }
              return changes;
            });
  }

  /**
   * Forgets verdicts of days that have not come: a clock was ahead, and they would stay the newest.
   */
  void forgetAfter(LocalDate today) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("DELETE FROM verdict WHERE date > ?", today.toString());
              handle.execute("DELETE FROM verdict_day WHERE date > ?", today.toString());
            });
  }

  private static void save(Handle handle, Verdict verdict, Instant now, List<Change> changes) {
    Mark mark = Mark.of(verdict);
    Mark before = before(handle, mark);
    if (before == null || !before.saysSame(mark)) {
      insertChange(handle, verdict, before, now);
      changes.add(new Change(verdict, before));
      upsertMark(handle, mark);
    } else if (!before.date().equals(mark.date())) {
      upsertMark(handle, mark);
    }
    handle
        .createUpdate(
            "INSERT INTO verdict (school, profile, rule, date, body)"
                + " VALUES (:school, :profile, :rule, :date, :body)"
                + " ON CONFLICT (school, profile, rule) DO UPDATE"
                + " SET date = excluded.date, body = excluded.body"
                + " WHERE excluded.date >= verdict.date AND excluded.body <> verdict.body")
        .bind("school", verdict.school())
        .bind("profile", verdict.profile())
        .bind("rule", verdict.rule())
        .bind("date", verdict.to().toString())
        .bind("body", VerdictJson.write(verdict))
        .execute();
  }

  private static @Nullable Mark before(Handle handle, Mark mark) {
    return handle
        .createQuery(
            "SELECT school, profile, rule, date, outcome, evidence, disputed FROM verdict_day"
                + KEY
                + " AND date <= :date ORDER BY date DESC LIMIT 1")
        .bind("school", mark.school())
        .bind("profile", mark.profile())
        .bind("rule", mark.rule())
        .bind("date", mark.date().toString())
        .map(Verdicts::mark)
        .findOne()
        .orElse(null);
  }

  private static void upsertMark(Handle handle, Mark mark) {
    handle
        .createUpdate(
            "INSERT INTO verdict_day"
                + " (school, profile, rule, date, outcome, evidence, disputed)"
                + " VALUES (:school, :profile, :rule, :date, :outcome, :evidence, :disputed)"
                + " ON CONFLICT (school, profile, rule, date) DO UPDATE SET"
                + " outcome = excluded.outcome, evidence = excluded.evidence,"
                + " disputed = excluded.disputed")
        .bind("school", mark.school())
        .bind("profile", mark.profile())
        .bind("rule", mark.rule())
        .bind("date", mark.date().toString())
        .bind("outcome", mark.outcome().name())
        .bind("evidence", mark.evidence().name())
        .bind("disputed", mark.disputed() ? 1 : 0)
        .execute();
  }

  private static void insertChange(
      Handle handle, Verdict verdict, @Nullable Mark before, Instant now) {
    handle
        .createUpdate(
            "INSERT INTO verdict_change (written_millis, school, profile, rule, date,"
                + " before_outcome, before_evidence, before_disputed,"
                + " outcome, evidence, disputed, reason)"
                + " VALUES (:now, :school, :profile, :rule, :date, :beforeOutcome,"
                + " :beforeEvidence, :beforeDisputed, :outcome, :evidence, :disputed, :reason)")
        .bind("now", now.toEpochMilli())
        .bind("school", verdict.school())
        .bind("profile", verdict.profile())
        .bind("rule", verdict.rule())
        .bind("date", verdict.to().toString())
        .bind("beforeOutcome", before == null ? null : before.outcome().name())
        .bind("beforeEvidence", before == null ? null : before.evidence().name())
        .bind("beforeDisputed", before == null ? null : (Integer) (before.disputed() ? 1 : 0))
        .bind("outcome", verdict.outcome().name())
        .bind("evidence", verdict.evidence().name())
        .bind("disputed", verdict.disputed() ? 1 : 0)
        .bind("reason", verdict.because().get(0).code())
        .execute();
  }

  /** The newest verdict of every rule of the school, by profile and rule. */
  public List<Verdict> latest(String school) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT body FROM verdict WHERE school = :school ORDER BY profile, rule")
                    .bind("school", school)
                    .mapTo(String.class)
                    .map(VerdictJson::read)
                    .list());
  }

  /** The newest verdict of every school for every rule of the profile, by school and rule. */
  public List<Verdict> latestOf(String profile) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT body FROM verdict WHERE profile = :profile ORDER BY school, rule")
                    .bind("profile", profile)
                    .mapTo(String.class)
                    .map(VerdictJson::read)
                    .list());
  }

  /** The marks of a school in a span, both ends inclusive, by rule and date. */
  public List<Mark> marks(String school, String profile, LocalDate from, LocalDate to) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT school, profile, rule, date, outcome, evidence, disputed"
                            + " FROM verdict_day WHERE school = :school AND profile = :profile"
                            + " AND date BETWEEN :from AND :to ORDER BY rule, date")
                    .bind("school", school)
                    .bind("profile", profile)
                    .bind("from", from.toString())
                    .bind("to", to.toString())
                    .map(Verdicts::mark)
                    .list());
  }

  /**
   * Which verdicts of some rules are marked disputed in a span, both ends inclusive.
   *
   * @return rules by date by school; no entry where nothing is disputed
   */
  public Map<String, Map<LocalDate, Set<String>>> disputed(
      Collection<String> schools,
      String profile,
      Collection<String> rules,
      LocalDate from,
      LocalDate to) {
    Map<String, Map<LocalDate, Set<String>>> found = new HashMap<>();
    if (rules.isEmpty()) {
      return found;
    }
    List<String> codes = List.copyOf(schools);
    database
        .readOnly()
        .useHandle(
            handle -> {
              for (int i = 0; i < codes.size(); i += SCHOOLS_PER_QUERY) {
                handle
                    .createQuery(
                        "SELECT school, profile, rule, date, outcome, evidence, disputed"
                            + " FROM verdict_day WHERE school IN (<schools>)"
                            + " AND profile = :profile AND rule IN (<rules>)"
                            + " AND date BETWEEN :from AND :to AND disputed = 1")
                    .bindList(
                        "schools", codes.subList(i, Math.min(codes.size(), i + SCHOOLS_PER_QUERY)))
                    .bindList("rules", List.copyOf(rules))
                    .bind("profile", profile)
                    .bind("from", from.toString())
                    .bind("to", to.toString())
                    .map(Verdicts::mark)
                    .forEach(
                        mark ->
                            found
                                .computeIfAbsent(mark.school(), school -> new HashMap<>())
                                .computeIfAbsent(mark.date(), date -> new TreeSet<>())
                                .add(mark.rule()));
              }
            });
    return found;
  }

  /**
   * The marks of some schools for some rules on some dates, in no order.
   *
   * @param schools a few hundred at a time: each is a parameter of the query
   */
  public List<Mark> marks(
      String profile,
      Collection<String> rules,
      Collection<String> schools,
      Collection<LocalDate> dates) {
    if (rules.isEmpty() || schools.isEmpty() || dates.isEmpty()) {
      return List.of();
    }
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT school, profile, rule, date, outcome, evidence, disputed"
                            + " FROM verdict_day WHERE school IN (<schools>)"
                            + " AND profile = :profile AND rule IN (<rules>)"
                            + " AND date IN (<dates>)")
                    .bindList("schools", List.copyOf(schools))
                    .bind("profile", profile)
                    .bindList("rules", List.copyOf(rules))
                    .bindList("dates", dates.stream().map(LocalDate::toString).toList())
                    .map(Verdicts::mark)
                    .list());
  }

  /**
   * When some schools last met some rules, since a day.
   *
   * @param schools a few hundred at a time: each is a parameter of the query
   * @return dates by rule by school; no entry where a rule was not met since
   */
  public Map<String, Map<String, LocalDate>> lastMet(
      String profile, Collection<String> rules, Collection<String> schools, LocalDate since) {
    Map<String, Map<String, LocalDate>> met = new HashMap<>();
    if (!rules.isEmpty() && !schools.isEmpty()) {
      database
          .readOnly()
          .useHandle(
              handle ->
                  handle
                      .createQuery(
                          "SELECT school, rule, MAX(date) AS met FROM verdict_day"
                              + " WHERE school IN (<schools>) AND profile = :profile"
                              + " AND rule IN (<rules>) AND date >= :since AND outcome = :met"
                              + " GROUP BY school, rule")
                      .bindList("schools", List.copyOf(schools))
                      .bind("profile", profile)
                      .bindList("rules", List.copyOf(rules))
                      .bind("since", since.toString())
                      .bind("met", Outcome.MET.name())
                      .mapToMap(String.class)
                      .forEach(
                          row ->
                              met.computeIfAbsent(text(row, "school"), code -> new HashMap<>())
                                  .put(text(row, "rule"), LocalDate.parse(text(row, "met")))));
    }
    return met;
  }

  private static String text(Map<String, String> row, String column) {
    String text = row.get(column);
    if (text == null) {
      throw new IllegalStateException("BUG: " + column + " is null");
    }
    return text;
  }

  /** On how many of these schools each date of a span has a mark, oldest first. */
  public SortedMap<LocalDate, Integer> markedDates(
      String profile,
      Collection<String> rules,
      Collection<String> schools,
      LocalDate from,
      LocalDate to) {
    SortedMap<LocalDate, Integer> marked = new TreeMap<>();
    if (!schools.isEmpty() && !rules.isEmpty()) {
      database
          .readOnly()
          .useHandle(
              handle ->
                  handle
                      .createQuery(
                          "SELECT date, COUNT(DISTINCT school) AS marked FROM verdict_day"
                              + " WHERE school IN (<schools>) AND profile = :profile"
                              + " AND rule IN (<rules>) AND date BETWEEN :from AND :to"
                              + " GROUP BY date")
                      .bindList("schools", List.copyOf(schools))
                      .bind("profile", profile)
                      .bindList("rules", List.copyOf(rules))
                      .bind("from", from.toString())
                      .bind("to", to.toString())
                      .map(
                          row ->
                              Map.entry(
                                  LocalDate.parse(row.getColumn("date", String.class)),
                                  row.getColumn("marked", Integer.class)))
                      .forEach(entry -> marked.put(entry.getKey(), entry.getValue())));
    }
    return marked;
  }

  /** The newest changes of a school, newest first. */
  public List<Entry> changes(String school, int most) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT written_millis, school, profile, rule, date, before_outcome,"
                            + " outcome, evidence, disputed, reason FROM verdict_change"
                            + " WHERE school = :school ORDER BY id DESC LIMIT :most")
                    .bind("school", school)
                    .bind("most", most)
                    .map(Verdicts::entry)
                    .list());
  }

  private static Mark mark(RowView row) {
    return new Mark(
        row.getColumn("school", String.class),
        row.getColumn("profile", String.class),
        row.getColumn("rule", String.class),
        LocalDate.parse(row.getColumn("date", String.class)),
        Outcome.valueOf(row.getColumn("outcome", String.class)),
        Evidence.valueOf(row.getColumn("evidence", String.class)),
        row.getColumn("disputed", Integer.class) == 1);
  }

  private static Entry entry(RowView row) {
    String before = row.getColumn("before_outcome", String.class);
    return new Entry(
        Instant.ofEpochMilli(row.getColumn("written_millis", Long.class)),
        before == null ? null : Outcome.valueOf(before),
        mark(row),
        row.getColumn("reason", String.class));
  }

  /**
   * A line of the history.
   *
   * @param written when the change was noticed
   * @param before null for the first verdict of a rule
   * @param reason code of the first reason
   */
  public record Entry(Instant written, @Nullable Outcome before, Mark mark, String reason) {}
}

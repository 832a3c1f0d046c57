package org.rollcall.collector.declared;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.registry.RegisterChange.Counts;
import org.rollcall.collector.registry.Watch;

/**
 * The declared values in the database. Nothing is overwritten: of two values of one day the one
 * entered later stands, and both are kept. Every change raises the register's revision, so that
 * what rests on it is judged again. Any thread; every call asks the database.
 */
public final class DeclaredValues {
  private static final int ROWS_PER_BATCH = 1_000;

  /** How many units one query names. SQLite allows 32,766 parameters, PostgreSQL 65,535. */
  private static final int UNITS_PER_QUERY = 500;

  private static final String COLUMNS = "unit, indicator, as_of, value, note, certificate";

  private static final String INSERT =
      """
      INSERT INTO declared_value (unit, indicator, as_of, value, note, certificate, entered_millis)
      VALUES (:unit, :indicator, :asOf, :value, :note, :certificate, :entered)
      """;

  /** Everything of some units in the order of entering: the last of a day stands. */
  private static final String ALL_OF_UNITS =
      """
      SELECT unit, indicator, as_of, value, note, certificate FROM declared_value
      WHERE unit IN (<units>) ORDER BY id
      """;

  private static final String NEWEST =
      """
      SELECT unit, indicator, as_of, value, note, certificate FROM (
        SELECT *, row_number() OVER (PARTITION BY unit, indicator ORDER BY as_of DESC, id DESC)
          AS place
        FROM declared_value WHERE unit IN (<units>) AND as_of <= :date) AS placed
      WHERE place = 1
      """;

  private final Database database;
  private final Clock clock;

  /**
   * @param clock tells when a value was entered
   */
  public DeclaredValues(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A value and when it was entered.
   *
   * @param entered by the clock of this machine
   */
  public record Entry(DeclaredValue value, Instant entered) {}

  private record Key(String unit, DeclaredIndicator indicator, LocalDate asOf) {
    static Key of(DeclaredValue value) {
      return new Key(value.unit(), value.indicator(), value.asOf());
    }
  }

  /** Adds values, all or none; one that says what is known already is left out. */
  public Counts put(Collection<DeclaredValue> values) {
    return put(values, Watch.NOBODY);
  }

  /** The same while somebody looks on. */
  public Counts put(Collection<DeclaredValue> values, Watch watch) {
    return database.jdbi().inTransaction(handle -> put(handle, values, watch));
  }

  /** Counts as {@link #put(Collection)} would and changes nothing. */
  public Counts rehearse(Collection<DeclaredValue> values) {
    return rehearse(values, Watch.NOBODY);
  }

  /** The same while somebody looks on. */
  public Counts rehearse(Collection<DeclaredValue> values, Watch watch) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              Counts counts = put(handle, values, watch);
              handle.rollback();
              return counts;
            });
  }

  /** The same in a transaction of somebody who changes more with it. */
  public Counts put(Handle handle, Collection<DeclaredValue> values) {
    return put(handle, values, Watch.NOBODY);
  }

  private Counts put(Handle handle, Collection<DeclaredValue> values, Watch watch) {
    Map<Key, DeclaredValue> standing = standing(handle, values);
    int inserted = 0;
    int changed = 0;
    try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
      for (DeclaredValue value : values) {
        DeclaredValue before = standing.put(Key.of(value), value);
        if (value.equals(before)) {
          continue;
        }
        inserted += before == null ? 1 : 0;
        changed += before == null ? 0 : 1;
        watch.differs(before, value);
        batch
            .bind("unit", value.unit())
            .bind("indicator", value.indicator().id())
            .bind("asOf", value.asOf().toString())
            .bind("value", value.amount().text())
            .bind("note", value.note())
            .bind("certificate", value.certificate())
            .bind("entered", clock.millis())
            .add();
        if (batch.size() == ROWS_PER_BATCH) {
          batch.execute();
        }
      }
      if (batch.size() > 0) {
        batch.execute();
      }
    }
    if (inserted + changed > 0) {
      handle.execute("UPDATE register_revision SET revision = revision + 1");
    }
    return new Counts(inserted, changed, values.size() - inserted - changed);
  }

  private static Map<Key, DeclaredValue> standing(Handle handle, Collection<DeclaredValue> values) {
    Map<Key, DeclaredValue> standing = new HashMap<>();
    List<String> units = values.stream().map(DeclaredValue::unit).distinct().toList();
    for (List<String> some : parts(units)) {
      handle.createQuery(ALL_OF_UNITS).bindList("units", some).map(DeclaredValues::value).stream()
          .filter(Objects::nonNull)
          .forEach(value -> standing.put(Key.of(value), value));
    }
    return standing;
  }

  private static List<List<String>> parts(List<String> units) {
    List<List<String>> parts = new ArrayList<>();
    for (int from = 0; from < units.size(); from += UNITS_PER_QUERY) {
      parts.add(units.subList(from, Math.min(units.size(), from + UNITS_PER_QUERY)));
    }
    return parts;
  }

  /** What a unit's newest values on a date are, by indicator; none for one that declared none. */
  public Map<DeclaredIndicator, DeclaredValue> of(String unit, LocalDate date) {
    return of(List.of(unit), date).getOrDefault(unit, Map.of());
  }

  /**
   * The newest values of many units on a date, in one consistent state.
   *
   * @return an entry for each of {@code units}, in their order
   */
  public Map<String, Map<DeclaredIndicator, DeclaredValue>> of(
      Collection<String> units, LocalDate date) {
    Map<String, Map<DeclaredIndicator, DeclaredValue>> all = new LinkedHashMap<>();
    units.forEach(unit -> all.put(unit, new EnumMap<>(DeclaredIndicator.class)));
    database
        .readOnly()
        .useTransaction(
            handle -> {
              for (List<String> some : parts(List.copyOf(all.keySet()))) {
                handle
                    .createQuery(NEWEST)
                    .bindList("units", some)
                    .bind("date", date.toString())
                    .map(DeclaredValues::value)
                    .stream()
                    .filter(Objects::nonNull)
                    .forEach(value -> enter(all, value));
              }
            });
    return all;
  }

  private static void enter(
      Map<String, Map<DeclaredIndicator, DeclaredValue>> all, DeclaredValue value) {
    Map<DeclaredIndicator, DeclaredValue> its = all.get(value.unit());
    if (its != null) {
      its.put(value.indicator(), value);
    }
  }

  /** Everything a unit ever declared of an indicator, the last entered first. */
  public List<Entry> history(String unit, DeclaredIndicator indicator) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT "
                            + COLUMNS
                            + ", entered_millis FROM declared_value"
                            + " WHERE unit = :unit AND indicator = :indicator ORDER BY id DESC")
                    .bind("unit", unit)
                    .bind("indicator", indicator.id())
                    .map(
                        row -> {
                          DeclaredValue value = value(row);
                          return value == null
                              ? null
                              : new Entry(
                                  value,
                                  Instant.ofEpochMilli(
                                      row.getColumn("entered_millis", Long.class)));
                        })
                    .stream()
                    .filter(Objects::nonNull)
                    .toList());
  }

  /** A row's value; null if this version knows no such indicator or value. */
  private static @Nullable DeclaredValue value(RowView row) {
    DeclaredIndicator indicator = DeclaredIndicator.of(row.getColumn("indicator", String.class));
    if (indicator == null
        || !(indicator.read(row.getColumn("value", String.class))
            instanceof DeclaredIndicator.Reading.Good good)) {
      return null;
    }
    return new DeclaredValue(
        row.getColumn("unit", String.class),
        indicator,
        good.amount(),
        LocalDate.parse(row.getColumn("as_of", String.class)),
        row.getColumn("note", String.class),
        row.getColumn("certificate", String.class));
  }
}

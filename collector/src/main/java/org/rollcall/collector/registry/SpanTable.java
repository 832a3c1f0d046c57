package org.rollcall.collector.registry;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * A table whose records are in force from a date to a date: its statements. The spans of one key
 * never overlap; two that touch may say different things or the same.
 *
 * @param name the table
 * @param keys the columns that name a record, the first of which names a school or a region
 * @param columns the others, each with the name under which a record binds it
 */
record SpanTable(String name, List<String> keys, Map<String, String> columns) {
  static final SpanTable REGIONS =
      of("region", List.of("code"), List.of("name", "name_en", "level", "parent"));
  static final SpanTable SCHOOLS =
      of(
              "school",
              List.of("code"),
              List.of(
                  "name",
                  "name_en",
                  "region",
                  "stage",
                  "tier",
                  "ownership",
                  "setting",
                  "students",
                  "teachers",
                  "classes",
                  "lon",
                  "lat",
                  "source_crs",
                  "medium",
                  "isp",
                  "contract_mbps",
                  "edu_network",
                  "status",
                  "campus_of",
                  "plan_year"))
          .nested("statistics", List.of("largest_class", "multimedia_rooms", "computers"));
  static final SpanTable CLASSES =
      of("school_class", List.of("school", "name"), List.of("grade", "platform_declared"));
  static final SpanTable DEVICES =
      of("device", List.of("school", "kind", "name"), List.of("space", "address", "probe"));
  static final SpanTable LINES =
      of(
          "line",
          List.of("school", "name"),
          List.of("medium", "isp", "contract_mbps", "edu_network", "load_balanced"));

  private static final int ROWS_PER_BATCH = 1_000;

  /** How many schools one query names. SQLite allows 32,766 parameters, PostgreSQL 65,535. */
  static final int UNITS_PER_QUERY = 500;

  private static SpanTable of(String name, List<String> keys, List<String> columns) {
    Map<String, String> bindings = new LinkedHashMap<>();
    columns.forEach(column -> bindings.put(column, camel(column)));
    return new SpanTable(name, keys, bindings);
  }

  private SpanTable nested(String part, List<String> more) {
    Map<String, String> bindings = new LinkedHashMap<>(columns);
    more.forEach(column -> bindings.put(column, part + "." + camel(column)));
    return new SpanTable(name, keys, bindings);
  }

  private static String camel(String column) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < column.length(); i++) {
      char c = column.charAt(i);
      if (c != '_') {
        name.append(i > 0 && column.charAt(i - 1) == '_' ? Character.toUpperCase(c) : c);
      }
    }
    return name.toString();
  }

  /** The records in force on the day bound as {@code date}, as the beginning of a WHERE clause. */
  String select() {
    return "SELECT "
        + String.join(", ", keys)
        + columns.keySet().stream().map(c -> ", " + c).collect(Collectors.joining())
        + " FROM "
        + name
        + " WHERE valid_from <= :date AND :date < valid_to";
  }

  private String sameKey() {
    return keys.stream().map(key -> key + " = :" + key).collect(Collectors.joining(" AND "));
  }

  /** Puts a record in force from {@code from} until what was in force there ends or begins. */
  private String insert() {
    Stream<String> names = Stream.concat(keys.stream(), columns.keySet().stream());
    Stream<String> values = Stream.concat(keys.stream(), columns.values().stream());
    return """
        INSERT INTO %1$s (%2$s, valid_from, valid_to)
        VALUES (%3$s, :from, coalesce(
          (SELECT valid_to FROM %1$s WHERE %4$s AND valid_from <= :from AND :from < valid_to),
          (SELECT min(valid_from) FROM %1$s WHERE %4$s AND valid_from > :from),
          '%5$s'))
        ON CONFLICT (%6$s, valid_from) DO UPDATE SET %7$s
        """
        .formatted(
            name,
            names.collect(Collectors.joining(", ")),
            values.map(value -> ":" + value).collect(Collectors.joining(", ")),
            sameKey(),
            Effective.OPEN_END,
            String.join(", ", keys),
            columns.keySet().stream()
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", ")));
  }

  /** Ends on {@code from} what began before it. */
  private String cut() {
    return "UPDATE %s SET valid_to = :from WHERE %s AND valid_from < :from AND :from < valid_to"
        .formatted(name, sameKey());
  }

  /**
   * Writes records, each in force from its date on. No two may have the same key.
   *
   * @param extra what a record does not hold itself, by its binding
   * @param key a record's values of {@link #keys}
   * @param watch told of every batch
   */
  <T> void put(
      Handle handle,
      Map<T, LocalDate> records,
      Map<String, ?> extra,
      Function<T, List<String>> key,
      Watch watch) {
    try (PreparedBatch inserts = handle.prepareBatch(insert());
        PreparedBatch cuts = handle.prepareBatch(cut())) {
      for (Map.Entry<T, LocalDate> entry : records.entrySet()) {
        String from = entry.getValue().toString();
        inserts.bindMethods(entry.getKey()).bindMap(extra).bind("from", from).add();
        List<String> its = key.apply(entry.getKey());
        for (int i = 0; i < keys.size(); i++) {
          cuts.bind(keys.get(i), its.get(i));
        }
        cuts.bind("from", from).add();
        if (inserts.size() == ROWS_PER_BATCH) {
          inserts.execute();
          cuts.execute();
          watch.written(ROWS_PER_BATCH);
        }
      }
      int rest = inserts.size();
      if (rest > 0) {
        inserts.execute();
        cuts.execute();
        watch.written(rest);
      }
    }
  }

  /** Which of these keys have a record on any date. */
  Set<List<String>> known(Handle handle, Collection<List<String>> wanted) {
    List<String> units = wanted.stream().map(key -> key.get(0)).distinct().toList();
    Set<List<String>> known = new HashSet<>();
    for (int from = 0; from < units.size(); from += UNITS_PER_QUERY) {
      handle
          .createQuery(
              "SELECT DISTINCT %s FROM %s WHERE %s IN (<units>)"
                  .formatted(String.join(", ", keys), name, keys.get(0)))
          .bindList("units", units.subList(from, Math.min(units.size(), from + UNITS_PER_QUERY)))
          .map(row -> keys.stream().map(key -> row.getColumn(key, String.class)).toList())
          .forEach(known::add);
    }
    return known;
  }

  /** A stretch of time in which one record says one thing. */
  record Span(LocalDate from, LocalDate to) {
    boolean covers(LocalDate date) {
      return !date.isBefore(from) && date.isBefore(to);
    }
  }

  /** What one key says and when, the oldest first. */
  <T> List<Dated<T>> history(Handle handle, List<String> key, Class<T> type) {
    var query =
        handle.createQuery(
            "SELECT %s, valid_from, valid_to FROM %s WHERE %s ORDER BY valid_from"
                .formatted(
                    Stream.concat(keys.stream(), columns.keySet().stream())
                        .collect(Collectors.joining(", ")),
                    name,
                    sameKey()));
    for (int i = 0; i < keys.size(); i++) {
      query.bind(keys.get(i), key.get(i));
    }
    return query
        .map(
            row ->
                Dated.of(
                    LocalDate.parse(row.getColumn("valid_from", String.class)),
                    LocalDate.parse(row.getColumn("valid_to", String.class)),
                    row.getRow(type)))
        .list();
  }

  /** The spans of one key, the oldest first. */
  List<Span> spans(Handle handle, List<String> key) {
    var query =
        handle.createQuery(
            "SELECT valid_from, valid_to FROM %s WHERE %s ORDER BY valid_from"
                .formatted(name, sameKey()));
    for (int i = 0; i < keys.size(); i++) {
      query.bind(keys.get(i), key.get(i));
    }
    return query
        .map(
            row ->
                new Span(
                    LocalDate.parse(row.getColumn("valid_from", String.class)),
                    LocalDate.parse(row.getColumn("valid_to", String.class))))
        .list();
  }

  /**
   * Ends a record that is in force on {@code date}, and what follows it without a gap. What begins
   * after a gap stays.
   */
  void end(Handle handle, List<String> key, LocalDate date) {
    List<LocalDate> gone = new ArrayList<>();
    LocalDate reached = null;
    for (Span span : spans(handle, key)) {
      if (span.covers(date) || span.from().equals(reached)) {
        reached = span.to();
        if (!span.from().isBefore(date)) {
          gone.add(span.from());
        }
      }
    }
    List<Object> bound = new ArrayList<>(key);
    String where = keys.stream().map(k -> k + " = ?").collect(Collectors.joining(" AND "));
    for (LocalDate from : gone) {
      List<Object> all = new ArrayList<>(bound);
      all.add(from.toString());
      handle.execute(
          "DELETE FROM " + name + " WHERE " + where + " AND valid_from = ?", all.toArray());
    }
    List<Object> all = new ArrayList<>();
    all.add(date.toString());
    all.addAll(key);
    all.add(date.toString());
    all.add(date.toString());
    handle.execute(
        "UPDATE %s SET valid_to = ? WHERE %s AND valid_from < ? AND ? < valid_to"
            .formatted(name, where),
        all.toArray());
  }

  /**
   * From {@code date} on, every record that says {@code before} in a column says {@code after}.
   *
   * @return how many records that are in force on that day were changed
   */
  int replace(Handle handle, String column, String before, String after, LocalDate date) {
    Stream<String> names = Stream.concat(keys.stream(), columns.keySet().stream());
    String all = names.collect(Collectors.joining(", "));
    String split =
        "INSERT INTO %1$s (%2$s, valid_from, valid_to) SELECT %2$s, :date, valid_to FROM %1$s"
            + " WHERE %3$s = :before AND valid_from < :date AND :date < valid_to";
    String cut =
        "UPDATE %1$s SET valid_to = :date"
            + " WHERE %3$s = :before AND valid_from < :date AND :date < valid_to";
    String rename = "UPDATE %1$s SET %3$s = :after WHERE %3$s = :before AND valid_from >= :date";
    String count =
        "SELECT count(*) FROM %1$s"
            + " WHERE %3$s = :before AND valid_from <= :date AND :date < valid_to";
    int found =
        handle
            .createQuery(count.formatted(name, all, column))
            .bind("before", before)
            .bind("date", date.toString())
            .mapTo(Integer.class)
            .one();
    for (String sql : List.of(split, cut)) {
      handle
          .createUpdate(sql.formatted(name, all, column))
          .bind("before", before)
          .bind("date", date.toString())
          .execute();
    }
    handle
        .createUpdate(rename.formatted(name, all, column))
        .bind("before", before)
        .bind("after", after)
        .bind("date", date.toString())
        .execute();
    return found;
  }
}

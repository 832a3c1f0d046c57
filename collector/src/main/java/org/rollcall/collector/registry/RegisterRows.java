package org.rollcall.collector.registry;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Reads the register as it is on a date. Whoever calls holds the transaction. */
final class RegisterRows {
  private final Handle handle;

  RegisterRows(Handle handle) {
    this.handle = handle;
  }

  long revision() {
    return handle.createQuery("SELECT revision FROM register_revision").mapTo(Long.class).one();
  }

  /** The dates around this one between which regions and schools stay the same. */
  SpanTable.Span span(LocalDate date) {
    String before = edge("SELECT max(date) FROM register_date WHERE date <= ?", date);
    String after = edge("SELECT min(date) FROM register_date WHERE date > ?", date);
    return new SpanTable.Span(
        before == null ? LocalDate.MIN : LocalDate.parse(before),
        after == null ? LocalDate.MAX : LocalDate.parse(after));
  }

  private @Nullable String edge(String sql, LocalDate date) {
    return handle
        .createQuery(sql)
        .bind(0, date.toString())
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  /**
   * Regions and schools.
   *
   * @param like a register whose records are taken where they are the same, to save memory
   */
  Register register(LocalDate date, Register like) {
    List<Region> regions =
        handle
            .createQuery(SpanTable.REGIONS.select())
            .bind("date", date.toString())
            .map(ConstructorMapper.of(Region.class))
            .list();
    List<School> schools = new ArrayList<>();
    handle
        .createQuery(SpanTable.SCHOOLS.select())
        .bind("date", date.toString())
        .map(ConstructorMapper.of(School.class))
        .forEach(
            school -> {
              School same = like.school(school.code());
              schools.add(school.equals(same) ? same : school);
            });
    return new Register(revision(), regions, schools);
  }

  /** What some schools have: an entry for each, in their order. */
  Map<String, Inventory> inventories(Collection<String> schools, LocalDate date) {
    List<String> codes = schools.stream().distinct().toList();
    Map<String, List<SchoolClass>> classes =
        group(
            SpanTable.CLASSES, SchoolClass.class, codes, "grade, name", SchoolClass::school, date);
    Map<String, List<Device>> devices =
        group(SpanTable.DEVICES, Device.class, codes, "kind, name", Device::school, date);
    Map<String, List<Line>> lines =
        group(SpanTable.LINES, Line.class, codes, "name", Line::school, date);
    Map<String, Inventory> all = new LinkedHashMap<>();
    for (String code : codes) {
      all.put(
          code,
          new Inventory(
              code,
              classes.getOrDefault(code, List.of()),
              devices.getOrDefault(code, List.of()),
              lines.getOrDefault(code, List.of())));
    }
    return all;
  }

  private <T> Map<String, List<T>> group(
      SpanTable table,
      Class<T> type,
      List<String> codes,
      String order,
      Function<T, String> school,
      LocalDate date) {
    Map<String, List<T>> found = new HashMap<>();
    each(
        table,
        type,
        codes,
        order,
        date,
        item -> found.computeIfAbsent(school.apply(item), code -> new ArrayList<>()).add(item));
    return found;
  }

  /** Hands out what some schools have of one kind, each school's in its order. */
  <T> void each(
      SpanTable table,
      Class<T> type,
      List<String> schools,
      String order,
      LocalDate date,
      Consumer<T> sink) {
    String sql = table.select() + " AND school IN (<schools>) ORDER BY school, " + order;
    for (int from = 0; from < schools.size(); from += SpanTable.UNITS_PER_QUERY) {
      int to = Math.min(schools.size(), from + SpanTable.UNITS_PER_QUERY);
      handle
          .createQuery(sql)
          .bindList("schools", schools.subList(from, to))
          .bind("date", date.toString())
          .map(ConstructorMapper.of(type))
          .forEach(sink);
    }
  }
}

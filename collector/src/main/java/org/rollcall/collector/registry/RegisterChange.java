package org.rollcall.collector.registry;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * An open change of the register, in force from one date on. Records replace those with the same
 * key from that date until a later change takes over; others stay. Only the thread that runs the
 * change may use it, and only until it ends.
 */
public final class RegisterChange {
  private final Handle handle;
  private final Effective effective;
  private final RegisterRows rows;
  private boolean changed;
  private boolean dated;
  private Watch watch = Watch.NOBODY;

  RegisterChange(Handle handle, Effective effective) {
    this.handle = handle;
    this.effective = effective;
    this.rows = new RegisterRows(handle);
  }

  /**
   * What became of the records.
   *
   * @param inserted were not there on that date
   * @param changed said something else
   * @param unchanged stood there already
   * @param ended are there no longer from that date on
   */
  public record Counts(int inserted, int changed, int unchanged, int ended) {
    public Counts(int inserted, int changed, int unchanged) {
      this(inserted, changed, unchanged, 0);
    }

    Counts andEnded(int more) {
      return new Counts(inserted, changed, unchanged, ended + more);
    }
  }

  /** Does what belongs to this change and is not the register's, in the same transaction. */
  public void together(Consumer<Handle> work) {
    work.accept(handle);
  }

  /** Somebody looks on from now on. */
  public void watch(Watch onlooker) {
    watch = onlooker;
  }

  /** The first day on which this change is in force. */
  public LocalDate date() {
    return effective.date();
  }

  /** Regions and schools on that day, as this change sees them. */
  public Register register() {
    return rows.register(effective.date(), Register.empty());
  }

  /** Parents may come after their children, but must be there when the change ends. */
  public Counts putRegions(Collection<Region> regions) {
    Register before = register();
    Map<String, Region> wanted = new HashMap<>();
    regions.forEach(region -> wanted.put(region.code(), region));
    Beginnings beginnings = new Beginnings(wanted);
    return put(
        SpanTable.REGIONS,
        regions,
        region -> before.region(region.code()),
        region -> List.of(region.code()),
        region -> region.parent() == null ? effective.first() : beginnings.of(region.parent()),
        Map.of());
  }

  /**
   * Merges a region into another (撤乡并镇): what lies in it lies in the other from this date on, and
   * it is there no longer. What was planned for later follows.
   *
   * @return how many schools that are in force on this date changed region; -1 if the region was
   *     not there any more
   */
  public int mergeRegion(String code, String into) {
    if (register().region(code) == null) {
      return -1;
    }
    LocalDate date = effective.date();
    int moved = SpanTable.SCHOOLS.replace(handle, "region", code, into, date);
    SpanTable.REGIONS.replace(handle, "parent", code, into, date);
    SpanTable.REGIONS.end(handle, List.of(code), date);
    changed = true;
    dated = true;
    return moved;
  }

  /**
   * Puts schools whose regions are there already.
   *
   * @param sourceCrs the reference system the coordinates were given in, before they became WGS-84
   */
  public Counts putSchools(Collection<School> schools, Crs sourceCrs) {
    Register before = register();
    Beginnings beginnings = new Beginnings(Map.of());
    return put(
        SpanTable.SCHOOLS,
        schools,
        school -> before.school(school.code()),
        school -> List.of(school.code()),
        school -> beginnings.of(school.region()),
        Map.of("sourceCrs", sourceCrs));
  }

  /** Puts classes whose schools are there already. */
  public Counts putClasses(Collection<SchoolClass> classes) {
    return put(SpanTable.CLASSES, SchoolClass.class, classes, RegisterChange::key);
  }

  /** The same, and ends every other class of the schools named. */
  public Counts replaceClasses(Collection<SchoolClass> classes) {
    return replace(SpanTable.CLASSES, SchoolClass.class, classes, RegisterChange::key);
  }

  /** Puts devices whose schools are there already. */
  public Counts putDevices(Collection<Device> devices) {
    return put(SpanTable.DEVICES, Device.class, devices, RegisterChange::key);
  }

  /** The same, and ends every other device of the schools named. */
  public Counts replaceDevices(Collection<Device> devices) {
    return replace(SpanTable.DEVICES, Device.class, devices, RegisterChange::key);
  }

  /** Puts lines whose schools are there already. */
  public Counts putLines(Collection<Line> lines) {
    return put(SpanTable.LINES, Line.class, lines, RegisterChange::key);
  }

  /** The same, and ends every other line of the schools named. */
  public Counts replaceLines(Collection<Line> lines) {
    return replace(SpanTable.LINES, Line.class, lines, RegisterChange::key);
  }

  private static List<String> key(SchoolClass c) {
    return List.of(c.school(), c.name());
  }

  private static List<String> key(Device device) {
    return List.of(device.school(), device.kind(), device.name());
  }

  private static List<String> key(Line line) {
    return List.of(line.school(), line.name());
  }

  private <T> Map<List<String>, T> ofSchools(
      SpanTable table, Class<T> type, Collection<T> records, Function<T, List<String>> key) {
    Map<List<String>, T> found = new HashMap<>();
    rows.each(
        table,
        type,
        records.stream().map(record -> key.apply(record).get(0)).distinct().toList(),
        "name",
        effective.date(),
        record -> found.put(key.apply(record), record));
    return found;
  }

  private <T> Counts put(
      SpanTable table, Class<T> type, Collection<T> records, Function<T, List<String>> key) {
    Map<List<String>, T> before = ofSchools(table, type, records, key);
    return put(
        table,
        records,
        record -> before.get(key.apply(record)),
        key,
        record -> effective.first(),
        Map.of());
  }

  private <T> Counts replace(
      SpanTable table, Class<T> type, Collection<T> records, Function<T, List<String>> key) {
    Map<List<String>, T> gone = ofSchools(table, type, records, key);
    records.forEach(record -> gone.remove(key.apply(record)));
    Counts counts = put(table, type, records, key);
    gone.forEach(
        (ended, record) -> {
          watch.ends(record);
          table.end(handle, ended, effective.date());
        });
    changed |= !gone.isEmpty();
    return counts.andEnded(gone.size());
  }

  private interface Before<T> {
    /** The record with the same key as it stands on that date, or null. */
    @Nullable T find(T wanted);
  }

  private <T> Counts put(
      SpanTable table,
      Collection<T> records,
      Before<T> before,
      Function<T, List<String>> key,
      Function<T, LocalDate> first,
      Map<String, ?> extra) {
    Map<T, LocalDate> wanted = new LinkedHashMap<>();
    Map<T, List<String>> fresh = new LinkedHashMap<>();
    for (T record : records) {
      T found = before.find(record);
      if (found == null) {
        fresh.put(record, key.apply(record));
        watch.differs(null, record);
      } else if (!record.equals(found)) {
        wanted.put(record, effective.date());
        watch.differs(found, record);
      }
    }
    int replaced = wanted.size();
    Set<List<String>> known = effective.stated() ? Set.of() : table.known(handle, fresh.values());
    fresh.forEach(
        (record, its) ->
            wanted.put(record, known.contains(its) ? effective.date() : first.apply(record)));
    table.put(handle, wanted, extra, key, watch);
    changed |= !wanted.isEmpty();
    dated |= wanted.values().stream().anyMatch(effective.date()::equals);
    return new Counts(fresh.size(), replaced, records.size() - wanted.size());
  }

  /**
   * Since when a record that is quite new may be in a region: ever since, unless the region itself
   * began later.
   */
  private final class Beginnings {
    private final Map<String, Region> beside;
    private final Map<String, LocalDate> found = new HashMap<>();

    /**
     * @param beside regions of the same change
     */
    Beginnings(Map<String, Region> beside) {
      this.beside = beside;
    }

    /** Ends because each step goes one level up. */
    LocalDate of(String region) {
      LocalDate known = found.get(region);
      if (known != null) {
        return known;
      }
      LocalDate from = effective.stated() ? effective.date() : stored(region);
      found.put(region, from);
      return from;
    }

    private LocalDate stored(String region) {
      LocalDate from = null;
      LocalDate reached = null;
      for (SpanTable.Span span : SpanTable.REGIONS.spans(handle, List.of(region))) {
        if (span.from().isAfter(effective.date())) {
          break;
        }
        from = span.from().equals(reached) ? from : span.from();
        reached = span.to();
      }
      if (from != null) {
        return from;
      }
      Region fresh = beside.get(region);
      return fresh == null || fresh.parent() == null ? Effective.EVER : of(fresh.parent());
    }
  }

  /**
   * Checks that nothing hangs in the air and raises the revision.
   *
   * @throws RegisterConflictException if a school or region would
   */
  void finish() {
    if (!changed) {
      return;
    }
    checkPlaces("school", "region");
    checkPlaces("region", "parent");
    if (dated) {
      handle.execute(
          "INSERT INTO register_date (date) VALUES (?) ON CONFLICT DO NOTHING",
          effective.date().toString());
    }
    handle.execute("UPDATE register_revision SET revision = revision + 1");
  }

  /**
   * What lies in a region lies in it only while the region is there: it is when the span begins,
   * and whenever one of its own spans ends before, the next one begins.
   */
  private void checkPlaces(String table, String column) {
    handle
        .createQuery(
            """
            SELECT s.code, s.%2$s AS place, s.valid_from AS since FROM %1$s s
            WHERE s.%2$s IS NOT NULL AND NOT EXISTS (SELECT 1 FROM region r
              WHERE r.code = s.%2$s AND r.valid_from <= s.valid_from AND s.valid_from < r.valid_to)
            UNION ALL
            SELECT s.code, s.%2$s, r.valid_to FROM %1$s s JOIN region r ON r.code = s.%2$s
            WHERE s.valid_from < r.valid_to AND r.valid_to < s.valid_to AND NOT EXISTS
              (SELECT 1 FROM region n WHERE n.code = r.code AND n.valid_from = r.valid_to)
            ORDER BY 1, 3 LIMIT 1
            """
                .formatted(table, column))
        .map(
            row ->
                new RegisterConflictException(
                    row.getColumn("code", String.class),
                    row.getColumn("place", String.class),
                    LocalDate.parse(row.getColumn("since", String.class))))
        .findOne()
        .ifPresent(
            conflict -> {
              throw conflict;
            });
  }
}

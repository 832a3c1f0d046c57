package org.rollcall.collector.registry.imports;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.RegisterChange;
import org.rollcall.collector.registry.RegisterChange.Counts;
import org.rollcall.collector.registry.RegisterConflictException;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.Watch;

/**
 * The imports of contract.md. Rows replace or add by key, from the options' date on; what the file
 * does not name stays. The file is read and checked before the database is locked, so that a server
 * goes on meanwhile.
 */
public final class Imports {
  private final Registry registry;
  private final AuditLog audit;
  private final Actor by;
  private final Watch watch;

  /** Imports by a command. */
  public Imports(Registry registry) {
    this(registry, Actor.console(), Watch.NOBODY);
  }

  /**
   * Imports by somebody; each that was carried out stands in the audit log.
   *
   * @param by whose doing it is
   * @param watch looks on
   */
  public Imports(Registry registry, Actor by, Watch watch) {
    this.watch = watch;
    this.registry = registry;
    this.audit = registry.audit();
    this.by = by;
  }

  /**
   * Any of them.
   *
   * @param what regions, schools, classes, devices, lines or declared
   */
  public ImportResult file(
      String what, Path file, ImportOptions options, DeclaredValues declaredValues) {
    return switch (what) {
      case "regions" -> regions(file, options);
      case "schools" -> schools(file, options);
      case "classes" -> classes(file, options);
      case "devices" -> devices(file, options);
      case "lines" -> lines(file, options);
      case "declared" -> declared(file, options, declaredValues);
      default -> throw new IllegalArgumentException("BUG: there is no import of " + what);
    };
  }

  /**
   * Regions by code; level and parent may be left to the code. A row with {@code merged_into} ends
   * its region: what lies in it lies in the other from then on.
   */
  public ImportResult regions(Path file, ImportOptions options) {
    Problems problems = new Problems();
    TableReading<RegionRows.Row> table = new TableReading<>(new RegionRows(), problems, watch);
    table.read(file);
    if (problems.count() > 0) {
      return ImportResult.refused("regions", file, options.dryRun(), problems);
    }
    Register known = known(options);
    Map<String, String> merged = new HashMap<>();
    List<Region> standing = new ArrayList<>();
    for (RegionRows.Row row : table.items()) {
      if (row.mergedInto() == null) {
        standing.add(row.region());
      } else {
        merged.put(row.region().code(), row.mergedInto());
      }
    }
    List<Region> regions = RegionTree.join(known, standing, table.rows(), problems);
    checkMerged(known, standing, merged, table.rows(), problems);
    if (problems.count() > 0) {
      return ImportResult.refused("regions", file, options.dryRun(), problems);
    }
    List<Note> notes = new ArrayList<>();
    return write(
        "regions",
        file,
        options,
        change -> {
          Counts counts = change.putRegions(regions);
          int ended = 0;
          for (Map.Entry<String, String> each : merged.entrySet()) {
            int moved = change.mergeRegion(each.getKey(), each.getValue());
            if (moved >= 0) {
              ended++;
              notes.add(Note.of("merged", each.getKey(), each.getValue(), moved));
            }
          }
          return new Counts(
              counts.inserted(),
              counts.changed(),
              counts.unchanged() + merged.size() - ended,
              ended);
        },
        notes);
  }

  private void checkMerged(
      Register known,
      List<Region> standing,
      Map<String, String> merged,
      Map<String, Integer> rows,
      Problems problems) {
    Set<String> there = new HashSet<>();
    known.regions().forEach(region -> there.add(region.code()));
    standing.forEach(region -> there.add(region.code()));
    there.removeAll(merged.keySet());
    merged.forEach(
        (code, into) -> {
          int row = rows.getOrDefault(code, 0);
          if (!there.contains(into)) {
            problems.add(row, "merged_into", "merged-unknown", into);
          }
          if (known.region(code) == null && !registry.hadRegion(code)) {
            problems.add(row, "code", "region-never", code);
          }
        });
  }

  /**
   * Schools by code. Once regions have been imported, a school of an unknown region is refused;
   * before, its region is entered under its code alone, to be named later.
   */
  public ImportResult schools(Path file, ImportOptions options) {
    Problems problems = new Problems();
    Register known = known(options);
    boolean unnamed =
        known.regions().stream().allMatch(region -> region.name().equals(region.code()));
    SchoolRows reader = new SchoolRows(known, options.crs(), unnamed);
    TableReading<School> table = new TableReading<>(reader, problems, watch);
    table.read(file);
    List<Region> regions =
        unnamed && problems.count() == 0
            ? RegionTree.provisional(known, table.items(), problems)
            : List.of();
    Campuses.check(known, table.items(), table.rows(), problems);
    if (problems.count() > 0) {
      return ImportResult.refused("schools", file, options.dryRun(), problems);
    }
    Crs crs = options.crs();
    ImportResult result =
        write(
            "schools",
            file,
            options,
            change -> {
              change.putRegions(regions);
              return change.putSchools(table.items(), crs);
            },
            List.of());
    List<String> provisional =
        regions.stream().map(Region::code).filter(code -> known.region(code) == null).toList();
    return result.ok() ? result.with(reader.suggested(), provisional) : result;
  }

  /** Classes by school and name. */
  public ImportResult classes(Path file, ImportOptions options) {
    return simple(
        "classes",
        file,
        options,
        new ClassRows(known(options)),
        options.replace() ? RegisterChange::replaceClasses : RegisterChange::putClasses);
  }

  /** Devices by school, kind and name. */
  public ImportResult devices(Path file, ImportOptions options) {
    return simple(
        "devices",
        file,
        options,
        new DeviceRows(known(options)),
        options.replace() ? RegisterChange::replaceDevices : RegisterChange::putDevices);
  }

  /** Lines by school and name. */
  public ImportResult lines(Path file, ImportOptions options) {
    return simple(
        "lines",
        file,
        options,
        new LineRows(known(options)),
        options.replace() ? RegisterChange::replaceLines : RegisterChange::putLines);
  }

  /** Declared values by unit, indicator and the day of which they speak. */
  public ImportResult declared(Path file, ImportOptions options, DeclaredValues values) {
    Problems problems = new Problems();
    TableReading<DeclaredValue> table =
        new TableReading<>(new DeclaredRows(registry), problems, watch);
    table.read(file);
    if (problems.count() > 0) {
      return ImportResult.refused("declared", file, options.dryRun(), problems);
    }
    Counts counts =
        options.dryRun()
            ? values.rehearse(table.items(), watch)
            : recorded("declared", file, options, () -> values.put(table.items(), watch));
    return done("declared", file, options, counts, List.of());
  }

  private Register known(ImportOptions options) {
    LocalDate effective = options.effective();
    return effective == null ? registry.snapshot() : registry.at(effective);
  }

  private interface Put<T> {
    Counts put(RegisterChange change, List<T> items);
  }

  private <T> ImportResult simple(
      String what, Path file, ImportOptions options, RowReader<T> reader, Put<T> put) {
    Problems problems = new Problems();
    TableReading<T> table = new TableReading<>(reader, problems, watch);
    table.read(file);
    if (problems.count() > 0) {
      return ImportResult.refused(what, file, options.dryRun(), problems);
    }
    return write(what, file, options, change -> put.put(change, table.items()), List.of());
  }

  private ImportResult write(
      String what,
      Path file,
      ImportOptions options,
      Function<RegisterChange, Counts> puts,
      List<Note> notes) {
    Function<RegisterChange, Counts> work =
        change -> {
          change.watch(watch);
          return puts.apply(change);
        };
    LocalDate effective = options.effective();
    try {
      Counts counts =
          options.dryRun()
              ? registry.rehearse(effective, work)
              : recorded(what, file, options, () -> registry.change(effective, work));
      return done(what, file, options, counts, notes);
    } catch (RegisterConflictException e) {
      Problems problems = new Problems();
      problems.add(0, "", "conflict", e.code(), e.region(), e.date());
      return ImportResult.refused(what, file, options.dryRun(), problems);
    }
  }

  private Counts recorded(String what, Path file, ImportOptions options, Supplier<Counts> work) {
    return audit.recording(
        by,
        work,
        counts -> {
          Map<String, Object> detail = new LinkedHashMap<>();
          detail.put("added", counts.inserted());
          detail.put("changed", counts.changed());
          detail.put("unchanged", counts.unchanged());
          detail.put("ended", counts.ended());
          LocalDate effective = options.effective();
          if (effective != null) {
            detail.put("effective", effective.toString());
          }
          return new AuditLog.Told("import." + what, String.valueOf(file.getFileName()), detail);
        });
  }

  private static ImportResult done(
      String what, Path file, ImportOptions options, Counts counts, List<Note> notes) {
    List<Note> all = new ArrayList<>(notes);
    if (counts.ended() > 0) {
      all.add(Note.of("ended", counts.ended()));
    }
    LocalDate effective = options.effective();
    if (effective != null) {
      all.add(Note.of("in-force", effective));
    }
    return new ImportResult(
        what, file, options.dryRun(), counts, Map.of(), List.of(), all, List.of(), 0);
  }
}

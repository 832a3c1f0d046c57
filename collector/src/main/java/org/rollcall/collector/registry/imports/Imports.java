package org.rollcall.collector.registry.imports;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.RegisterChange;
import org.rollcall.collector.registry.RegisterChange.Counts;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;

/**
 * The imports of contract.md. Rows replace or add by key; what the file does not name stays. The
 * file is read and checked before the database is locked, so that a server goes on meanwhile.
 */
public final class Imports {
  private final Registry registry;

  public Imports(Registry registry) {
    this.registry = registry;
  }

  /** Regions by code; level and parent may be left to the code. */
  public ImportResult regions(Path file, ImportOptions options) {
    Problems problems = new Problems();
    TableReading<Region> table = new TableReading<>(new RegionRows(), problems);
    table.read(file);
    if (problems.count() > 0) {
      return ImportResult.refused("regions", file, options.dryRun(), problems);
    }
    Register known = registry.snapshot();
    List<Region> regions = RegionTree.join(known, table.items(), table.rows(), problems);
    if (problems.count() > 0) {
      return ImportResult.refused("regions", file, options.dryRun(), problems);
    }
    Counts counts = write(options, change -> change.putRegions(regions));
    return done("regions", file, options, counts, Map.of(), List.of());
  }

  /**
   * Schools by code. Once regions have been imported, a school of an unknown region is refused;
   * before, its region is entered under its code alone, to be named later.
   */
  public ImportResult schools(Path file, ImportOptions options) {
    Problems problems = new Problems();
    Register known = registry.snapshot();
    boolean unnamed =
        known.regions().stream().allMatch(region -> region.name().equals(region.code()));
    SchoolRows reader = new SchoolRows(known, options.crs(), unnamed);
    TableReading<School> table = new TableReading<>(reader, problems);
    table.read(file);
    List<Region> regions =
        unnamed && problems.count() == 0
            ? RegionTree.provisional(known, table.items(), problems)
            : List.of();
    if (problems.count() > 0) {
      return ImportResult.refused("schools", file, options.dryRun(), problems);
    }
    Crs crs = options.crs();
    Counts counts =
        write(
            options,
            change -> {
              change.putRegions(regions);
              return change.putSchools(table.items(), crs);
            });
    List<String> provisional =
        regions.stream().map(Region::code).filter(code -> known.region(code) == null).toList();
    return done("schools", file, options, counts, reader.suggested(), provisional);
  }

  /** Classes by school and name. */
  public ImportResult classes(Path file, ImportOptions options) {
    return simple(
        "classes", file, options, new ClassRows(registry.snapshot()), RegisterChange::putClasses);
  }

  /** Devices by school, kind and name. */
  public ImportResult devices(Path file, ImportOptions options) {
    return simple(
        "devices", file, options, new DeviceRows(registry.snapshot()), RegisterChange::putDevices);
  }

  private interface Put<T> {
    Counts put(RegisterChange change, List<T> items);
  }

  private <T> ImportResult simple(
      String what, Path file, ImportOptions options, RowReader<T> reader, Put<T> put) {
    Problems problems = new Problems();
    TableReading<T> table = new TableReading<>(reader, problems);
    table.read(file);
    if (problems.count() > 0) {
      return ImportResult.refused(what, file, options.dryRun(), problems);
    }
    Counts counts = write(options, change -> put.put(change, table.items()));
    return done(what, file, options, counts, Map.of(), List.of());
  }

  private Counts write(ImportOptions options, Function<RegisterChange, Counts> work) {
    return options.dryRun() ? registry.rehearse(work) : registry.change(work);
  }

  private static ImportResult done(
      String what,
      Path file,
      ImportOptions options,
      Counts counts,
      Map<School.Tier, Integer> tiers,
      List<String> provisional) {
    return new ImportResult(what, file, options.dryRun(), counts, tiers, provisional, List.of(), 0);
  }
}

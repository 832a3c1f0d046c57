package org.rollcall.collector.registry.imports;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Crs;

/**
 * How to import.
 *
 * @param crs the reference system of the file's coordinates
 * @param dryRun check and count, but write nothing
 * @param effective the first day on which what the file says is so, past or future; null: today,
 *     and what is quite new has been so ever since
 * @param replace classes, devices and lines which the file does not name end, for the schools that
 *     it names
 */
public record ImportOptions(
    Crs crs, boolean dryRun, @Nullable LocalDate effective, boolean replace) {
  public static final ImportOptions DEFAULT = new ImportOptions(Crs.WGS84, false);

  public ImportOptions(Crs crs, boolean dryRun) {
    this(crs, dryRun, null, false);
  }

  public ImportOptions withDryRun() {
    return new ImportOptions(crs, true, effective, replace);
  }

  public ImportOptions from(LocalDate date) {
    return new ImportOptions(crs, dryRun, date, replace);
  }

  public ImportOptions withReplace() {
    return new ImportOptions(crs, dryRun, effective, true);
  }
}

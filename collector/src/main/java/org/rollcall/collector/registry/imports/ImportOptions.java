package org.rollcall.collector.registry.imports;

import org.rollcall.collector.registry.Crs;

/**
 * How to import.
 *
 * @param crs the reference system of the file's coordinates
 * @param dryRun check and count, but write nothing
 */
public record ImportOptions(Crs crs, boolean dryRun) {
  public static final ImportOptions DEFAULT = new ImportOptions(Crs.WGS84, false);

  public ImportOptions withDryRun() {
    return new ImportOptions(crs, true);
  }
}

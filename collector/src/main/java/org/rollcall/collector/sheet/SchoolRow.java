package org.rollcall.collector.sheet;

import java.util.Comparator;
import java.util.List;
import org.rollcall.collector.registry.School;

/** A school in a region's sheet, a cell for each column. */
public record SchoolRow(School school, List<Cell> cells, Roll roll) {
  /** Most days absent first, then most days without data, then most disputed ones, then by code. */
  public static final Comparator<SchoolRow> WORST_FIRST =
      Comparator.<SchoolRow>comparingInt(row -> -row.roll().absent())
          .thenComparingInt(row -> -row.roll().noData())
          .thenComparingInt(row -> -row.roll().disputed())
          .thenComparing(row -> row.school().code());

  public SchoolRow {
    cells = List.copyOf(cells);
  }

  public SchoolRow(School school, List<Cell> cells) {
    this(school, cells, Roll.of(cells));
  }
}

package org.rollcall.collector.registry.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Region.Level;

/** Rows of regions.csv. Level and parent follow from the code where the cell or column is empty. */
final class RegionRows implements RowReader<RegionRows.Row> {
  /**
   * A row.
   *
   * @param mergedInto the region that took this one in; null for one that is there
   */
  record Row(Region region, @Nullable String mergedInto) {}

  @Override
  public List<String> required() {
    return List.of("code", "name", "name_en");
  }

  @Override
  public List<String> optional() {
    return List.of("level", "parent", "merged_into");
  }

  @Override
  public @Nullable Row read(TableRow row) {
    String code = Codes.region(row, "code");
    String name = row.requiredText("name", SchoolRows.MAX_NAME);
    String nameEn = row.text("name_en", SchoolRows.MAX_NAME);
    Level level = row.word("level", Words.LEVEL);
    String parent = row.isBlank("parent") ? null : Codes.region(row, "parent");
    String into = row.isBlank("merged_into") ? null : Codes.region(row, "merged_into");
    if (into != null && !into.isEmpty() && Codes.level(into) != Codes.level(code)) {
      row.problem("merged_into", "merged-level", into, code);
    } else if (into != null && into.equals(code)) {
      row.problem("merged_into", "merged-into-itself", code);
    }
    if (level != null && !code.isEmpty() && (level == Level.TOWNSHIP) != (code.length() == 9)) {
      row.problem("level", "level-code", row.field("level").text(), code);
    }
    if (!row.good()) {
      return null;
    }
    Level its = level != null ? level : Codes.level(code);
    return new Row(new Region(code, name, nameEn, its, parent), into);
  }

  @Override
  public String key(Row row) {
    return row.region().code();
  }

  @Override
  public String keyColumn() {
    return "code";
  }
}

package org.rollcall.collector.registry.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Region.Level;

/** Rows of regions.csv. Level and parent follow from the code where the cell or column is empty. */
final class RegionRows implements RowReader<Region> {
  @Override
  public List<String> required() {
    return List.of("code", "name", "name_en");
  }

  @Override
  public List<String> optional() {
    return List.of("level", "parent");
  }

  @Override
  public @Nullable Region read(TableRow row) {
    String code = Codes.region(row, "code");
    String name = row.requiredText("name", SchoolRows.MAX_NAME);
    String nameEn = row.text("name_en", SchoolRows.MAX_NAME);
    Level level = row.word("level", Words.LEVEL);
    String parent = row.isBlank("parent") ? null : Codes.region(row, "parent");
    if (level != null && !code.isEmpty() && (level == Level.TOWNSHIP) != (code.length() == 9)) {
      row.problem("level", "level-code", row.field("level").text(), code);
    }
    if (!row.good()) {
      return null;
    }
    return new Region(code, name, nameEn, level != null ? level : Codes.level(code), parent);
  }

  @Override
  public String key(Region region) {
    return region.code();
  }

  @Override
  public String keyColumn() {
    return "code";
  }
}

package org.rollcall.collector.registry.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which column stands where. Names are compared without regard to case; their order is free.
 *
 * @param positions column name to its place in the row, from 0
 * @param width how many columns the header has
 */
record Header(Map<String, Integer> positions, int width) {

  /**
   * Reads the header and names every column that is unknown, twice there or missing.
   *
   * @param required the columns that must be there
   * @param optional those that may
   */
  static Header read(
      int row,
      List<Field> fields,
      List<String> required,
      List<String> optional,
      Problems problems) {
    Map<String, Integer> positions = new HashMap<>();
    int width = 0;
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.get(i).text().toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        continue;
      }
      width = i + 1;
      if (!required.contains(name) && !optional.contains(name)) {
        problems.add(row, shorten(name), "column-unknown", known(required, optional));
      } else if (positions.putIfAbsent(name, i) != null) {
        problems.add(row, name, "column-twice");
      }
    }
    for (String column : required) {
      if (!positions.containsKey(column)) {
        problems.add(row, column, "column-missing");
      }
    }
    return new Header(positions, width);
  }

  private static String known(List<String> required, List<String> optional) {
    return Stream.concat(required.stream(), optional.stream()).collect(Collectors.joining(","));
  }

  private static String shorten(String name) {
    return name.length() <= 40 ? name : name.substring(0, 40) + "…";
  }
}

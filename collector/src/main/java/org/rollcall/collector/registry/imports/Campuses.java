package org.rollcall.collector.registry.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

/** Checks that campuses belong to main schools, all of a file and of the register together. */
final class Campuses {
  private Campuses() {}

  /**
   * Notes every campus of an unknown school, of itself or of a campus.
   *
   * @param rows the row of each school's code
   */
  static void check(
      Register known, List<School> file, Map<String, Integer> rows, Problems problems) {
    Map<String, School> all = new HashMap<>();
    known.entries().forEach(school -> all.put(school.code(), school));
    file.forEach(school -> all.put(school.code(), school));
    Map<String, String> campusOfMain = new HashMap<>();
    for (School school : all.values()) {
      String main = school.campusOf();
      if (main != null && !main.equals(school.code())) {
        campusOfMain.merge(main, school.code(), (one, two) -> one.compareTo(two) < 0 ? one : two);
      }
    }
    for (School school : file) {
      String main = school.campusOf();
      if (main == null) {
        continue;
      }
      int row = rows.getOrDefault(school.code(), 0);
      School found = all.get(main);
      String own = campusOfMain.get(school.code());
      if (main.equals(school.code())) {
        problems.add(row, "campus_of", "campus-of-itself", main);
      } else if (found == null) {
        problems.add(row, "campus_of", "school-unknown", main);
      } else if (found.campusOf() != null) {
        problems.add(row, "campus_of", "campus-of-campus", main, found.campusOf());
      } else if (own != null) {
        problems.add(row, "campus_of", "campus-with-campus", school.code(), own);
      }
    }
  }
}

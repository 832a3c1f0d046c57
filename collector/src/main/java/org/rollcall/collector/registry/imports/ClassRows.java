package org.rollcall.collector.registry.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.SchoolClass;

/** Rows of classes.csv. */
final class ClassRows implements RowReader<SchoolClass> {
  /** Names stand in subjects and on the roll-call sheet. */
  static final int MAX_SPACE = 64;

  private static final int MAX_GRADE = 12;

  private final Register known;

  ClassRows(Register known) {
    this.known = known;
  }

  @Override
  public List<String> required() {
    return List.of("school", "class", "grade", "platform_declared");
  }

  @Override
  public @Nullable SchoolClass read(TableRow row) {
    String school = knownSchool(row, known);
    String name = row.requiredText("class", MAX_SPACE);
    int grade = row.whole("grade", 1, MAX_GRADE);
    if (row.isBlank("platform_declared")) {
      row.problem("platform_declared", "empty");
    }
    Boolean platform = row.yesNo("platform_declared");
    return row.good() && platform != null ? new SchoolClass(school, name, grade, platform) : null;
  }

  static String knownSchool(TableRow row, Register known) {
    String school = Codes.school(row, "school");
    if (!school.isEmpty() && known.school(school) == null) {
      row.problem("school", "school-unknown", school);
    }
    return school;
  }

  @Override
  public String key(SchoolClass item) {
    return item.school() + " " + item.name();
  }

  @Override
  public String keyColumn() {
    return "class";
  }
}

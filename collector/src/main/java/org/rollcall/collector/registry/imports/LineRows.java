package org.rollcall.collector.registry.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Line;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.protocol.Subject;

/** Rows of lines.csv. */
final class LineRows implements RowReader<Line> {
  private final Register known;

  LineRows(Register known) {
    this.known = known;
  }

  @Override
  public List<String> required() {
    return List.of(
        "school", "line", "medium", "isp", "contract_mbps", "edu_network", "load_balanced");
  }

  @Override
  public @Nullable Line read(TableRow row) {
    String school = ClassRows.knownSchool(row, known);
    String name = row.requiredText("line", ClassRows.MAX_SPACE);
    if (!name.isEmpty() && !Subject.isName(name)) {
      row.problem("line", "device-name", name);
    }
    School.Medium medium = row.word("medium", Words.MEDIUM);
    String isp = row.text("isp", SchoolRows.MAX_NAME);
    Double contract = SchoolRows.contract(row);
    Boolean eduNetwork = row.yesNo("edu_network");
    Boolean loadBalanced = row.yesNo("load_balanced");
    if (!row.good()) {
      return null;
    }
    return new Line(
        school,
        name,
        medium,
        isp.isEmpty() ? null : isp,
        contract,
        eduNetwork,
        loadBalanced != null && loadBalanced);
  }

  @Override
  public String key(Line line) {
    return line.school() + " " + line.name();
  }

  @Override
  public String keyColumn() {
    return "line";
  }
}

package org.rollcall.collector.registry.imports;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.RegisterChange;
import org.rollcall.collector.registry.RegisterConflictException;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;

/**
 * Changes of single entries by hand. An entry is read as the row of the table that would make it,
 * so what an import refuses is refused here. Any thread; every call is one transaction.
 */
public final class RegisterEdits {
  private final Registry registry;

  /**
   * What is to be changed.
   *
   * @param from the first day on which it is so
   * @param reason for people, 1 to 200 letters
   * @param values columns of the table with what they are to say; the others stay as they are
   */
  public record Edit(LocalDate from, String reason, Map<String, String> values) {
    public Edit {
      values = Map.copyOf(values);
    }
  }

  /**
   * What became of it.
   *
   * @param problems why nothing was changed; empty if it was
   * @param changed by column
   */
  public record Done(List<Problem> problems, Map<String, Difference> changed) {
    public Done {
      problems = List.copyOf(problems);
    }
  }

  /**
   * A column of an entry.
   *
   * @param choices what it may say; empty where anything of its kind will do
   */
  public record Column(String name, String value, List<String> choices) {}

  public RegisterEdits(Registry registry) {
    this.registry = registry;
  }

  /** A school's columns, its code first. */
  public static List<Column> columns(School school) {
    return columns(Cells.of(school));
  }

  /** A region's columns, its code first. */
  public static List<Column> columns(Region region) {
    return columns(Cells.of(region));
  }

  private static List<Column> columns(Map<String, String> cells) {
    return cells.entrySet().stream()
        .map(cell -> new Column(cell.getKey(), cell.getValue(), Cells.choices(cell.getKey())))
        .toList();
  }

  /** Changes a school's entry; what is wrong with the new one is told by column. */
  public Done school(Actor by, String code, Edit edit) {
    return edit(by, "register.school", code, edit, change -> school(change, code, edit));
  }

  /** Changes a region's entry. */
  public Done region(Actor by, String code, Edit edit) {
    return edit(by, "register.region", code, edit, change -> region(change, code, edit));
  }

  private Done edit(
      Actor by, String action, String code, Edit edit, Function<RegisterChange, Done> work) {
    try {
      return registry
          .audit()
          .recording(
              by,
              () -> registry.change(edit.from(), work),
              done ->
                  done.problems().isEmpty()
                      ? new AuditLog.Told(action, code, detail(edit, done))
                      : null);
    } catch (RegisterConflictException e) {
      Problems problems = new Problems();
      problems.add(0, "", "conflict", e.code(), e.region(), e.date());
      return refused(problems);
    }
  }

  private static Map<String, Object> detail(Edit edit, Done done) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("from", edit.from().toString());
    detail.put("reason", edit.reason());
    detail.put("changed", done.changed());
    return detail;
  }

  private static Done refused(Problems problems) {
    return new Done(problems.kept(), Map.of());
  }

  private static Done school(RegisterChange change, String code, Edit edit) {
    Problems problems = new Problems();
    Register known = change.register();
    School before = known.school(code);
    if (before == null) {
      problems.add(0, "", "not-there", code, edit.from());
      return refused(problems);
    }
    TableRow row = row(Cells.of(before), edit.values(), problems);
    School after = new SchoolRows(known, Crs.WGS84, false).read(row);
    if (after != null) {
      Campuses.check(known, List.of(after), Map.of(), problems);
    }
    if (after == null || problems.count() > 0) {
      return refused(problems);
    }
    Done done = done(Cells.of(before), Cells.of(after), problems);
    if (done.problems().isEmpty()) {
      change.putSchools(List.of(after), Crs.WGS84);
    }
    return done;
  }

  private static Done region(RegisterChange change, String code, Edit edit) {
    Problems problems = new Problems();
    Register known = change.register();
    Region before = known.region(code);
    if (before == null) {
      problems.add(0, "", "not-there", code, edit.from());
      return refused(problems);
    }
    RegionRows.Row read = new RegionRows().read(row(Cells.of(before), edit.values(), problems));
    if (read == null || problems.count() > 0) {
      return refused(problems);
    }
    List<Region> joined = RegionTree.join(known, List.of(read.region()), Map.of(code, 0), problems);
    if (problems.count() > 0) {
      return refused(problems);
    }
    Done done = done(Cells.of(before), Cells.of(joined.get(0)), problems);
    if (done.problems().isEmpty()) {
      change.putRegions(joined);
    }
    return done;
  }

  private static Done done(
      Map<String, String> before, Map<String, String> after, Problems problems) {
    Map<String, Difference> changed = Cells.differences(before, after);
    if (changed.isEmpty()) {
      problems.add(0, "", "nothing-changed");
    }
    return new Done(problems.kept(), changed);
  }

  /** The entry's row with what is to be changed in it. */
  private static TableRow row(
      Map<String, String> cells, Map<String, String> values, Problems problems) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    List<Field> fields = new ArrayList<>();
    cells.forEach(
        (column, value) -> {
          positions.put(column, fields.size());
          fields.add(Field.text(values.getOrDefault(column, value)));
        });
    values.forEach(
        (column, value) -> {
          if (!positions.containsKey(column)) {
            problems.add(0, "", "column-unknown", String.join(",", positions.keySet()));
          } else if (column.equals("code") && !value.equals(cells.get("code"))) {
            problems.add(0, "code", "code-stays");
          }
        });
    return new TableRow(0, fields, new Header(positions, fields.size()), problems);
  }
}

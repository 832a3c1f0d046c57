package org.rollcall.collector.registry.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Watch;

/** Reads a whole table into records and remembers where each came from. */
final class TableReading<T> {
  private final RowReader<T> reader;
  private final Problems problems;
  private final Watch watch;
  private final List<T> items = new ArrayList<>();
  private final Map<String, Integer> rows = new HashMap<>();
  private @Nullable Header header;

  TableReading(RowReader<T> reader, Problems problems, Watch watch) {
    this.reader = reader;
    this.watch = watch;
    this.problems = problems;
  }

  /** The good rows in their order. */
  List<T> items() {
    return items;
  }

  /** The row of each key. */
  Map<String, Integer> rows() {
    return rows;
  }

  void read(Path file) {
    try {
      Table.read(file, this::row);
      if (header == null) {
        problems.add(0, "", "no-header");
      } else if (items.isEmpty() && problems.count() == 0) {
        problems.add(0, "", "no-rows");
      }
    } catch (UnreadableTableException e) {
      Problem problem = e.problem();
      problems.add(problem.row(), problem.column(), problem.code(), problem.arguments().toArray());
    }
  }

  /** Without a good header nothing below it can be told, so the reading ends there. */
  private boolean row(int number, List<Field> fields) {
    if (header == null) {
      header = Header.read(number, fields, reader.required(), reader.optional(), problems);
      return problems.count() == 0;
    }
    if (fields.stream().allMatch(field -> field.text().isEmpty())) {
      return true;
    }
    watch.read(number);
    TableRow row = new TableRow(number, fields, header, problems);
    T item = reader.read(row);
    if (item != null) {
      Integer first = rows.putIfAbsent(reader.key(item), number);
      if (first == null) {
        items.add(item);
      } else {
        row.problem(reader.keyColumn(), "twice", first);
      }
    }
    return true;
  }
}

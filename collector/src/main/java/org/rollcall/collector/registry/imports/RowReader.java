package org.rollcall.collector.registry.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the rows of one kind of table into records. */
interface RowReader<T> {
  /** The columns the header must have. */
  List<String> required();

  /** The columns it may have besides. */
  default List<String> optional() {
    return List.of();
  }

  /** The row's record, or null if it has problems, all of which are then noted. */
  @Nullable T read(TableRow row);

  /** What tells this record from every other in the file. */
  String key(T item);

  /** The column to blame when two rows have one key. */
  String keyColumn();
}

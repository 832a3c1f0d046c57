package org.rollcall.collector.registry.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems: keeps the first {@link #KEPT} and counts the others. */
final class Problems {
  static final int KEPT = 1_000;

  private final List<Problem> kept = new ArrayList<>();
  private int count;

  void add(int row, String column, String code, Object... arguments) {
    count++;
    if (kept.size() < KEPT) {
      kept.add(
          new Problem(
              row, column, code, List.of(arguments).stream().map(String::valueOf).toList()));
    }
  }

  /** All there were, kept or not. */
  int count() {
    return count;
  }

  /** Row by row. */
  List<Problem> kept() {
    return kept.stream().sorted(Comparator.comparingInt(Problem::row)).toList();
  }
}

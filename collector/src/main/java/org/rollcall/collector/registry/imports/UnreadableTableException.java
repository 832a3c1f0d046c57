package org.rollcall.collector.registry.imports;

import java.util.List;

/** A file that is no table; turns into a {@link Problem} of the whole file or of one row. */
final class UnreadableTableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  UnreadableTableException(String code, Object... arguments) {
    this(0, code, arguments);
  }

  UnreadableTableException(int row, String code, Object... arguments) {
    super(code);
    problem = new Problem(row, "", code, List.of(arguments).stream().map(String::valueOf).toList());
  }

  Problem problem() {
    return problem;
  }
}

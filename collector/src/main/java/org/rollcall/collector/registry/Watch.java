package org.rollcall.collector.registry;

import org.jspecify.annotations.Nullable;

/** Looks on while many records are put into the register, on the thread that puts them. */
public interface Watch {
  /** Looks at nothing. */
  Watch NOBODY = new Watch() {};

  /** So many rows of a file have been read. */
  default void read(int rows) {}

  /**
   * A record is to be written.
   *
   * @param before what stood there; null for one that is new
   */
  default void differs(@Nullable Object before, Object after) {}

  /** A record ends, because what was put does not name it. */
  default void ends(Object record) {}

  /** So many more records have been written. */
  default void written(int records) {}
}

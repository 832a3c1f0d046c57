package org.rollcall.collector.registry.imports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that somebody handed in, as it stands.
 *
 * @param what regions, schools, classes, devices, lines or declared
 * @param file its name, without a path
 * @param account whose it is
 * @param preview what it does, as far as is known
 * @param result how the check or the import ended; null before
 */
public record ImportJob(
    String id,
    String what,
    String file,
    String account,
    Instant at,
    State state,
    ImportOptions options,
    ImportPreview.Seen preview,
    @Nullable ImportResult result) {

  /** What is being done with it. */
  public enum State {
    CHECKING,
    /** It is good, and nothing was written. */
    CHECKED,
    /** It is not, and nothing was written. */
    REFUSED,
    APPLYING,
    APPLIED,
    /** The server itself could not do it; nothing was written. */
    FAILED
  }
}

package org.rollcall.collector.snapshot;

import java.time.Instant;
import java.time.LocalDate;
import org.rollcall.collector.audit.Actor;

/**
 * A frozen snapshot; its content is a {@link SnapshotBody}, kept apart.
 *
 * @param number grows with every snapshot
 * @param unit code of the region or school
 * @param school whether the unit is a school
 * @param date the day it shows
 * @param by who made it
 * @param at when it was made
 * @param file its JSON
 */
public record Snapshot(
    long number,
    String unit,
    boolean school,
    String profile,
    LocalDate date,
    Actor by,
    Instant at,
    KeptFile file) {

  /** SHA-256 of its JSON, in hexadecimal. */
  public String sha256() {
    return file.sha256();
  }
}

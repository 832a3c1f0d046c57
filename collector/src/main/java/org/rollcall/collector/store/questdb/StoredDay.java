package org.rollcall.collector.store.questdb;

import java.time.LocalDate;

/**
 * A day of one kind's table as it lies on the disk.
 *
 * @param kind what stands before the colon of a subject
 * @param day in UTC
 * @param rows observations
 * @param packedBytes length of the day's one file; -1 while it lies in plain columns
 * @param newest whether the table has no later day
 */
public record StoredDay(String kind, LocalDate day, long rows, long packedBytes, boolean newest) {
  public boolean isPacked() {
    return packedBytes >= 0;
  }
}

package org.rollcall.collector.problems;

import java.time.Instant;

/**
 * What somebody wrote to a cause, or that somebody took it on.
 *
 * @param account who
 * @param comment up to {@link #LONGEST} characters; of an acknowledgement it may be empty
 */
public record Note(String account, Instant at, String comment) {
  /** Characters of a comment. Project default. */
  public static final int LONGEST = 500;
}

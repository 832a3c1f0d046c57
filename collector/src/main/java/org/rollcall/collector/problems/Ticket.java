package org.rollcall.collector.problems;

import java.time.Instant;

/**
 * A repair request (报修) as it stands in somebody's own system.
 *
 * @param assignee who is to mend it; may be empty
 * @param account who wrote it here
 */
public record Ticket(String number, String assignee, State state, String account, Instant at) {

  /** How far it is. */
  public enum State {
    OPEN,
    IN_WORK,
    DONE
  }
}

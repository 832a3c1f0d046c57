package org.rollcall.collector.alerts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That somebody has taken an alert on. It is the same that people see and give at the problem it
 * came from.
 *
 * @param until when it runs out; null: it lasts as long as the alert
 */
public record Ack(String account, Instant at, String comment, @Nullable Instant until) {

  /** Whether it is of this alert and not of an earlier one of the same key. */
  boolean isOf(Alert alert) {
    return !at.isBefore(alert.times().since());
  }

  boolean holds(Instant now) {
    return until == null || until.isAfter(now);
  }
}

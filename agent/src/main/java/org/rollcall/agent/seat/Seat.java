package org.rollcall.agent.seat;

import org.jspecify.annotations.Nullable;
import org.rollcall.agent.switches.Mac;

/**
 * A computer and how to find it at its switch: by its hardware address, by the port it hangs on, or
 * by both, which says most.
 *
 * @param subject {@code pc:NAME} or {@code terminal:NAME}
 * @param mac null: not known
 * @param ifName the port; null: wherever the hardware address is
 */
record Seat(String subject, @Nullable Mac mac, @Nullable String ifName) {
  Seat {
    if (mac == null && ifName == null) {
      throw new IllegalArgumentException(
          subject + " needs a mac or an ifName: how else is it found at the switch");
    }
  }
}

package org.rollcall.agent.control;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** The last identifiers seen; the oldest is forgotten when there are too many. Not thread-safe. */
final class RecentIds {
  private final int most;
  private final Set<String> known = new HashSet<>();
  private final ArrayDeque<String> order = new ArrayDeque<>();

  RecentIds(int most) {
    this.most = most;
  }

  /** False when it was seen before. */
  boolean add(String id) {
    if (!known.add(id)) {
      return false;
    }
    order.add(id);
    if (order.size() > most) {
      known.remove(order.remove());
    }
    return true;
  }
}

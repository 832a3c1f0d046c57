package org.rollcall.agent.uplink;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.spool.Spool;
import org.rollcall.agent.spool.SpoolFigures;
import org.rollcall.agent.spool.SpooledReport;

/**
 * Which report goes next on one connection, and which are under way. Two lanes: what is new when
 * the connection comes to be and after it, and the backlog; the first has priority, and there is
 * only one when the backlog is short. Not thread-safe.
 */
final class Lanes {
  /** A backlog worth a lane of its own: more than a few minutes of an idle school. */
  static final long LONG_BACKLOG = 32;

  private static final int READ_AHEAD = 32;
  private static final long NEVER = Long.MAX_VALUE;

  private final InstantSource clock;
  private final long[] positions;
  private final long[] sentMillis;
  private final ArrayDeque<Integer> free = new ArrayDeque<>();
  private final Set<Long> flying = new HashSet<>();
  private final ArrayDeque<SpooledReport> ahead = new ArrayDeque<>();
  private long backlogNext = 1;
  private long liveFrom = NEVER;
  private long liveNext = NEVER;
  private boolean held;

  Lanes(SpoolFigures spool, int window, InstantSource clock) {
    this.clock = clock;
    positions = new long[window];
    sentMillis = new long[window];
    for (int slot = 0; slot < window; slot++) {
      free.add(slot);
    }
    if (spool.reports() > LONG_BACKLOG) {
      liveFrom = spool.lastPosition();
      liveNext = liveFrom;
    }
  }

  /** The next report to send, or null when the window is full or the spool has none. */
  @Nullable SpooledReport next(Spool spool, int readBytes) {
    if (free.isEmpty()) {
      return null;
    }
    if (liveFrom != NEVER) {
      for (SpooledReport report : spool.read(liveNext, 1, readBytes)) {
        liveNext = report.position() + 1;
        if (!flying.contains(report.position())) {
          return report;
        }
      }
    }
    while (!held) {
      if (ahead.isEmpty()) {
        ahead.addAll(spool.read(backlogNext, READ_AHEAD, readBytes));
      }
      SpooledReport report = ahead.poll();
      if (report == null) {
        return null;
      }
      if (report.position() >= liveFrom) {
        // The backlog has caught up: one lane from here on.
        backlogNext = liveNext;
        liveFrom = NEVER;
        liveNext = NEVER;
        ahead.clear();
        continue;
      }
      backlogNext = report.position() + 1;
      if (!flying.contains(report.position())) {
        return report;
      }
    }
    return null;
  }

  /** Lets the backlog wait, if it has a lane of its own; what is new goes on. */
  void hold() {
    held = liveFrom != NEVER;
  }

  /** The backlog may go. */
  void letGo() {
    held = false;
  }

  /** Notes a report as under way; answers its packet identifier. */
  int fly(long position) {
    int slot = free.remove();
    positions[slot] = position;
    sentMillis[slot] = clock.millis();
    flying.add(position);
    return slot + 1;
  }

  /** The position of the report that had this packet identifier, 0 when none is under way. */
  long land(int packetId) {
    int slot = packetId - 1;
    if (slot < 0 || slot >= positions.length || positions[slot] == 0) {
      return 0;
    }
    long position = positions[slot];
    positions[slot] = 0;
    free.add(slot);
    flying.remove(position);
    return position;
  }

  /** The report at this position must be sent again. */
  void again(long position) {
    if (position >= liveFrom) {
      liveNext = Math.min(liveNext, position);
    } else {
      backlogNext = Math.min(backlogNext, position);
      ahead.clear();
    }
  }

  /** How long the oldest report has been under way, in ms; 0 when none is. */
  long oldestFlightMillis() {
    long oldest = Long.MAX_VALUE;
    long now = clock.millis();
    for (int slot = 0; slot < positions.length; slot++) {
      if (positions[slot] != 0) {
        // Who sets the clock back must not make a lost acknowledgement wait for as long.
        sentMillis[slot] = Math.min(sentMillis[slot], now);
        oldest = Math.min(oldest, sentMillis[slot]);
      }
    }
    return oldest == Long.MAX_VALUE ? 0 : now - oldest;
  }
}

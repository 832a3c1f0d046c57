package org.rollcall.collector.ingest;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.intake.Outcome;

/**
 * The acknowledgements one connection owes, in the order in which they must leave, which is the
 * order of the publishes (MQTT 5, 4.6). Belongs to the connection's event loop.
 */
final class AckQueue {
  /** Small: an idle connection should cost little; it grows with what is in flight. */
  private final ArrayDeque<Owed> owed = new ArrayDeque<>(4);

  private int lastToken;

  /** One publish that is not acknowledged yet. */
  static final class Owed {
    final int packetId;
    private final int token;
    private @Nullable Outcome outcome;

    private Owed(int packetId, int token) {
      this.packetId = packetId;
      this.token = token;
    }

    Outcome outcome() {
      if (outcome == null) {
        throw new IllegalStateException("BUG: an acknowledgement left before its outcome");
      }
      return outcome;
    }
  }

  /** Notes that an acknowledgement is owed; the token, never 0, names it. */
  int owe(int packetId) {
    lastToken = lastToken == Integer.MAX_VALUE ? 1 : lastToken + 1;
    owed.add(new Owed(packetId, lastToken));
    return lastToken;
  }

  /** Most outcomes come in order, so the first look usually finds it. */
  void settle(int token, Outcome outcome) {
    for (Owed each : owed) {
      if (each.token == token) {
        each.outcome = outcome;
        return;
      }
    }
  }

  /** The next acknowledgement that may leave now, or null. */
  @Nullable Owed poll() {
    Owed first = owed.peek();
    return first == null || first.outcome == null ? null : owed.poll();
  }

  int size() {
    return owed.size();
  }
}

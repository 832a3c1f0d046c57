package org.rollcall.collector.ingest;

import io.netty.channel.Channel;
import org.rollcall.collector.intake.Outcome;
import org.rollcall.collector.intake.Reply;

/**
 * What one connection still has to say of the reports it was sent. Belongs to the connection's
 * event loop.
 */
final class Acknowledgements {
  private final Channel channel;
  private final AckQueue owed = new AckQueue();
  private boolean unflushed;

  Acknowledgements(Channel channel) {
    this.channel = channel;
  }

  /** Notes that one is owed; the token, never 0, names it. */
  int owe(int packetId) {
    return owed.owe(packetId);
  }

  /** Reports that are not acknowledged yet. */
  int size() {
    return owed.size();
  }

  /**
   * Notes an outcome.
   *
   * @return false if the report can only be sent again on a new connection
   */
  boolean settle(Reply reply, boolean v5) {
    Outcome.Kind kind = reply.outcome().kind();
    boolean unanswerable =
        kind == Outcome.Kind.UNAVAILABLE
            || (kind == Outcome.Kind.BUSY && !v5 && reply.token() != 0);
    if (!unanswerable && reply.token() != 0) {
      owed.settle(reply.token(), reply.outcome());
    }
    return !unanswerable;
  }

  /** Writes those that may leave, for the next flush. */
  void write(boolean v5) {
    unflushed |= AckWriter.write(channel, owed, v5);
  }

  void flush() {
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
  }
}

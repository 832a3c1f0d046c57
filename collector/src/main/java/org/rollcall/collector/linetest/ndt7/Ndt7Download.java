package org.rollcall.collector.linetest.ndt7;

/** Sends as much as the connection takes, in messages that grow with what was sent. */
final class Ndt7Download extends Ndt7Test {
  /** A message is at most this part of what was sent before it. */
  private static final int SHARE_OF_SENT = 16;

  /** Sent in one go; then other connections of the event loop have their turn. */
  private static final int TURN_BYTES = 4 << 20;

  private final boolean earlyExit;
  private int size = FIRST;

  Ndt7Download(boolean earlyExit, Ndt7Socket socket, Ndt7Connection connection, Parts parts) {
    super(Ndt7Request.Direction.DOWNLOAD, socket, connection, parts);
    this.earlyExit = earlyExit;
  }

  @Override
  void run() {
    int turn = 0;
    while (!over() && turn < TURN_BYTES) {
      if (socket.full()) {
        socket.whenDrained(this::run);
        return;
      }
      socket.sendLoad(size);
      count(size);
      turn += size;
      if (earlyExit && bytes() >= Ndt7Request.EARLY_EXIT_BYTES) {
        finish();
        return;
      }
      if (size < LARGEST_SENT && size <= bytes() / SHARE_OF_SENT) {
        size *= 2;
      }
    }
    if (!over()) {
      socket.after(0, this::run);
    }
  }

  @Override
  public void binary(int pieceBytes, boolean first) {
    wrongDirection();
  }
}

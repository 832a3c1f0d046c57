package org.rollcall.collector.linetest.ndt7;

/** Counts what the client sends; its messages may be of any size up to 2^24 bytes. */
final class Ndt7Upload extends Ndt7Test {
  private int message;

  Ndt7Upload(Ndt7Socket socket, Ndt7Connection connection, Parts parts) {
    super(Ndt7Request.Direction.UPLOAD, socket, connection, parts);
  }

  @Override
  void run() {}

  @Override
  public void binary(int pieceBytes, boolean first) {
    if (over()) {
      return;
    }
    message = first ? pieceBytes : message + pieceBytes;
    if (message > LARGEST_RECEIVED) {
      tooBig();
    } else {
      count(pieceBytes);
    }
  }
}

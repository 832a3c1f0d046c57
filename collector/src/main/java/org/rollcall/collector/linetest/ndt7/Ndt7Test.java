package org.rollcall.collector.linetest.ndt7;

import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * One test of one direction. Its end is whichever comes first: {@link #RUNTIME_MILLIS}, an early
 * exit, a word out of place, or the connection's end; {@link #MAX_RUNTIME_MILLIS} cuts it. The
 * connection's event loop.
 */
public abstract class Ndt7Test {
  /** The first message of a download. */
  static final int FIRST = 1 << 13;

  /** Load grows no further than this, as in the server of m-lab; the protocol allows 2^24. */
  public static final int LARGEST_SENT = 1 << 20;

  /** A longer message closes the connection. */
  public static final int LARGEST_RECEIVED = 1 << 24;

  /** From the handshake on. */
  static final long RUNTIME_MILLIS = 10_000;

  /** After this the connection is cut. */
  static final long MAX_RUNTIME_MILLIS = 13_000;

  private static final int NORMAL = 1000;
  private static final int POLICY_VIOLATION = 1008;
  private static final int TOO_BIG = 1009;

  private static final double MEAN_PAUSE_MILLIS = 250;
  private static final double SHORTEST_PAUSE_MILLIS = 25;
  private static final double LONGEST_PAUSE_MILLIS = 625;

  final Ndt7Socket socket;
  private final Ndt7Request.Direction direction;
  private final LongSupplier nanoClock;
  private final RandomGenerator random;
  private final String connectionInfo;
  private long began;
  private long bytes;
  private boolean over;

  Ndt7Test(
      Ndt7Request.Direction direction, Ndt7Socket socket, Ndt7Connection connection, Parts parts) {
    this.direction = direction;
    this.socket = socket;
    this.nanoClock = parts.nanoClock();
    this.random = parts.random();
    this.connectionInfo = connection.json();
  }

  /** What tests take from outside. */
  record Parts(LongSupplier nanoClock, RandomGenerator random) {}

  /** The handshake is done. */
  public final void begin() {
    began = nanoClock.getAsLong();
    socket.after(RUNTIME_MILLIS, this::finish);
    socket.after(MAX_RUNTIME_MILLIS, socket::abort);
    measureLater();
    run();
  }

  /** Begins what is this direction's own. */
  abstract void run();

  /**
   * A piece of a binary message arrived.
   *
   * @param first whether a message begins with it
   */
  public abstract void binary(int pieceBytes, boolean first);

  /** A text message arrived: a measurement of the client's, which nothing here needs. */
  public final void text(int textBytes) {
    if (textBytes > LARGEST_RECEIVED) {
      tooBig();
    }
  }

  /** The connection has ended; nothing is sent any more. */
  public final void closed() {
    over = true;
  }

  public final boolean over() {
    return over;
  }

  /** Bytes of load: in a download handed to the connection, in an upload received. */
  public final long bytes() {
    return bytes;
  }

  public final Ndt7Request.Direction direction() {
    return direction;
  }

  final void count(int more) {
    bytes += more;
  }

  final void tooBig() {
    refuse(TOO_BIG, "a message is longer than 2^24 bytes");
  }

  final void wrongDirection() {
    refuse(POLICY_VIOLATION, "load goes the other way in this test");
  }

  private void refuse(int code, String reason) {
    if (!over) {
      over = true;
      socket.close(code, reason);
    }
  }

  /** Says the last measurement, which is the summary, and closes. */
  final void finish() {
    if (!over) {
      socket.sendText(measurement());
      over = true;
      socket.close(NORMAL, "done");
    }
  }

  /** Poisson arrivals, so that measurements are in step with nothing (ndt7 spec.go). */
  private void measureLater() {
    double pause = -MEAN_PAUSE_MILLIS * Math.log(1 - random.nextDouble());
    double kept = Math.max(SHORTEST_PAUSE_MILLIS, Math.min(LONGEST_PAUSE_MILLIS, pause));
    socket.after(Math.round(kept), this::measure);
  }

  private void measure() {
    if (!over) {
      socket.sendText(measurement());
      measureLater();
    }
  }

  private String measurement() {
    return String.format(
        Locale.ROOT,
        "{\"AppInfo\":{\"ElapsedTime\":%d,\"NumBytes\":%d},\"ConnectionInfo\":%s,"
            + "\"Origin\":\"server\",\"Test\":\"%s\"}",
        (nanoClock.getAsLong() - began) / 1_000,
        bytes,
        connectionInfo,
        direction.word());
  }
}

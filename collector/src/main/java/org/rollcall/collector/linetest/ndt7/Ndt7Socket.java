package org.rollcall.collector.linetest.ndt7;

/** A WebSocket, as a test needs it. All methods on its event loop; what they start may fail. */
public interface Ndt7Socket {
  /** Whether so much waits to be sent that more would only fill memory. */
  boolean full();

  /** Calls back once, when {@link #full} is no longer true. */
  void whenDrained(Runnable then);

  /**
   * Sends one binary message of noise.
   *
   * @param bytes a power of two up to {@link Ndt7Test#LARGEST_SENT}
   */
  void sendLoad(int bytes);

  /** Sends one text message. */
  void sendText(String text);

  /** Sends a close frame with a code of RFC 6455, 7.4.1, and closes when it was answered. */
  void close(int code, String reason);

  /** Closes the connection without a word. */
  void abort();

  /** Runs something on the event loop later; 0: as soon as others have had their turn. */
  void after(long millis, Runnable then);
}

package org.rollcall.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports on loopback for programs that must be told theirs, or that come back to it. Below those
 * that the operating system gives to whoever asks for any (Linux: from 32768): nobody gets one of
 * them by chance while it is not listened on, and no connect to it can meet itself.
 */
public final class LocalPort {
  private static final int LOWEST = 20_000;
  private static final int PORTS = 12_000;
  private static final int TRIES = 100;

  /** Begins anywhere, so that two runs do not try the same ones. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private LocalPort() {}

  /** Tries to take a port, and lets it go again. */
  private interface Taking {
    void take(int port) throws IOException;
  }

  public static int tcp() {
    return free(port -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close());
  }

  public static int udp() {
    return free(port -> new DatagramSocket(port, InetAddress.getLoopbackAddress()).close());
  }

  private static int free(Taking taking) {
    for (int left = TRIES; ; left--) {
      int port = LOWEST + NEXT.getAndIncrement() % PORTS;
      try {
        taking.take(port);
        return port;
      } catch (IOException taken) {
        if (left == 0) {
          throw new UncheckedIOException(taken);
        }
      }
    }
  }
}

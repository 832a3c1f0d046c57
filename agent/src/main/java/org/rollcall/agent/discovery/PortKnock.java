package org.rollcall.agent.discovery;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to addresses by TCP and closes again without a byte sent. A refusal is an answer, too:
 * somebody is there. Only where PJLink is expected the first octets are awaited, because a
 * projector greets.
 *
 * <p>Paced, and at most {@value #MOST_AT_ONCE} connections are under way. Each is given up before
 * the system would send its packet a second time (RFC 6298: after 1 s).
 */
final class PortKnock {
  static final int PJLINK_PORT = 4352;
  static final int MOST_AT_ONCE = 64;
  static final Duration TIMEOUT = Duration.ofMillis(900);

  private static final int GREETING_BYTES = 16;
  private static final String GREETING = "PJLINK ";

  /** What came of it, for addresses where somebody is. */
  interface Answers {
    /** The port takes connections. */
    void open(long address, int port);

    /** Nobody listens, and somebody said so. */
    void refused(long address);

    /** A projector greeted. */
    void greeted(long address);
  }

  /** An address and a port to try. */
  record Target(long address, int port) {}

  private static final class Attempt {
    final Target target;
    final SocketChannel channel;
    final long endsNanos;
    boolean done;

    Attempt(Target target, SocketChannel channel) {
      this.target = target;
      this.channel = channel;
      this.endsNanos = System.nanoTime() + TIMEOUT.toNanos();
    }
  }

  private final Pace pace;
  private final Answers answers;
  private final long deadlineNanos;
  private final int greetingPort;
  private final ArrayDeque<Attempt> underWay = new ArrayDeque<>();
  private int open;

  /**
   * @param deadlineNanos by {@link System#nanoTime}: nothing is begun after it
   */
  PortKnock(Pace pace, long deadlineNanos, Answers answers) {
    this(pace, deadlineNanos, PJLINK_PORT, answers);
  }

  PortKnock(Pace pace, long deadlineNanos, int greetingPort, Answers answers) {
    this.pace = pace;
    this.deadlineNanos = deadlineNanos;
    this.greetingPort = greetingPort;
    this.answers = answers;
  }

  /**
   * Tries all of them; on the calling thread.
   *
   * @return false when the deadline came first
   * @throws IOException when this machine gives no sockets
   */
  boolean run(Iterator<Target> targets) throws IOException, InterruptedException {
    try (Selector selector = Selector.open()) {
      try {
        while ((targets.hasNext() && !isLate()) || open > 0) {
          long wait =
              targets.hasNext() && !isLate() ? beginNext(selector, targets) : Long.MAX_VALUE;
          Attempt oldest = oldest();
          if (oldest != null) {
            wait = Math.min(wait, oldest.endsNanos - System.nanoTime());
          }
          // Rounded up: a wait of no milliseconds would be one without end.
          long millis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, wait)) + 1;
          selector.select(this::ready, millis);
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          giveUpLate();
        }
      } finally {
        underWay.forEach(this::end);
      }
    }
    return !targets.hasNext();
  }

  private boolean isLate() {
    return System.nanoTime() - deadlineNanos >= 0;
  }

  /** Begins an attempt when it may; nanoseconds until the next one. */
  private long beginNext(Selector selector, Iterator<Target> targets) throws IOException {
    if (open >= MOST_AT_ONCE) {
      return Long.MAX_VALUE; // until one ends
    }
    long wait = pace.waitNanos();
    if (wait == 0) {
      pace.sent(1);
      begin(selector, targets.next());
      wait = pace.waitNanos();
    }
    return wait;
  }

  private void begin(Selector selector, Target target) throws IOException {
    Attempt attempt = new Attempt(target, SocketChannel.open());
    underWay.add(attempt);
    open++;
    attempt.channel.configureBlocking(false);
    try {
      boolean connected =
          attempt.channel.connect(
              new InetSocketAddress(Ipv4Network.address(target.address), target.port));
      if (connected) {
        connected(attempt, attempt.channel.register(selector, 0, attempt));
      } else {
        attempt.channel.register(selector, SelectionKey.OP_CONNECT, attempt);
      }
    } catch (ConnectException refused) {
      answers.refused(target.address);
      end(attempt);
    } catch (IOException noWayThere) {
      end(attempt);
    }
  }

  private void ready(SelectionKey key) {
    Attempt attempt = (Attempt) key.attachment();
    try {
      if (key.isConnectable()) {
        if (attempt.channel.finishConnect()) {
          connected(attempt, key);
        }
      } else if (key.isReadable()) {
        greeting(attempt);
      }
    } catch (ConnectException refused) {
      answers.refused(attempt.target.address);
      end(attempt);
    } catch (IOException noWayThere) {
      end(attempt);
    }
  }

  private void connected(Attempt attempt, SelectionKey key) {
    answers.open(attempt.target.address, attempt.target.port);
    if (attempt.target.port == greetingPort) {
      key.interestOps(SelectionKey.OP_READ);
    } else {
      end(attempt);
    }
  }

  private void greeting(Attempt attempt) throws IOException {
    ByteBuffer octets = ByteBuffer.allocate(GREETING_BYTES);
    int read = attempt.channel.read(octets);
    String text = new String(octets.array(), 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
    if (text.startsWith(GREETING)) {
      answers.greeted(attempt.target.address);
    }
    end(attempt);
  }

  private @Nullable Attempt oldest() {
    while (!underWay.isEmpty() && underWay.getFirst().done) {
      underWay.removeFirst();
    }
    return underWay.peekFirst();
  }

  private void giveUpLate() {
    long now = System.nanoTime();
    for (Attempt oldest = oldest();
        oldest != null && oldest.endsNanos - now <= 0;
        oldest = oldest()) {
      end(oldest);
    }
  }

  private void end(Attempt attempt) {
    if (attempt.done) {
      return;
    }
    attempt.done = true;
    open--;
    try {
      attempt.channel.close();
    } catch (IOException alreadyGone) {
      return;
    }
  }
}

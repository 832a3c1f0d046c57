package org.rollcall.protocol.paced;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The other end of paced tests: one UDP port, one thread {@code paced} for all of them, woken every
 * millisecond while it sends. A stranger gets a cookie, which is shorter than what it sent, until
 * it has shown that it receives at its address; only a granted token gets more. Each token has one
 * test, so that as many are under way as were granted.
 */
public final class PacedServer implements AutoCloseable {
  private static final int BUFFER_BYTES = 4 * 1024 * 1024;
  private static final int IN_ONE_GO = 512;
  private static final long SENDING_WAIT_MILLIS = 1;
  private static final long IDLE_WAIT_MILLIS = 20;
  private static final int LONGEST_DATAGRAM = 2_048;

  private final InetSocketAddress bind;
  private final Grants grants;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Cookies cookies;
  private final Map<Long, PacedSession> sessions = new HashMap<>();
  private final Map<ByteBuffer, PacedSession> byToken = new HashMap<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
  private final ByteBuffer words = ByteBuffer.allocateDirect(Datagrams.HELLO_BYTES);
  private final ByteBuffer noise = ByteBuffer.allocateDirect(Datagrams.DATA_BYTES);
  private final LongAdder datagramsIn = new LongAdder();
  private final LongAdder hellos = new LongAdder();
  private final LongAdder strange = new LongAdder();
  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();
  private @Nullable DatagramChannel channel;
  private @Nullable Selector selector;
  private @Nullable Thread thread;
  private volatile boolean closed;

  /**
   * @param bind port 0 takes any free one
   */
  public PacedServer(
      InetSocketAddress bind, Grants grants, SecureRandom random, InstantSource clock) {
    this.bind = bind;
    this.grants = grants;
    this.random = random;
    this.clock = clock;
    byte[] key = new byte[32];
    random.nextBytes(key);
    this.cookies = new Cookies(key);
    byte[] noisy = new byte[Datagrams.DATA_BYTES];
    random.nextBytes(noisy);
    noise.put(noisy);
  }

  /**
   * Opens the port; once.
   *
   * @throws IOException when it cannot be had
   */
  public synchronized void start() throws IOException {
    if (thread != null || closed) {
      throw new IllegalStateException("BUG: a paced server is started once");
    }
    DatagramChannel opened = DatagramChannel.open();
    try {
      opened.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
      opened.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
      opened.bind(bind);
      opened.configureBlocking(false);
      Selector waiting = Selector.open();
      opened.register(waiting, SelectionKey.OP_READ);
      selector = waiting;
      channel = opened;
      Thread running = new Thread(() -> run(opened, waiting), "paced");
      running.setDaemon(true);
      thread = running;
      running.start();
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** The port it answers on. */
  public synchronized int port() {
    DatagramChannel opened = channel;
    if (opened == null) {
      throw new IllegalStateException("BUG: the paced server is not started");
    }
    try {
      return ((InetSocketAddress) opened.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new IllegalStateException("BUG: the paced server is closed", e);
    }
  }

  public PacedCounts counts() {
    return new PacedCounts(
        datagramsIn.sum(),
        hellos.sum(),
        strange.sum(),
        begun.sum(),
        ended.sum(),
        refused.sum(),
        bytesOut.sum());
  }

  /** Ends every test and waits for the thread, for 5 s at most. */
  @Override
  public synchronized void close() {
    closed = true;
    Selector waiting = selector;
    Thread running = thread;
    if (waiting != null && running != null) {
      waiting.wakeup();
      try {
        running.join(5_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Until {@link #close}. */
  private void run(DatagramChannel udp, Selector waiting) {
    try (udp;
        waiting) {
      while (!closed) {
        boolean sending = false;
        for (PacedSession session : sessions.values()) {
          sending |= session.sending();
        }
        waiting.select(sending ? SENDING_WAIT_MILLIS : IDLE_WAIT_MILLIS);
        waiting.selectedKeys().clear();
        readAll(udp);
        tickAll(udp);
      }
    } catch (IOException | ClosedSelectorException e) {
      if (!closed) {
        throw new IllegalStateException("The port of paced tests failed: restart the server.", e);
      }
    }
  }

  private void readAll(DatagramChannel udp) {
    for (int i = 0; i < IN_ONE_GO; i++) {
      in.clear();
      InetSocketAddress from;
      try {
        from = (InetSocketAddress) udp.receive(in);
      } catch (IOException unreachable) {
        continue; // an ICMP error that belongs to some earlier datagram
      }
      if (from == null) {
        return;
      }
      datagramsIn.increment();
      in.flip();
      if (!take(udp, from)) {
        strange.increment();
      }
    }
  }

  private boolean take(DatagramChannel udp, InetSocketAddress from) {
    Datagrams.Kind kind = Datagrams.kind(in);
    if (kind == null) {
      return false;
    }
    long now = System.nanoTime();
    switch (kind) {
      case HELLO -> {
        hello(udp, from, Datagrams.Hello.read(in), now);
        return true;
      }
      case ALIVE -> {
        Datagrams.Alive alive = Datagrams.Alive.read(in);
        PacedSession session = session(alive.session(), from);
        if (session != null) {
          session.alive(alive, now);
        }
        return session != null;
      }
      case DATA -> {
        Datagrams.Data data = Datagrams.Data.read(in);
        PacedSession session = session(data.session(), from);
        if (session != null) {
          session.data(data, now);
        }
        return session != null;
      }
      case END -> {
        PacedSession session = session(Datagrams.End.read(in).session(), from);
        if (session != null) {
          session.end(now);
        }
        return session != null;
      }
      case COOKIE, READY, REFUSED, COUNTED -> {
        return false;
      }
    }
    return false;
  }

  private @Nullable PacedSession session(long id, InetSocketAddress from) {
    PacedSession session = sessions.get(id);
    return session != null && session.isFrom(from) ? session : null;
  }

  private void hello(
      DatagramChannel udp, InetSocketAddress from, Datagrams.Hello hello, long nowNanos) {
    long millis = clock.millis();
    if (!hello.hasCookie() || !cookies.holds(hello.cookie(), from, hello.token(), millis)) {
      hellos.increment();
      byte[] cookie = cookies.of(from, hello.token(), millis);
      send(udp, from, new Datagrams.Cookie(hello.nonce(), millis, cookie).write(words));
      return;
    }
    ByteBuffer token = ByteBuffer.wrap(hello.token());
    PacedSession session = byToken.get(token);
    if (session == null) {
      Grant grant = grants.take(Arrays.copyOf(hello.token(), hello.token().length));
      if (grant != null) {
        session = new PacedSession(hello, from, random.nextLong(), grant, nowNanos);
        sessions.put(session.id(), session);
        byToken.put(token, session);
        begun.increment();
      }
    }
    if (session != null && session.isOf(from, hello)) {
      send(udp, from, session.ready(millis).write(words));
    } else {
      refused.increment();
      send(udp, from, new Datagrams.Refused(hello.nonce(), millis).write(words));
    }
  }

  private void tickAll(DatagramChannel udp) {
    if (sessions.isEmpty()) {
      return;
    }
    PacedSession.Out out = (to, datagram) -> send(udp, to, datagram);
    Iterator<PacedSession> each = sessions.values().iterator();
    while (each.hasNext()) {
      PacedSession session = each.next();
      long now = System.nanoTime();
      if (session.over(now)) {
        each.remove();
        byToken.remove(ByteBuffer.wrap(session.token()));
        ended.increment();
      } else {
        session.tick(now, out, noise, words);
      }
    }
  }

  private boolean send(DatagramChannel udp, InetSocketAddress to, ByteBuffer datagram) {
    try {
      int sent = udp.send(datagram, to);
      bytesOut.add(sent);
      return sent > 0;
    } catch (IOException e) {
      return false; // no route, or an earlier datagram was refused: the client hears nothing and
      // ends
    }
  }
}

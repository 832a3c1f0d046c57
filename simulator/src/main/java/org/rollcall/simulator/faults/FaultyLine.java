package org.rollcall.simulator.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP line of the loopback that does what it is told: passes bytes on, or spoils them. Whoever
 * connects to {@link #port} is connected to the target. Any thread may set its mode.
 */
public final class FaultyLine implements AutoCloseable {
  private static final int CHUNK = 4 * 1024;

  /** Of a slow line: a piece, then a pause; 8 KiB a second each way. */
  private static final int SLOW_CHUNK = 512;

  private static final long SLOW_PAUSE_MILLIS = 62;
  private static final int CONNECT_MILLIS = 5_000;

  private final InetSocketAddress target;
  private final Random random;
  private final ServerSocket listener;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile Mode mode = Mode.PASS;
  private volatile boolean closed;

  /** What becomes of bytes. */
  public enum Mode {
    PASS,
    /** Connections are reset, and new ones are closed at once. */
    CUT,
    /** What was read waits here; nothing is lost. */
    STALL,
    SLOW,
    /** One bit in about every third piece is turned over. */
    CORRUPT,
    /** The target's side is closed; what the other side sends is dropped, and it hears nothing. */
    HALF_OPEN
  }

  /**
   * Takes a port of the loopback.
   *
   * @param port 0: any free one
   * @param seed decides which bits are spoiled
   */
  public FaultyLine(InetSocketAddress target, int port, long seed) throws IOException {
    this.target = target;
    this.random = new Random(seed);
    this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
  }

  /** Begins to accept connections. */
  public void start() {
    daemon(this::accept, "line-accept");
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Connections open now. */
  public int connections() {
    return pairs.size();
  }

  /** What becomes of bytes from now on, those of open connections too. */
  public void mode(Mode next) {
    lock.lock();
    try {
      Mode before = mode;
      mode = next;
      changed.signalAll();
      if (next == Mode.CUT || before == Mode.HALF_OPEN) {
        pairs.forEach(Pair::close);
      } else if (next == Mode.HALF_OPEN) {
        pairs.forEach(Pair::closeTarget);
      }
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!closed) {
      try {
        Socket caller = listener.accept();
        if (mode == Mode.CUT) {
          reset(caller);
        } else {
          daemon(() -> connect(caller), "line-connect");
        }
      } catch (IOException e) {
        if (!closed) {
          throw new UncheckedIOException("A faulty line could not accept a connection.", e);
        }
      }
    }
  }

  private void connect(Socket caller) {
    Socket called = new Socket();
    Pair pair = new Pair(caller, called);
    pairs.add(pair);
    try {
      if (mode == Mode.HALF_OPEN) {
        pair.closeTarget();
      } else {
        called.connect(target, CONNECT_MILLIS);
        called.setTcpNoDelay(true);
        caller.setTcpNoDelay(true);
      }
      daemon(() -> pump(pair, caller, called), "line-up");
      pump(pair, called, caller);
    } catch (IOException e) {
      pair.close();
    }
  }

  /** Passes bytes one way until either side ends. */
  private void pump(Pair pair, Socket from, Socket to) {
    byte[] piece = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.isClosed() ? OutputStream.nullOutputStream() : to.getOutputStream();
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        pass(pair, piece, read, out);
      }
    } catch (IOException e) {
      // One of the two went away; whether that was told is below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!pair.targetDropped || from.equals(pair.caller)) {
      pair.close();
    }
  }

  private void pass(Pair pair, byte[] piece, int length, OutputStream out)
      throws IOException, InterruptedException {
    lock.lock();
    try {
      while (mode == Mode.STALL) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
    if (pair.targetDropped) {
      return;
    }
    if (mode == Mode.CORRUPT) {
      spoil(piece, length);
    }
    int at = 0;
    while (at < length) {
      int some = mode == Mode.SLOW ? Math.min(SLOW_CHUNK, length - at) : length - at;
      if (mode == Mode.SLOW) {
        pause();
      }
      try {
        out.write(piece, at, some);
      } catch (IOException e) {
        if (!pair.targetDropped) {
          throw e;
        }
        return;
      }
      at += some;
    }
  }

  private void spoil(byte[] piece, int length) {
    synchronized (random) {
      if (length > 0 && random.nextInt(3) == 0) {
        piece[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
      }
    }
  }

  private void pause() throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(SLOW_PAUSE_MILLIS);
      while (left > 0 && mode == Mode.SLOW) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    quietly(listener);
    mode(Mode.CUT);
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Closes with a reset, as a line that breaks looks to whoever writes next. */
  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
    }
    quietly(socket);
  }

  private static void quietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // There is nothing more to close.
    }
  }

  /** A connection: who called, and whom it is connected to. */
  private final class Pair {
    private final Socket caller;
    private final Socket called;
    private volatile boolean targetDropped;

    Pair(Socket caller, Socket called) {
      this.caller = caller;
      this.called = called;
    }

    void close() {
      pairs.remove(this);
      reset(caller);
      reset(called);
    }

    void closeTarget() {
      targetDropped = true;
      reset(called);
    }
  }
}

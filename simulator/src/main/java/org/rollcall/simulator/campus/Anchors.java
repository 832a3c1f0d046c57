package org.rollcall.simulator.campus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The far ends that schools must reach: a TCP port for the provincial education network, one for
 * the Internet, and one that refuses every connect because nobody listens on it. Accepted
 * connections are closed at once. One thread; it ends when closed.
 */
final class Anchors implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Anchors.class);

  private @Nullable Selector selector;
  private @Nullable ServerSocketChannel edu;
  private @Nullable ServerSocketChannel internet;
  private @Nullable SocketChannel refusing;
  private @Nullable Thread thread;

  void start() {
    try {
      Selector target = Selector.open();
      selector = target;
      edu = listen(target);
      internet = listen(target);
      refusing = SocketChannel.open();
      refusing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Thread running = new Thread(() -> accept(target), "simulated-anchors");
      running.setDaemon(true);
      running.start();
      thread = running;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open a TCP port for the simulated anchors.", e);
    }
  }

  private static ServerSocketChannel listen(Selector target) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    channel.configureBlocking(false);
    channel.register(target, SelectionKey.OP_ACCEPT);
    return channel;
  }

  private static void accept(Selector target) {
    while (target.isOpen()) {
      try {
        target.select(
            key -> {
              try (SocketChannel accepted = ((ServerSocketChannel) key.channel()).accept()) {
                log.atTrace().addKeyValue("from", accepted).log("Anchor reached");
              } catch (IOException e) {
                log.atDebug().setCause(e).log("A connect to an anchor failed");
              }
            });
      } catch (java.nio.channels.ClosedSelectorException closed) {
        return;
      } catch (IOException e) {
        log.atWarn().setCause(e).log("Simulated anchors could not wait for connects");
      }
    }
  }

  /** The provincial education network's address. */
  InetSocketAddress edu() {
    return local(edu == null ? null : edu.socket().getLocalSocketAddress());
  }

  /** The Internet's address. */
  InetSocketAddress internet() {
    return local(internet == null ? null : internet.socket().getLocalSocketAddress());
  }

  /** An address that is kept from everybody else and refuses every connect. */
  InetSocketAddress refusing() {
    return local(refusing == null ? null : refusing.socket().getLocalSocketAddress());
  }

  private static InetSocketAddress local(java.net.@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress bound) {
      return bound;
    }
    throw new IllegalStateException("BUG: the simulated anchors are not started");
  }

  @Override
  public void close() {
    try {
      if (edu != null) {
        edu.close();
      }
      if (internet != null) {
        internet.close();
      }
      if (refusing != null) {
        refusing.close();
      }
      if (selector != null) {
        selector.close();
      }
      if (thread != null) {
        thread.join(5_000);
      }
    } catch (IOException e) {
      log.atWarn().setCause(e).log("A simulated anchor did not close");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

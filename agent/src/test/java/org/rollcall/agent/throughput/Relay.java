package org.rollcall.agent.throughput;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Hands datagrams of one client on to a server and back, each later by a fixed time and some not at
 * all. A thread of its own; ends with the process.
 */
final class Relay {
  private final DatagramChannel client;
  private final DatagramChannel server;
  private final Selector selector;
  private final long delayNanos;
  private final double loss;
  private final Random dice = new Random(20260901);
  private final ArrayDeque<Held> toServer = new ArrayDeque<>();
  private final ArrayDeque<Held> toClient = new ArrayDeque<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(2_048);
  private SocketAddress from = new InetSocketAddress(0);

  private record Held(ByteBuffer datagram, long due) {}

  Relay(InetSocketAddress to, int delayMillis, double lossPercent) throws IOException {
    delayNanos = delayMillis * 1_000_000L;
    loss = lossPercent / 100;
    client =
        DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server = DatagramChannel.open().connect(to);
    selector = Selector.open();
    for (DatagramChannel each : new DatagramChannel[] {client, server}) {
      each.configureBlocking(false);
      each.register(selector, SelectionKey.OP_READ);
    }
    Thread thread = new Thread(this::run, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  int port() throws IOException {
    return ((InetSocketAddress) client.getLocalAddress()).getPort();
  }

  private void run() {
    try {
      while (true) {
        selector.select(1);
        selector.selectedKeys().clear();
        receive(client, toServer);
        receive(server, toClient);
        for (ByteBuffer each = due(toServer); each != null; each = due(toServer)) {
          server.write(each);
        }
        for (ByteBuffer each = due(toClient); each != null; each = due(toClient)) {
          client.send(each, from);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("The relay ended", e);
    }
  }

  private void receive(DatagramChannel channel, ArrayDeque<Held> queue) throws IOException {
    for (int i = 0; i < 1_000; i++) {
      buffer.clear();
      SocketAddress sender;
      try {
        sender = channel.receive(buffer);
      } catch (PortUnreachableException gone) {
        return;
      }
      if (sender == null) {
        return;
      }
      if (channel == client) {
        from = sender;
      }
      if (dice.nextDouble() >= loss) {
        ByteBuffer copy = ByteBuffer.allocate(buffer.flip().remaining()).put(buffer).flip();
        queue.add(new Held(copy, System.nanoTime() + delayNanos));
      }
    }
  }

  private static @Nullable ByteBuffer due(ArrayDeque<Held> queue) {
    Held first = queue.peek();
    return first == null || first.due() - System.nanoTime() > 0 ? null : queue.remove().datagram();
  }
}

package org.rollcall.simulator.campus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Any number of SNMP devices in one process: each has a UDP port of its own on the loopback, all
 * are answered by one thread over one selector. A device that is off reads its requests and says
 * nothing, so that its poller meets a timeout, not a refused port.
 *
 * <p>Add devices, {@link #start()}, {@link #close()}; the thread ends when closed.
 */
final class SnmpDevices implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SnmpDevices.class);
  private static final int MOST_REQUEST_BYTES = 4_096;

  private final Clock clock;
  private final Responder responder;
  private final List<DatagramChannel> channels = new ArrayList<>();
  private final AtomicLong answered = new AtomicLong();
  private @Nullable Selector selector;
  private @Nullable Thread thread;

  SnmpDevices(String community, Clock clock) {
    this.responder = new Responder(community);
    this.clock = clock;
  }

  private record Device(DatagramChannel channel, Mib mib, LongPredicate on) {}

  /**
   * Binds a device to a free port.
   *
   * @param on whether it is switched on at a time in epoch milliseconds
   * @return its address as the register writes it, host:port
   */
  String add(Mib mib, LongPredicate on) {
    try {
      Selector target = selector;
      if (target == null) {
        target = Selector.open();
        selector = target;
      }
      DatagramChannel channel = DatagramChannel.open();
      channels.add(channel);
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      channel.configureBlocking(false);
      channel.register(target, SelectionKey.OP_READ, new Device(channel, mib, on));
      InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
      return bound.getAddress().getHostAddress() + ":" + bound.getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot open a UDP port for simulated device number "
              + channels.size()
              + "; allow more open files (ulimit -n).",
          e);
    }
  }

  void start() {
    Selector target = selector;
    if (target == null) {
      return;
    }
    Thread running = new Thread(() -> serve(target), "simulated-snmp");
    running.setDaemon(true);
    running.start();
    thread = running;
  }

  /** How many requests were answered so far. */
  long answered() {
    return answered.get();
  }

  private void serve(Selector target) {
    ByteBuffer request = ByteBuffer.allocate(MOST_REQUEST_BYTES);
    while (target.isOpen()) {
      try {
        target.select(key -> answer((Device) key.attachment(), request));
      } catch (java.nio.channels.ClosedSelectorException closed) {
        return;
      } catch (IOException e) {
        log.atWarn().setCause(e).log("Simulated devices could not wait for requests");
      }
    }
  }

  private void answer(Device device, ByteBuffer request) {
    try {
      request.clear();
      SocketAddress from = device.channel().receive(request);
      long now = clock.millis();
      if (from == null || !device.on().test(now)) {
        return;
      }
      ByteBuffer response = responder.answer(request.flip(), device.mib(), now);
      if (response != null) {
        device.channel().send(response, from);
        answered.incrementAndGet();
      }
    } catch (IOException | RuntimeException e) {
      log.atWarn().setCause(e).log("A simulated device failed to answer");
    }
  }

  @Override
  public void close() {
    try {
      if (selector != null) {
        selector.close();
      }
      for (DatagramChannel channel : channels) {
        channel.close();
      }
      if (thread != null) {
        thread.join(5_000);
      }
    } catch (IOException e) {
      log.atWarn().setCause(e).log("A simulated device did not close");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

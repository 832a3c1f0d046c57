package org.rollcall.simulator.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Devices that answer SNMP v2c at next to no cost, one UDP port each, in a process of their own.
 * The answer to a poll is written once for each device; then only the request's id, the uptime and
 * the counters are patched. Each poll of a device finds it one second older, whatever the clock
 * says, so that a poller that asks as fast as it can computes rates. Anything that is no poll of
 * the known length is answered in full from {@link SnmpBenchMib}.
 *
 * <p>One thread. Prints {@value #READY} and the ports; ends with its parent.
 */
public final class SnmpResponderMain {
  static final String READY = "SNMP responder at ";

  /** Requests taken from one port before the others have their turn. */
  private static final int IN_A_ROW = 16;

  private final ByteBuffer in = ByteBuffer.allocateDirect(65_535);
  private final byte[] request = new byte[65_535];

  private SnmpResponderMain() {}

  /** What one port answers from. */
  private static final class Device {
    final SnmpBenchMib mib = new SnmpBenchMib();
    @Nullable SnmpBenchAnswer canned;
    int polls;
  }

  public static void main(String[] arguments) throws IOException {
    int devices = Integer.parseInt(arguments[0]);
    Selector selector = Selector.open();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      DatagramChannel channel = DatagramChannel.open();
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Device());
      ports.add(((InetSocketAddress) channel.getLocalAddress()).getPort());
    }
    System.out.println(
        READY + ports.stream().map(String::valueOf).collect(Collectors.joining(",")));
    SnmpResponderMain responder = new SnmpResponderMain();
    while (selector.isOpen()) {
      selector.select(
          key -> responder.serve((DatagramChannel) key.channel(), (Device) key.attachment()));
    }
  }

  private void serve(DatagramChannel channel, Device device) {
    try {
      for (int i = 0; i < IN_A_ROW; i++) {
        in.clear();
        SocketAddress from = channel.receive(in);
        if (from == null) {
          return;
        }
        in.flip();
        int length = in.remaining();
        in.get(request, 0, length);
        channel.send(answer(device, length), from);
      }
    } catch (IOException refused) {
      throw new java.io.UncheckedIOException("The responder's socket broke.", refused);
    }
  }

  private ByteBuffer answer(Device device, int length) throws IOException {
    SnmpBenchAnswer canned = device.canned;
    if (canned == null || !canned.answers(request, length)) {
      canned = SnmpBenchAnswer.of(device.mib, request, length);
      device.canned = canned;
    }
    return canned.next(request, ++device.polls);
  }
}

package org.rollcall.agent.reach.dns;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.LocalPort;

/**
 * A name server on loopback that says, by UDP and by TCP, what a test wants. Its messages are put
 * together here byte by byte, so that they may be wrong.
 */
final class FakeNameServer implements AutoCloseable {
  static final int NOERROR = 0;
  private static final int TRUNCATED = 0x0200;
  private static final int QUESTION_AT = 12;

  /** One question that came, and the way back. */
  interface Asked {
    byte[] query();

    InetSocketAddress from();

    void answer(byte[] message) throws IOException;
  }

  /** What the server does with a question. */
  @FunctionalInterface
  interface Behaviour {
    void take(Asked asked) throws IOException;
  }

  private final DatagramSocket udp;
  private final @Nullable ServerSocket tcp;

  /**
   * @param byTcp null: nobody listens on TCP
   */
  FakeNameServer(Behaviour byUdp, @Nullable Behaviour byTcp) throws IOException {
    int port = LocalPort.tcp();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    udp = new DatagramSocket(port, loopback);
    tcp = byTcp == null ? null : new ServerSocket(port, 5, loopback);
    thread(() -> serveUdp(byUdp));
    if (byTcp != null) {
      thread(() -> serveTcp(byTcp));
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "name-server");
    thread.setDaemon(true);
    thread.start();
  }

  String address() {
    return "127.0.0.1:" + udp.getLocalPort();
  }

  private void serveUdp(Behaviour behaviour) {
    byte[] room = new byte[2048];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(room, room.length);
        udp.receive(packet);
        behaviour.take(
            new Datagram(
                udp,
                Arrays.copyOf(room, packet.getLength()),
                (InetSocketAddress) packet.getSocketAddress()));
      } catch (IOException closed) {
        // ends the loop, or the asker was gone already
      }
    }
  }

  private record Datagram(DatagramSocket socket, byte[] query, InetSocketAddress from)
      implements Asked {
    @Override
    public void answer(byte[] message) throws IOException {
      socket.send(new DatagramPacket(message, message.length, from));
    }
  }

  private void serveTcp(Behaviour behaviour) {
    ServerSocket server = Objects.requireNonNull(tcp);
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] query = in.readNBytes(in.readUnsignedShort());
        behaviour.take(
            new Stream(socket, query, (InetSocketAddress) socket.getRemoteSocketAddress()));
        int unused = in.read(); // until the asker has closed
      } catch (IOException closed) {
        // ends the loop, or the asker was gone already
      }
    }
  }

  private record Stream(Socket socket, byte[] query, InetSocketAddress from) implements Asked {
    @Override
    public void answer(byte[] message) throws IOException {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(message.length);
      out.write(message);
      out.flush();
    }
  }

  static int id(byte[] query) {
    return ((query[0] & 0xff) << 8) | (query[1] & 0xff);
  }

  /** The question as it came: name, type and class. */
  static byte[] question(byte[] query) {
    return Arrays.copyOfRange(query, QUESTION_AT, query.length);
  }

  /** An honest header and question, and these records after them. */
  static byte[] reply(byte[] query, int code, byte[]... answers) {
    return message(id(query), 0x8180 | code, question(query), answers);
  }

  static byte[] truncated(byte[] query) {
    return message(id(query), 0x8180 | TRUNCATED, question(query));
  }

  static byte[] message(int id, int flags, byte[] question, byte[]... answers) {
    return bytes(
        out -> {
          out.writeShort(id);
          out.writeShort(flags);
          out.writeShort(1);
          out.writeShort(answers.length);
          out.writeInt(0);
          out.write(question);
          for (byte[] answer : answers) {
            out.write(answer);
          }
        });
  }

  /** A or AAAA, for the name asked for. */
  static byte[] address(String address) {
    return bytes(
        out -> {
          byte[] value = InetAddress.getByName(address).getAddress();
          out.writeShort(0xc000 | QUESTION_AT);
          entry(out, value.length == 4 ? 1 : 28, value);
        });
  }

  /** A or AAAA, for another name. */
  static byte[] addressOf(String name, String address) {
    return bytes(
        out -> {
          byte[] value = InetAddress.getByName(address).getAddress();
          out.write(name(name));
          entry(out, value.length == 4 ? 1 : 28, value);
        });
  }

  /** CNAME of the name asked for. */
  static byte[] alias(String name) {
    return bytes(
        out -> {
          out.writeShort(0xc000 | QUESTION_AT);
          entry(out, 5, name(name));
        });
  }

  private static void entry(DataOutputStream out, int type, byte[] value) throws IOException {
    out.writeShort(type);
    out.writeShort(1);
    out.writeInt(60);
    out.writeShort(value.length);
    out.write(value);
  }

  static byte[] name(String name) {
    return bytes(
        out -> {
          for (String label : name.split("\\.", -1)) {
            out.writeByte(label.length());
            out.writeBytes(label);
          }
          out.writeByte(0);
        });
  }

  /** Writes a message. */
  @FunctionalInterface
  interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    udp.close();
    if (tcp != null) {
      tcp.close();
    }
  }
}

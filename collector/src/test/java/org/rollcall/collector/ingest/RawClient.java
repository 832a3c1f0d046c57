package org.rollcall.collector.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An MQTT client that writes its packets byte by byte, so that it can also write wrong ones. */
final class RawClient implements AutoCloseable {
  static final int CONNACK = 0x20;
  static final int PUBACK = 0x40;
  static final int SUBACK = 0x90;
  static final int DISCONNECT = 0xe0;

  private static final int CONNECT_MILLIS = 30_000;
  private static final int ANSWER_MILLIS = 60_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  /**
   * What the server sent.
   *
   * @param type first byte of the packet; -1 when the server closed the connection
   */
  record Packet(int type, String hex) {
    static final Packet END = new Packet(-1, "");
  }

  RawClient(Socket connected) throws IOException {
    this.socket = connected;
    socket.setSoTimeout(ANSWER_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  static RawClient plain(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
    return new RawClient(socket);
  }

  void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /**
   * @param userProperties name, value, name, value; MQTT 5 only
   */
  RawClient connect(int version, String id, String user, String password, String... userProperties)
      throws IOException {
    raw(packet(0x10, connectBody(version, 60, id, user, password, userProperties)));
    return this;
  }

  static byte[] connectBody(
      int version, int keepAlive, String id, String user, String password, String... properties)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(bytes);
    ByteArrayOutputStream props = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(props);
    for (int i = 0; i < properties.length; i += 2) {
      to.writeByte(0x26);
      to.writeUTF(properties[i]);
      to.writeUTF(properties[i + 1]);
    }
    writeConnect(body, version, keepAlive, props.toByteArray());
    body.writeUTF(id);
    body.writeUTF(user);
    body.writeUTF(password);
    return bytes.toByteArray();
  }

  private static void writeConnect(
      DataOutputStream body, int version, int keepAlive, byte[] properties) throws IOException {
    body.writeUTF("MQTT");
    body.writeByte(version);
    body.writeByte(0xc2);
    body.writeShort(keepAlive);
    if (version == 5) {
      writeLength(body, properties.length);
      body.write(properties);
    }
  }

  /** Connects by MQTT 5 as somebody who takes so many messages at a time, of so many bytes. */
  RawClient connectTaking(int receiveMaximum, int largestPacket, String name, String password)
      throws IOException {
    ByteArrayOutputStream props = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(props);
    to.writeByte(0x21);
    to.writeShort(receiveMaximum);
    to.writeByte(0x27);
    to.writeInt(largestPacket);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(bytes);
    writeConnect(body, 5, 60, props.toByteArray());
    body.writeUTF(name);
    body.writeUTF(name);
    body.writeUTF(password);
    raw(packet(0x10, bytes.toByteArray()));
    return this;
  }

  void pubAck(int packetId) throws IOException {
    raw(new byte[] {0x40, 2, (byte) (packetId >> 8), (byte) packetId});
  }

  /** PUBACK of MQTT 5 with a reason code, and a reason string unless that is empty. */
  void pubAck(int packetId, int code, String reason) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(bytes);
    body.writeShort(packetId);
    body.writeByte(code);
    if (!reason.isEmpty()) {
      body.writeByte(3 + reason.getBytes(StandardCharsets.UTF_8).length);
      body.writeByte(0x1f);
      body.writeUTF(reason);
    }
    raw(packet(0x40, bytes.toByteArray()));
  }

  /** Publishes with these flags in the first byte, e.g. 0x32 for QoS 1. */
  void publish(int firstByte, int version, String topic, int packetId, byte[] payload)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(bytes);
    body.writeUTF(topic);
    if ((firstByte & 0x06) != 0) {
      body.writeShort(packetId);
    }
    if (version == 5) {
      body.writeByte(0);
    }
    body.write(payload);
    raw(packet(firstByte, bytes.toByteArray()));
  }

  void subscribe(int version, int packetId, String filter) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(bytes);
    body.writeShort(packetId);
    if (version == 5) {
      body.writeByte(0);
    }
    body.writeUTF(filter);
    body.writeByte(1);
    raw(packet(0x82, bytes.toByteArray()));
  }

  static byte[] packet(int firstByte, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(bytes);
    to.writeByte(firstByte);
    writeLength(to, body.length);
    to.write(body);
    return bytes.toByteArray();
  }

  private static void writeLength(DataOutputStream to, int length) throws IOException {
    int rest = length;
    do {
      int digit = rest & 0x7f;
      rest >>= 7;
      to.writeByte(rest > 0 ? digit | 0x80 : digit);
    } while (rest > 0);
  }

  /** The next packet; its body as lower-case hexadecimal digits. */
  Packet read() throws IOException {
    try {
      int type = in.readUnsignedByte();
      int length = 0;
      int shift = 0;
      int digit;
      do {
        digit = in.readUnsignedByte();
        length |= (digit & 0x7f) << shift;
        shift += 7;
      } while ((digit & 0x80) != 0);
      byte[] body = new byte[length];
      in.readFully(body);
      return new Packet(type, HexFormat.of().formatHex(body));
    } catch (EOFException | SocketException e) {
      return Packet.END;
    }
  }

  /** The next packet's text, for what is in its strings. */
  static String text(Packet packet) {
    return new String(HexFormat.of().parseHex(packet.hex()), UTF_8);
  }

  static byte[] many(byte value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, value);
    return bytes;
  }

  void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

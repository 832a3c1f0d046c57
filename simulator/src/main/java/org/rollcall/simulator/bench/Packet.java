package org.rollcall.simulator.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The few MQTT 5 packets a load generator sends and reads, written straight into buffers: a general
 * codec would cost it the processor the server needs.
 */
final class Packet {
  static final int CONNACK = 2;
  static final int PUBLISH = 3;
  static final int PUBACK = 4;
  static final int SUBACK = 9;
  static final int PINGRESP = 13;
  static final int DISCONNECT = 14;

  private static final int KEEP_ALIVE_SECONDS = 60;
  private static final int SESSION_EXPIRY = 0x11;
  private static final int RECEIVE_MAXIMUM = 0x21;

  private Packet() {}

  /** CONNECT; a session expiry above 0 keeps the session and does not start clean. */
  static void connect(
      ByteBuf out, String clientId, String user, String password, int expirySeconds) {
    byte[] id = utf8(clientId);
    byte[] name = utf8(user);
    byte[] secret = utf8(password);
    boolean named = name.length > 0;
    int properties = expirySeconds > 0 ? 8 : 0;
    int length = 10 + 1 + properties + 2 + id.length;
    length += named ? 4 + name.length + secret.length : 0;
    out.writeByte(0x10);
    variable(out, length);
    string(out, utf8("MQTT"));
    out.writeByte(5);
    out.writeByte((named ? 0xC0 : 0) | (expirySeconds > 0 ? 0 : 0x02));
    out.writeShort(KEEP_ALIVE_SECONDS);
    out.writeByte(properties);
    if (expirySeconds > 0) {
      out.writeByte(SESSION_EXPIRY).writeInt(expirySeconds);
      out.writeByte(RECEIVE_MAXIMUM).writeShort(1_000);
    }
    string(out, id);
    if (named) {
      string(out, name);
      string(out, secret);
    }
  }

  /** SUBSCRIBE to one filter at QoS 1. */
  static void subscribe(ByteBuf out, int packetId, String filter) {
    byte[] name = utf8(filter);
    out.writeByte(0x82);
    variable(out, 2 + 1 + 2 + name.length + 1);
    out.writeShort(packetId);
    out.writeByte(0);
    string(out, name);
    out.writeByte(1);
  }

  /** PUBLISH at QoS 1. */
  static void publish(ByteBuf out, byte[] topic, int packetId, byte[] payload) {
    out.writeByte(0x32);
    variable(out, 2 + topic.length + 2 + 1 + payload.length);
    string(out, topic);
    out.writeShort(packetId);
    out.writeByte(0);
    out.writeBytes(payload);
  }

  /** PUBACK of a message that was received. */
  static void acknowledge(ByteBuf out, int packetId) {
    out.writeByte(0x40);
    out.writeByte(2);
    out.writeShort(packetId);
  }

  static void ping(ByteBuf out) {
    out.writeShort(0xC000);
  }

  static void disconnect(ByteBuf out) {
    out.writeShort(0xE000);
  }

  /**
   * How many bytes the packet at the reader's index has in all, or -1 while its header or body is
   * not there yet.
   */
  static int whole(ByteBuf in) {
    int available = in.readableBytes();
    int length = 0;
    for (int i = 1; i < available && i <= 4; i++) {
      int digit = in.getUnsignedByte(in.readerIndex() + i);
      length |= (digit & 0x7F) << (7 * (i - 1));
      if (digit < 0x80) {
        int whole = 1 + i + length;
        return whole <= available ? whole : -1;
      }
    }
    return -1;
  }

  /** Reads a variable byte integer. */
  static int variable(ByteBuf in) {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int digit = in.readUnsignedByte();
      value |= (digit & 0x7F) << shift;
      if (digit < 0x80) {
        break;
      }
    }
    return value;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void string(ByteBuf out, byte[] text) {
    out.writeShort(text.length);
    out.writeBytes(text);
  }

  private static void variable(ByteBuf out, int value) {
    int rest = value;
    do {
      int digit = rest & 0x7F;
      rest >>>= 7;
      out.writeByte(rest > 0 ? (digit | 0x80) : digit);
    } while (rest > 0);
  }
}

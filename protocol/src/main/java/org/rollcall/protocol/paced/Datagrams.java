package org.rollcall.protocol.paced;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of a paced test. All numbers are big endian; each begins with {@code RCL1}, its
 * kind and three zero bytes. What is too short, too long or of no known kind is no datagram of
 * ours.
 */
final class Datagrams {
  /** UDP payload of a datagram that measures. */
  static final int DATA_BYTES = 1_400;

  /** The same at the IP layer: with the headers of UDP (8) and IPv4 (20). */
  static final int IP_BYTES = DATA_BYTES + 28;

  static final int TOKEN_BYTES = 32;
  static final int COOKIE_BYTES = 16;

  /** The client's first word is padded to this, so that no answer to a stranger is longer. */
  static final int HELLO_BYTES = 128;

  private static final int MAGIC = 0x52434C31;
  private static final int HEAD_BYTES = 8;

  enum Kind {
    HELLO(1, HELLO_BYTES),
    COOKIE(2, 40),
    READY(3, 48),
    REFUSED(4, 24),
    DATA(5, DATA_BYTES),
    ALIVE(6, 24),
    COUNTED(7, 40),
    END(8, 28);

    private final byte code;
    final int bytes;

    Kind(int code, int bytes) {
      this.code = (byte) code;
      this.bytes = bytes;
    }
  }

  private static final Kind[] KINDS = Kind.values();

  private Datagrams() {}

  /** What a received datagram is; its position then stands behind the head. Null: not ours. */
  static @Nullable Kind kind(ByteBuffer datagram) {
    if (datagram.remaining() < HEAD_BYTES || datagram.getInt(datagram.position()) != MAGIC) {
      return null;
    }
    int code = datagram.get(datagram.position() + 4);
    for (Kind kind : KINDS) {
      if (kind.code == code && kind.bytes == datagram.remaining()) {
        datagram.position(datagram.position() + HEAD_BYTES);
        return kind;
      }
    }
    return null;
  }

  private static ByteBuffer begin(ByteBuffer into, Kind kind) {
    into.clear().limit(kind.bytes);
    return into.putInt(MAGIC).put(kind.code).put((byte) 0).putShort((short) 0);
  }

  private static ByteBuffer finish(ByteBuffer into) {
    while (into.hasRemaining() && into.limit() <= HELLO_BYTES) {
      into.put((byte) 0);
    }
    return into.position(into.limit()).flip();
  }

  /**
   * The client asks to begin.
   *
   * @param cookie as the server gave it; zeros at first
   */
  record Hello(long nonce, byte[] token, byte[] cookie) {
    static Hello read(ByteBuffer in) {
      long nonce = in.getLong();
      byte[] token = new byte[TOKEN_BYTES];
      byte[] cookie = new byte[COOKIE_BYTES];
      in.get(token).get(cookie);
      return new Hello(nonce, token, cookie);
    }

    ByteBuffer write(ByteBuffer into) {
      return finish(begin(into, Kind.HELLO).putLong(nonce).put(token).put(cookie));
    }

    boolean hasCookie() {
      for (byte each : cookie) {
        if (each != 0) {
          return true;
        }
      }
      return false;
    }
  }

  /** The server asks the client to show that it is where it says. */
  record Cookie(long nonce, long serverMillis, byte[] cookie) {
    static Cookie read(ByteBuffer in) {
      long nonce = in.getLong();
      long millis = in.getLong();
      byte[] cookie = new byte[COOKIE_BYTES];
      in.get(cookie);
      return new Cookie(nonce, millis, cookie);
    }

    ByteBuffer write(ByteBuffer into) {
      return finish(begin(into, Kind.COOKIE).putLong(nonce).putLong(serverMillis).put(cookie));
    }
  }

  /** The server is ready and waits for the first ALIVE. */
  record Ready(long nonce, long session, Grant grant, long serverMillis) {
    /** Null when what it grants cannot be. */
    static @Nullable Ready read(ByteBuffer in) {
      long nonce = in.getLong();
      long session = in.getLong();
      long pace = in.getLong();
      int download = in.getInt();
      int upload = in.getInt();
      long millis = in.getLong();
      try {
        return new Ready(nonce, session, new Grant(pace, download, upload), millis);
      } catch (IllegalArgumentException refused) {
        return null;
      }
    }

    ByteBuffer write(ByteBuffer into) {
      return finish(
          begin(into, Kind.READY)
              .putLong(nonce)
              .putLong(session)
              .putLong(grant.paceBitsPerSecond())
              .putInt(grant.downloadMillis())
              .putInt(grant.uploadMillis())
              .putLong(serverMillis));
    }
  }

  /** The server knows no such token, or it was used. */
  record Refused(long nonce, long serverMillis) {
    static Refused read(ByteBuffer in) {
      return new Refused(in.getLong(), in.getLong());
    }

    ByteBuffer write(ByteBuffer into) {
      return finish(begin(into, Kind.REFUSED).putLong(nonce).putLong(serverMillis));
    }
  }

  /**
   * One datagram that measures; behind it stand bytes that no line can compress.
   *
   * @param number from 0, in each direction
   * @param sentNanos in the sender's own clock, of which only differences mean anything
   */
  record Data(long session, int number, long sentNanos) {
    static Data read(ByteBuffer in) {
      return new Data(in.getLong(), in.getInt(), in.getLong());
    }

    /**
     * @param into already filled with noise
     */
    ByteBuffer write(ByteBuffer into) {
      begin(into, Kind.DATA).putLong(session).putInt(number).putLong(sentNanos);
      return into.position(DATA_BYTES).flip();
    }
  }

  /**
   * The client still listens.
   *
   * @param received datagrams of the download so far
   * @param stop whether the server may end the download
   */
  record Alive(long session, int received, boolean stop) {
    static Alive read(ByteBuffer in) {
      return new Alive(in.getLong(), in.getInt(), in.getInt() != 0);
    }

    ByteBuffer write(ByteBuffer into) {
      return finish(begin(into, Kind.ALIVE).putLong(session).putInt(received).putInt(stop ? 1 : 0));
    }
  }

  /**
   * What the server has counted of the upload.
   *
   * @param bytesAfterFirst of the IP layer, all but the first datagram's
   * @param nanos from the first to the newest
   * @param last whether the client has said that it ended
   */
  record Counted(long session, int received, long bytesAfterFirst, long nanos, boolean last) {
    static Counted read(ByteBuffer in) {
      return new Counted(in.getLong(), in.getInt(), in.getLong(), in.getLong(), in.getInt() != 0);
    }

    ByteBuffer write(ByteBuffer into) {
      return finish(
          begin(into, Kind.COUNTED)
              .putLong(session)
              .putInt(received)
              .putLong(bytesAfterFirst)
              .putLong(nanos)
              .putInt(last ? 1 : 0));
    }
  }

  /**
   * The sender of a direction has ended.
   *
   * @param sent datagrams, lost ones too
   * @param nanos from its first to its last
   */
  record End(long session, int sent, long nanos) {
    static End read(ByteBuffer in) {
      return new End(in.getLong(), in.getInt(), in.getLong());
    }

    ByteBuffer write(ByteBuffer into) {
      return finish(begin(into, Kind.END).putLong(session).putInt(sent).putLong(nanos));
    }
  }
}

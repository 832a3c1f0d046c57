package org.rollcall.agent.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.rollcall.protocol.Limits;

/**
 * One report in a segment file. Big endian: magic 4, payload length 4, CRC-32C 4, position 8, from
 * 8, to 8, payload. The CRC covers everything but the magic and itself.
 *
 * @param offset where the frame begins in the file
 * @param length payload bytes
 * @param position the report's place in the spool, from 1
 * @param fromMillis earliest time the report speaks of
 * @param toMillis latest time the report speaks of
 */
record Frame(long offset, int length, long position, long fromMillis, long toMillis) {
  static final int MAGIC = 0x52434652;
  static final int HEADER_BYTES = 36;
  static final int MAX_PAYLOAD = Limits.MAX_REPORT_BYTES;

  private static final int AFTER_CRC = 12;

  int size() {
    return HEADER_BYTES + length;
  }

  /** The same with other times. */
  Frame speakingOf(long from, long to) {
    return new Frame(offset, length, position, from, to);
  }

  static ByteBuffer encode(byte[] payload, long position, long fromMillis, long toMillis) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + payload.length);
    frame.putInt(MAGIC).putInt(payload.length).putInt(0);
    frame.putLong(position).putLong(fromMillis).putLong(toMillis).put(payload).flip();
    frame.putInt(8, crc(frame, 0, payload.length));
    return frame;
  }

  /** The payload length a header claims, or -1 when no header begins here. */
  static int claimedLength(ByteBuffer bytes, int at) {
    if (bytes.getInt(at) != MAGIC) {
      return -1;
    }
    int length = bytes.getInt(at + 4);
    return length > 0 && length <= MAX_PAYLOAD ? length : -1;
  }

  /** Whether the whole frame that begins here, of the length it claims, is as it was written. */
  static boolean isWhole(ByteBuffer bytes, int at, int length) {
    return bytes.getInt(at + 8) == crc(bytes, at, length) && bytes.getLong(at + AFTER_CRC) > 0;
  }

  static Frame decode(ByteBuffer bytes, int at, int length, long offset) {
    return new Frame(
        offset,
        length,
        bytes.getLong(at + AFTER_CRC),
        bytes.getLong(at + AFTER_CRC + 8),
        bytes.getLong(at + AFTER_CRC + 16));
  }

  private static int crc(ByteBuffer bytes, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(at + 4, 4));
    crc.update(bytes.slice(at + AFTER_CRC, HEADER_BYTES - AFTER_CRC + length));
    return (int) crc.getValue();
  }
}

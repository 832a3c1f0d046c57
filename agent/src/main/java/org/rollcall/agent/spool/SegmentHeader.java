package org.rollcall.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the beginning of a segment file, so that the chain can go on from a segment that
 * holds no report yet. Big endian: magic 8, epoch 8, first position 8, sequence base 8, hash 32
 * (zeros: none), CRC-32C 4.
 *
 * @param epoch milliseconds since 1970
 * @param firstPosition position of the first report that goes into the segment
 * @param seqBase what to take from a position to have the report's number in the epoch
 * @param previousSha256 hash of the report before the first, empty when that has number 1
 */
@SuppressWarnings("ArrayRecordComponent")
record SegmentHeader(long epoch, long firstPosition, long seqBase, byte[] previousSha256) {
  static final int BYTES = 68;

  private static final long MAGIC = 0x5243_5350_4f4f_4c31L;
  private static final int CRC_AT = 64;

  ByteBuffer encode() {
    ByteBuffer header = ByteBuffer.allocate(BYTES);
    header.putLong(MAGIC).putLong(epoch).putLong(firstPosition).putLong(seqBase);
    header.put(previousSha256).putInt(CRC_AT, crc(header)).position(BYTES).flip();
    return header;
  }

  /** Null when these are not the bytes of a header as it was written. */
  static @Nullable SegmentHeader decode(ByteBuffer bytes) {
    boolean whole =
        bytes.remaining() >= BYTES
            && bytes.getLong(0) == MAGIC
            && bytes.getInt(CRC_AT) == crc(bytes)
            && bytes.getLong(8) > 0;
    if (!whole) {
      return null;
    }
    long firstPosition = bytes.getLong(16);
    long seqBase = bytes.getLong(24);
    byte[] hash = new byte[firstPosition - seqBase == 1 ? 0 : 32];
    bytes.get(32, hash);
    return new SegmentHeader(bytes.getLong(8), firstPosition, seqBase, hash);
  }

  /**
   * Makes a segment's file with this at its beginning; when that fails, nothing stays of it.
   *
   * @return open for writing
   */
  FileChannel begin(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      writeFully(channel, encode(), 0);
      return channel;
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, CRC_AT));
    return (int) crc.getValue();
  }
}

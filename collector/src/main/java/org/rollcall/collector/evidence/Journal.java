package org.rollcall.collector.evidence;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.rollcall.protocol.v1.EvidenceRecord;

/**
 * The records of the day that is going on, in the order they came. A frame holds a batch: its
 * length (4 bytes, big endian), CRC-32C of what follows (4), and the records, each with its length
 * before it, deflated. What a killed process left of a frame is no frame. One writer; any number of
 * readers, which see whole frames.
 */
final class Journal implements AutoCloseable {
  private static final int HEAD_BYTES = 8;

  /** Far above what the intake puts into one batch. */
  private static final int MAX_FRAME = 1 << 30;

  private final FileChannel channel;
  private final boolean sync;
  private long end;

  private Journal(FileChannel channel, boolean sync, long end) {
    this.channel = channel;
    this.sync = sync;
    this.end = end;
  }

  /**
   * Opens or makes the file; what a killed process left of a frame is cut off.
   *
   * @param sync whether what was appended survives a power cut
   */
  static Journal open(Path file, boolean sync) throws IOException {
    long end = Files.exists(file) ? read(file, record -> {}) : 0;
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(end);
    channel.position(end);
    return new Journal(channel, sync, end);
  }

  /** Appends all of them, or none of them counts. */
  void append(List<EvidenceRecord> records) throws IOException {
    byte[] packed = pack(records);
    CRC32C crc = new CRC32C();
    crc.update(packed);
    ByteBuffer frame =
        ByteBuffer.allocate(HEAD_BYTES + packed.length)
            .putInt(packed.length)
            .putInt((int) crc.getValue())
            .put(packed)
            .flip();
    boolean whole = false;
    try {
      while (frame.hasRemaining()) {
        channel.write(frame);
      }
      if (sync) {
        channel.force(false);
      }
      whole = true;
    } finally {
      if (!whole) {
        channel.truncate(end);
        channel.position(end);
      }
    }
    end += frame.limit();
  }

  private static byte[] pack(List<EvidenceRecord> records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      for (EvidenceRecord record : records) {
        record.writeDelimitedTo(out);
      }
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  /**
   * Reads whole frames from the beginning.
   *
   * @return where the last of them ends
   */
  static long read(Path file, EvidenceFiles.Reader reader) throws IOException {
    long end = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      while (true) {
        int length = in.readInt();
        int expected = in.readInt();
        if (length <= 0 || length > MAX_FRAME) {
          return end;
        }
        byte[] packed = in.readNBytes(length);
        CRC32C crc = new CRC32C();
        crc.update(packed);
        if (packed.length < length || (int) crc.getValue() != expected) {
          return end;
        }
        unpack(new ByteArrayInputStream(packed), reader);
        end += HEAD_BYTES + length;
      }
    } catch (EOFException e) {
      return end;
    }
  }

  /** Reads deflated records, each with its length before it. */
  static void unpack(InputStream packed, EvidenceFiles.Reader reader) throws IOException {
    try (InputStream in = new BufferedInputStream(new InflaterInputStream(packed))) {
      EvidenceRecord record = EvidenceRecord.parseDelimitedFrom(in);
      while (record != null) {
        reader.record(record);
        record = EvidenceRecord.parseDelimitedFrom(in);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

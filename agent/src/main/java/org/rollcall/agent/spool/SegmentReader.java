package org.rollcall.agent.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the frames of a segment file from front to back. What is no frame is stepped over byte by
 * byte until one begins again, and remembered as a damaged stretch. Not thread-safe.
 */
final class SegmentReader implements Closeable {
  /** Bytes of a file that are no frame. {@code to} is outside. */
  record Stretch(long from, long to) {}

  /** Room for the largest frame, and for several of the usual size. */
  private static final int WINDOW_BYTES = Frame.HEADER_BYTES + Frame.MAX_PAYLOAD + 16 * 1024;

  private final FileChannel channel;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
  private final List<Stretch> damaged = new ArrayList<>();
  private long windowOffset;
  private long offset = SegmentHeader.BYTES;
  private long damagedFrom = -1;

  SegmentReader(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  long fileSize() throws IOException {
    return channel.size();
  }

  @Nullable SegmentHeader header() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(SegmentHeader.BYTES);
    readFully(header, 0);
    return SegmentHeader.decode(header.flip());
  }

  /**
   * The next whole frame that ends at or before {@code limit}, or null when there is none. The
   * caller may come again with a later limit once more was written.
   */
  @Nullable Frame next(long limit) throws IOException {
    while (offset + Frame.HEADER_BYTES <= limit && cover(offset, Frame.HEADER_BYTES, limit)) {
      int length = Frame.claimedLength(window, at(offset));
      if (length > 0
          && cover(offset, Frame.HEADER_BYTES + length, limit)
          && Frame.isWhole(window, at(offset), length)) {
        endDamage(offset);
        Frame frame = Frame.decode(window, at(offset), length, offset);
        offset += frame.size();
        return frame;
      }
      if (damagedFrom < 0) {
        damagedFrom = offset;
      }
      offset++;
    }
    return null;
  }

  /** The bytes of the frame that {@link #next} gave last. */
  byte[] payload(Frame frame) {
    byte[] payload = new byte[frame.length()];
    window.get(at(frame.offset()) + Frame.HEADER_BYTES, payload);
    return payload;
  }

  /** Where the next frame is looked for. */
  long offset() {
    return offset;
  }

  /** Goes back to the beginning of a frame just given. */
  void back(Frame frame) {
    offset = frame.offset();
  }

  /** Damaged stretches followed by a whole frame. */
  List<Stretch> damaged() {
    return damaged;
  }

  /**
   * Where the damage begins that runs to the end of the file, or {@code end} when there is none.
   */
  long wholeUntil(long end) {
    return damagedFrom >= 0 ? damagedFrom : Math.min(offset, end);
  }

  byte[] bytes(Stretch stretch) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(stretch.to() - stretch.from()));
    readFully(bytes, stretch.from());
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void endDamage(long end) {
    if (damagedFrom >= 0) {
      damaged.add(new Stretch(damagedFrom, end));
      damagedFrom = -1;
    }
  }

  private int at(long fileOffset) {
    return Math.toIntExact(fileOffset - windowOffset);
  }

  /**
   * Makes the window hold these bytes of the file; false when the limit or the file ends before.
   */
  private boolean cover(long from, int bytes, long limit) throws IOException {
    if (from >= windowOffset && from + bytes <= windowOffset + window.limit()) {
      return from + bytes <= limit;
    }
    if (from + bytes > limit) {
      return false;
    }
    window.clear().limit((int) Math.min(window.capacity(), limit - from));
    windowOffset = from;
    readFully(window, from);
    window.flip();
    return window.limit() >= bytes;
  }

  private void readFully(ByteBuffer into, long from) throws IOException {
    long position = from;
    while (into.hasRemaining()) {
      int read = channel.read(into, position);
      if (read < 0) {
        return;
      }
      position += read;
    }
  }
}

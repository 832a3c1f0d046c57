package org.rollcall.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.spool.Released.Range;
import org.rollcall.protocol.v1.Gap;

/**
 * What the segments cannot tell: which positions are released, how far the disk was known to be
 * safe, and the gaps no report has carried yet. Lines of text, the last one a CRC-32C of those
 * before; replaced as a whole by a rename.
 *
 * @param head the highest position that was safe on the disk when this was written
 * @param epoch the newest epoch begun by then
 */
record SpoolState(long head, long epoch, List<Range> released, List<Gap> gaps) {
  private static final String FIRST_LINE = "rollcall-spool 1";

  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(FIRST_LINE).append("\nhead ");
    text.append(head).append(' ').append(epoch).append('\n');
    for (Range range : released) {
      text.append("released ").append(range.first()).append(' ').append(range.last()).append('\n');
    }
    for (Gap gap : gaps) {
      text.append("gap ").append(gap.getFromMillis()).append(' ').append(gap.getToMillis());
      text.append(' ').append(gap.getFromSeq()).append(' ').append(gap.getToSeq());
      text.append(' ').append(gap.getReason()).append('\n');
    }
    String crc = crc(text.toString());
    text.append("crc ").append(crc).append('\n');
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text.toString());
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(false);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Null when the file is not as it was written. */
  static @Nullable SpoolState read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    int crcAt = text.lastIndexOf("crc ");
    if (!text.startsWith(FIRST_LINE + "\n")
        || crcAt < 0
        || !text.substring(crcAt).equals("crc " + crc(text.substring(0, crcAt)) + "\n")) {
      return null;
    }
    long head = 0;
    long epoch = 0;
    List<Range> released = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    for (String line : text.substring(0, crcAt).lines().skip(1).toList()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "head" -> {
          head = Long.parseLong(words[1]);
          epoch = Long.parseLong(words[2]);
        }
        case "released" ->
            released.add(new Range(Long.parseLong(words[1]), Long.parseLong(words[2])));
        case "gap" -> gaps.add(gap(words));
        default -> throw new IllegalStateException("BUG: spool state line " + words[0]);
      }
    }
    return new SpoolState(head, epoch, released, gaps);
  }

  private static Gap gap(String[] words) {
    return Gap.newBuilder()
        .setFromMillis(Long.parseLong(words[1]))
        .setToMillis(Long.parseLong(words[2]))
        .setFromSeq(Long.parseLong(words[3]))
        .setToSeq(Long.parseLong(words[4]))
        .setReason(words[5])
        .build();
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return Long.toHexString(crc.getValue());
  }
}

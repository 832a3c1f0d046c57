package org.rollcall.collector.proof;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.ReportChain;

/**
 * The zip itself. Its comment, which ends the file, holds the SHA-256 of every byte before it and
 * the collector's signature over that: nothing of the file can be changed without it showing, not
 * even what no archive program looks at.
 *
 * @param files by name, in the order of the zip
 * @param sha256 of all bytes before the comment, as computed
 * @param comment as found
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record ProofFile(Map<String, byte[]> files, byte[] sha256, String comment) {
  private static final String COMMENT = "rollcall-proof-v1 sha256=%s signature=%s\n";
  private static final Pattern FORM =
      Pattern.compile("rollcall-proof-v1 sha256=([0-9a-f]{64}) signature=([0-9a-f]{128})\n");
  private static final int COMMENT_BYTES =
      String.format(COMMENT, "0".repeat(64), "0".repeat(128)).length();
  private static final byte[] END = {'P', 'K', 5, 6};
  private static final int END_BYTES = 22;

  /** All of its files together, as they lie in the zip unpacked: two years of a school are less. */
  private static final long MOST_BYTES = 256L << 20;

  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final HexFormat HEX = HexFormat.of();

  /** Packs files, in their order, and signs the whole. */
  static byte[] pack(Map<String, byte[]> files, AgentKey key) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
      zip.setComment("-".repeat(COMMENT_BYTES));
    }
    byte[] packed = bytes.toByteArray();
    byte[] body = Arrays.copyOf(packed, packed.length - COMMENT_BYTES);
    byte[] sha256 = ReportChain.sha256(body);
    String comment = String.format(COMMENT, HEX.formatHex(sha256), HEX.formatHex(key.sign(sha256)));
    byte[] end = comment.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(end, 0, packed, body.length, end.length);
    return packed;
  }

  /**
   * Unpacks a file, without judging it.
   *
   * @throws IOException if it is no such zip
   */
  static ProofFile read(byte[] bytes) throws IOException {
    int body = bytes.length - COMMENT_BYTES;
    int end = body - END_BYTES;
    if (end < 0
        || !Arrays.equals(END, Arrays.copyOfRange(bytes, end, end + END.length))
        || (bytes[body - 2] & 0xFF) + ((bytes[body - 1] & 0xFF) << 8) != COMMENT_BYTES) {
      throw new IOException("The file is no proof of Rollcall, or it was cut or added to.");
    }
    String comment = new String(bytes, body, COMMENT_BYTES, StandardCharsets.ISO_8859_1);
    return new ProofFile(unpack(bytes), ReportChain.sha256(Arrays.copyOf(bytes, body)), comment);
  }

  private static Map<String, byte[]> unpack(byte[] bytes) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    long left = MOST_BYTES;
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        byte[] content = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 16, left + 1));
        left -= content.length;
        if (left < 0) {
          throw new IOException("The file unpacks to more than a proof can be.");
        }
        if (files.put(entry.getName(), content) != null) {
          throw new IOException("The file holds " + entry.getName() + " twice.");
        }
        entry = zip.getNextEntry();
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("The file is a damaged zip.", e);
    }
    return files;
  }

  /** Whether the digest in the comment is that of the file. */
  boolean isWhole() {
    Matcher form = FORM.matcher(comment);
    return form.matches() && form.group(1).equals(HEX.formatHex(sha256));
  }

  /** Whether the comment was signed by that key. */
  boolean isSigned(byte[] publicKey) {
    Matcher form = FORM.matcher(comment);
    return form.matches() && AgentKey.verify(publicKey, sha256, HEX.parseHex(form.group(2)));
  }
}

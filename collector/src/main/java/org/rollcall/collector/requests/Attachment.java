package org.rollcall.collector.requests;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A piece of evidence (佐证材料) beside a request; its content is kept apart.
 *
 * @param name as its owner called it, for the eye alone: no path, no control characters
 * @param bytes how long it is
 * @param sha256 of its content, in hexadecimal
 */
public record Attachment(
    long id, String name, Type type, long bytes, String sha256, String account, Instant at) {
  /** Bytes of one file. Project default. */
  public static final int MOST_BYTES = 5 * 1024 * 1024;

  /** Files of one request. Project default. */
  public static final int MOST_FILES = 3;

  private static final int MOST_LETTERS = 100;

  /** What a file is, as its content says; its name says nothing. */
  public enum Type {
    PDF("application/pdf", "pdf"),
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png");

    /** A PDF ends with this mark; readers look for it in the last 1,024 bytes. */
    private static final byte[] PDF_END = {'%', '%', 'E', 'O', 'F'};

    private static final int PDF_TAIL = 1_024;
    private static final byte[] PDF_BEGIN = {'%', 'P', 'D', 'F', '-'};
    private static final byte[] JPEG_BEGIN = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] JPEG_END = {(byte) 0xFF, (byte) 0xD9};

    /** The signature and the head of the first chunk (PNG, RFC 2083, 3.1 and 4.1.1). */
    private static final byte[] PNG_BEGIN = {
      (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };

    private static final byte[] PNG_END = {'I', 'E', 'N', 'D', (byte) 0xAE, 'B', 0x60, (byte) 0x82};

    private final String mediaType;
    private final String suffix;

    Type(String mediaType, String suffix) {
      this.mediaType = mediaType;
      this.suffix = suffix;
    }

    public String mediaType() {
      return mediaType;
    }

    /** The end of a file's name, without the dot. */
    public String suffix() {
      return suffix;
    }

    /** What these bytes are; null for anything that is not taken, cut short ones too. */
    public static @Nullable Type of(byte[] content) {
      if (beginsWith(content, PDF_BEGIN) && endsNear(content, PDF_END, PDF_TAIL)) {
        return PDF;
      }
      if (beginsWith(content, JPEG_BEGIN) && endsNear(content, JPEG_END, PDF_TAIL)) {
        return JPEG;
      }
      return beginsWith(content, PNG_BEGIN) && endsNear(content, PNG_END, PDF_TAIL) ? PNG : null;
    }

    private static boolean beginsWith(byte[] content, byte[] begin) {
      return content.length >= begin.length
          && Arrays.equals(content, 0, begin.length, begin, 0, begin.length);
    }

    /** Whether the mark lies within the last so many bytes: some programs write more behind it. */
    private static boolean endsNear(byte[] content, byte[] mark, int tail) {
      int first = Math.max(0, content.length - tail);
      for (int at = content.length - mark.length; at >= first; at--) {
        if (Arrays.equals(content, at, at + mark.length, mark, 0, mark.length)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * A name that is safe to show: the last part of a path, without control characters and marks that
   * turn the direction of writing, cut after 100 letters.
   */
  public static String shown(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder kept = new StringBuilder();
    last.codePoints()
        .filter(Attachment::isShown)
        .limit(MOST_LETTERS)
        .forEach(kept::appendCodePoint);
    String shown = kept.toString().strip();
    return shown.isEmpty() || shown.matches("\\.+") ? "-" : shown;
  }

  private static boolean isShown(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}

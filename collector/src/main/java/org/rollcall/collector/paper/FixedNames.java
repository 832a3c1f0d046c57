package org.rollcall.collector.paper;

import java.nio.charset.StandardCharsets;

/**
 * Takes chance out of a PDF: names of embedded subsets of fonts begin with six random letters (PDF
 * 1.7, 9.6.4), which become the same ones everywhere. Nothing changes its place.
 */
final class FixedNames {
  /** Stands for the file's identifier (PDF 1.7, 14.4): a document is told by its own number. */
  static final String ID = "ROLLCALLROLLCALL";

  private static final byte[] PREFIX = "ROLLCA".getBytes(StandardCharsets.US_ASCII);
  private static final byte[][] KEYS = {
    "/BaseFont/".getBytes(StandardCharsets.US_ASCII),
    "/FontName/".getBytes(StandardCharsets.US_ASCII)
  };

  private FixedNames() {}

  /** The same file with fixed names; changes the array it is given. */
  static byte[] fix(byte[] pdf) {
    for (int at = 0; at < pdf.length; at++) {
      for (byte[] key : KEYS) {
        if (isAt(pdf, at, key) && isPrefix(pdf, at + key.length)) {
          System.arraycopy(PREFIX, 0, pdf, at + key.length, PREFIX.length);
        }
      }
    }
    return pdf;
  }

  private static boolean isAt(byte[] pdf, int at, byte[] key) {
    if (pdf[at] != key[0] || at + key.length > pdf.length) {
      return false;
    }
    for (int i = 1; i < key.length; i++) {
      if (pdf[at + i] != key[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrefix(byte[] pdf, int at) {
    if (at + PREFIX.length >= pdf.length || pdf[at + PREFIX.length] != '+') {
      return false;
    }
    for (int i = 0; i < PREFIX.length; i++) {
      if (pdf[at + i] < 'A' || pdf[at + i] > 'Z') {
        return false;
      }
    }
    return true;
  }
}

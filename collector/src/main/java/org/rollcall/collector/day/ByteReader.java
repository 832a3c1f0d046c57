package org.rollcall.collector.day;

/**
 * Reads what {@link ByteWriter} wrote. Past the end it throws {@link IndexOutOfBoundsException}, a
 * number that cannot have been written is an {@link IllegalArgumentException}. One thread.
 */
final class ByteReader {
  private final byte[] bytes;
  private int at;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long number() {
    long value = bytes[at++];
    if (value >= 0) {
      return value;
    }
    value &= 0x7F;
    for (int shift = 7; shift < 64; shift += 7) {
      long next = bytes[at++];
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("A number is longer than 64 bits.");
  }

  int integer() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(value + " is out of range.");
    }
    return (int) value;
  }

  long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  double decimal() {
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = bits << 8 | (bytes[at++] & 0xFF);
    }
    return Double.longBitsToDouble(bits);
  }

  /** Skips so many bytes and answers where they began. */
  int skip(int length) {
    if (length > bytes.length - at) {
      throw new IndexOutOfBoundsException(length);
    }
    int from = at;
    at += length;
    return from;
  }

  boolean atEnd() {
    return at == bytes.length;
  }
}

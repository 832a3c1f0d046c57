package org.rollcall.collector.day;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers one after the other, small ones in few bytes (base-128, lowest first). One thread. */
final class ByteWriter {
  private byte[] bytes = new byte[512];
  private int size;

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  /** Not negative. */
  void number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException(value + " is negative.");
    }
    raw(value);
  }

  private void raw(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void signed(long value) {
    raw((value << 1) ^ (value >> 63));
  }

  void decimal(double value) {
    room(8);
    long bits = Double.doubleToLongBits(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
  }

  void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}

package org.rollcall.agent.switches;

import org.jspecify.annotations.Nullable;

/**
 * A hardware address of 48 bits (IEEE 802).
 *
 * @param bits the address as a number
 */
public record Mac(long bits) implements Comparable<Mac> {
  private static final int BYTES = 6;
  private static final long GROUP = 0x0100_0000_0000L;
  private static final long LOCAL = 0x0200_0000_0000L;

  /** Addresses that routers share, by their first five octets: VRRP (RFC 9568), then HSRP, GLBP. */
  private static final long[] SHARED = {
    0x00_00_5e_00_01L, 0x00_00_5e_00_02L, 0x00_00_0c_07_acL, 0x00_07_b4_00_01L
  };

  public Mac {
    if (bits < 0 || bits >= 1L << 48) {
      throw new IllegalArgumentException("a hardware address has 48 bits, not " + bits);
    }
  }

  /** Null unless there are six octets. */
  public static @Nullable Mac of(byte @Nullable [] octets) {
    if (octets == null || octets.length != BYTES) {
      return null;
    }
    long bits = 0;
    for (byte octet : octets) {
      bits = bits << 8 | (octet & 0xff);
    }
    return new Mac(bits);
  }

  /** Six parts of an index, from this place on; null when they are no octets. */
  static @Nullable Mac of(long[] index, int from) {
    if (index.length != from + BYTES) {
      return null;
    }
    long bits = 0;
    for (int i = from; i < index.length; i++) {
      if (index[i] > 0xff) {
        return null;
      }
      bits = bits << 8 | index[i];
    }
    return new Mac(bits);
  }

  /**
   * Reads twelve hexadecimal digits with any of {@code : - .} between them, as devices and labels
   * show them.
   *
   * @return null when it is none
   */
  public static @Nullable Mac parse(String text) {
    long bits = 0;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':' || c == '-' || c == '.') {
        continue;
      }
      int digit = Character.digit(c, 16);
      if (digit < 0 || c > 'f' || ++digits > 2 * BYTES) {
        return null;
      }
      bits = bits << 4 | digit;
    }
    return digits == 2 * BYTES ? new Mac(bits) : null;
  }

  /**
   * Whether it was given to a device by its maker: not zero, no group's, not made up by the machine
   * itself as telephones do (IEEE 802: locally administered), and none that routers share.
   */
  public boolean isADevices() {
    if (bits == 0 || (bits & (GROUP | LOCAL)) != 0) {
      return false;
    }
    for (long shared : SHARED) {
      if (bits >> 8 == shared) {
        return false;
      }
    }
    return true;
  }

  /** Whether the machine made it up: people's own devices do. */
  public boolean isMadeUp() {
    return (bits & LOCAL) != 0;
  }

  @Override
  public int compareTo(Mac other) {
    return Long.compare(bits, other.bits);
  }

  /** {@code aa:bb:cc:dd:ee:ff}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      int octet = (int) (bits >> shift) & 0xff;
      text.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 0xf, 16));
      if (shift > 0) {
        text.append(':');
      }
    }
    return text.toString();
  }
}

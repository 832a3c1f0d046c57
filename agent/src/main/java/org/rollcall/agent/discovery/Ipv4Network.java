package org.rollcall.agent.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A network of IPv4 addresses, as {@code 192.168.3.0/24} writes it (RFC 4632).
 *
 * @param first its lowest address as a number, 0 to 2^32 - 1
 * @param bits length of the prefix, 0 to 32
 */
record Ipv4Network(long first, int bits) {
  private static final int MOST_BITS = 32;
  private static final long LOOPBACK = 127;
  private static final long GROUPS_BEGIN = 224;

  Ipv4Network {
    if (bits < 0 || bits > MOST_BITS) {
      throw new IllegalArgumentException("the prefix /" + bits + " is not between /0 and /32");
    }
    if ((first & (size(bits) - 1)) != 0) {
      throw new IllegalArgumentException(
          text(first)
              + "/"
              + bits
              + " does not begin at "
              + text(first)
              + ": write "
              + text(first & -size(bits))
              + "/"
              + bits);
    }
  }

  /**
   * Reads {@code a.b.c.d/n}, or one address.
   *
   * @throws IllegalArgumentException with a sentence for the person who wrote it
   */
  static Ipv4Network parse(String text) {
    int slash = text.indexOf('/');
    Long first = number(slash < 0 ? text : text.substring(0, slash));
    Integer bits = slash < 0 ? Integer.valueOf(MOST_BITS) : prefix(text.substring(slash + 1));
    if (first == null || bits == null) {
      throw new IllegalArgumentException(
          "'" + text + "' is no IPv4 network: write one as 192.168.3.0/24");
    }
    return new Ipv4Network(first, bits);
  }

  private static @Nullable Integer prefix(String digits) {
    boolean isNumber =
        digits.length() >= 1
            && digits.length() <= 2
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.valueOf(digits) : null;
  }

  /** An address in dotted decimal as a number; null when it is none. */
  static @Nullable Long number(String dotted) {
    long number = 0;
    int parts = 0;
    for (String part : dotted.split("\\.", -1)) {
      if (part.isEmpty() || part.length() > 3 || part.chars().anyMatch(c -> c < '0' || c > '9')) {
        return null;
      }
      int octet = Integer.parseInt(part);
      if (octet > 255 || ++parts > 4) {
        return null;
      }
      number = number << 8 | octet;
    }
    return parts == 4 ? number : null;
  }

  /** The address as a number; null unless it is IPv4. */
  static @Nullable Long number(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length != 4) {
      return null;
    }
    long number = 0;
    for (byte octet : octets) {
      number = number << 8 | (octet & 0xff);
    }
    return number;
  }

  static String text(long address) {
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  static InetAddress address(long address) {
    byte[] octets = {
      (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
    };
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("BUG: four octets are an IPv4 address", e);
    }
  }

  private static long size(int bits) {
    return 1L << (MOST_BITS - bits);
  }

  private long last() {
    return first + size(bits) - 1;
  }

  boolean contains(long address) {
    return address >= first && address <= last();
  }

  boolean contains(Ipv4Network other) {
    return contains(other.first) && contains(other.last());
  }

  /** The first address a device can have: not the network's own. */
  long firstHost() {
    return bits >= MOST_BITS - 1 ? first : first + 1;
  }

  /** The last address a device can have: not the one for all. */
  long lastHost() {
    return bits >= MOST_BITS - 1 ? last() : last() - 1;
  }

  long hosts() {
    return lastHost() - firstHost() + 1;
  }

  boolean isLoopback() {
    return first >> 24 == LOOPBACK;
  }

  /** Of nobody in particular (RFC 1918), of a carrier's inside (RFC 6598), or this machine. */
  boolean isPrivate() {
    return isLoopback()
        || within(10L << 24, 8)
        || within(100L << 24 | 64L << 16, 10)
        || within(172L << 24 | 16L << 16, 12)
        || within(192L << 24 | 168L << 16, 16);
  }

  private boolean within(long start, int prefix) {
    return bits >= prefix && (first & -size(prefix)) == start;
  }

  /** Whether devices of a school can have such addresses: no zero, no groups, not all at once. */
  boolean isForHosts() {
    return bits >= 8 && first >> 24 != 0 && first >> 24 < GROUPS_BEGIN;
  }

  @Override
  public String toString() {
    return text(first) + "/" + bits;
  }
}

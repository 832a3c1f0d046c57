package org.rollcall.agent.reach;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Endpoint;

/** A set of networks, IPv4 and IPv6; at least one. */
public final class Networks {

  /** What has the same first {@code bits} bits as {@code base}. */
  private record Block(InetAddress base, int bits) {

    boolean contains(InetAddress address) {
      byte[] ours = base.getAddress();
      byte[] theirs = address.getAddress();
      if (ours.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += 8) {
        int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
        if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Block> blocks;

  private Networks(List<Block> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /**
   * Reads {@code 10.12.0.0/16, 2001:db8::/32, 192.0.2.7}: an address alone is itself.
   *
   * @throws IllegalArgumentException with a sentence that names the part that cannot be read
   */
  public static Networks parse(String text) {
    List<Block> blocks = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      blocks.add(block(part.strip()));
    }
    return new Networks(blocks);
  }

  private static Block block(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    InetAddress base = host.isEmpty() ? null : new Endpoint(host, 1).literal();
    if (base == null) {
      throw notOne(text);
    }
    int most = base.getAddress().length * 8;
    int bits = slash < 0 ? most : bits(text.substring(slash + 1), most);
    if (bits < 0) {
      throw notOne(text);
    }
    return new Block(base, bits);
  }

  /** -1 when it is no length of a prefix. */
  private static int bits(String text, int most) {
    if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int bits = Integer.parseInt(text);
    return bits <= most ? bits : -1;
  }

  private static IllegalArgumentException notOne(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is no network: write 10.12.0.0/16, 2001:db8::/32 or an address");
  }

  /** Whether the address lies in one of them; false for null. */
  public boolean contains(@Nullable InetAddress address) {
    if (address != null) {
      for (Block block : blocks) {
        if (block.contains(address)) {
          return true;
        }
      }
    }
    return false;
  }
}

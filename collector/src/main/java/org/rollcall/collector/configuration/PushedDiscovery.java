package org.rollcall.collector.configuration;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Default;
import org.rollcall.config.Range;

/**
 * {@code discovery:} of a configuration, as far as a collector knows it; the bounds are those of
 * the agent's own file. Networks lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 (RFC 1918),
 * 100.64.0.0/10 (RFC 6598) or 127.0.0.0/8, which agents refuse outside tests.
 */
record PushedDiscovery(
    @Default("true") boolean enabled,
    List<String> networks,
    @Default("24h") @Range(min = "1h", max = "30d") Duration interval,
    @Default("20") @Range(min = "5", max = "200") int rate,
    @Nullable @Range(min = "1", max = "65535") List<Integer> ports,
    List<String> credentials,
    List<Switch> switches) {
  private static final int BITS = 32;
  private static final long MOST_ADDRESSES = 4_096;
  private static final List<String> PRIVATE =
      List.of("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

  PushedDiscovery {
    networks = List.copyOf(networks);
    if (networks.isEmpty() && enabled) {
      throw new IllegalArgumentException(
          "networks is empty: write those to look in, such as 192.168.3.0/24");
    }
    long addresses = 0;
    for (String text : networks) {
      Block network = Block.parse(text.strip());
      if (PRIVATE.stream().noneMatch(block -> Block.parse(block).contains(network))) {
        throw new IllegalArgumentException(
            text + " is no private network: only the agent's own file may name others");
      }
      addresses += network.size();
    }
    if (addresses > MOST_ADDRESSES) {
      throw new IllegalArgumentException(
          "networks hold " + addresses + " addresses, and at most 4096 are looked at");
    }
  }

  record Switch(@Nullable String subject, @Nullable String address, @Nullable String credential) {}

  /**
   * Some addresses.
   *
   * @param first the lowest, as a number
   * @param bits of its prefix
   */
  private record Block(long first, int bits) {
    static Block parse(String text) {
      String[] parts = text.split("/", -1);
      String[] octets = parts[0].split("\\.", -1);
      try {
        int bits = parts.length == 1 ? BITS : Integer.parseInt(parts[1]);
        long first = 0;
        for (String octet : octets) {
          int value = Integer.parseInt(octet);
          first = value < 0 || value > 255 ? -1 : first << 8 | value;
        }
        boolean fits = octets.length == 4 && parts.length <= 2 && bits >= 0 && bits <= BITS;
        if (fits && first >= 0 && (first & ((1L << (BITS - bits)) - 1)) == 0) {
          return new Block(first, bits);
        }
      } catch (NumberFormatException noNumber) {
        // told below
      }
      throw new IllegalArgumentException(
          "'" + text + "' is no IPv4 network: write one as 192.168.3.0/24");
    }

    long size() {
      return 1L << (BITS - bits);
    }

    boolean contains(Block other) {
      return other.bits >= bits && (other.first & -size()) == first;
    }
  }
}

package org.rollcall.agent.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The networks that may be swept: nothing outside them is ever contacted or told of.
 *
 * @param all without overlaps, at most {@value #MOST_ADDRESSES} addresses altogether
 */
record Networks(List<Ipv4Network> all) {
  /** A /20: sixteen classes of 254. A project default. */
  static final int MOST_ADDRESSES = 4_096;

  Networks {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "networks is empty: write those to look in, such as 192.168.3.0/24");
    }
    long addresses = 0;
    for (int i = 0; i < all.size(); i++) {
      Ipv4Network network = all.get(i);
      if (!network.isForHosts()) {
        throw new IllegalArgumentException(network + " is no network that devices can be in");
      }
      for (Ipv4Network other : all.subList(0, i)) {
        if (network.contains(other) || other.contains(network)) {
          throw new IllegalArgumentException(
              network + " and " + other + " overlap: leave one of them out");
        }
      }
      addresses += network.hosts();
    }
    if (addresses > MOST_ADDRESSES) {
      throw new IllegalArgumentException(
          "networks hold "
              + addresses
              + " addresses, and at most "
              + MOST_ADDRESSES
              + " are looked at: write smaller ones");
    }
  }

  /**
   * @throws IllegalArgumentException with a sentence for the person who wrote them
   */
  static Networks parse(List<String> texts) {
    List<Ipv4Network> all = new ArrayList<>();
    texts.forEach(text -> all.add(Ipv4Network.parse(text.strip())));
    return new Networks(all);
  }

  boolean contains(long address) {
    for (Ipv4Network network : all) {
      if (address >= network.firstHost() && address <= network.lastHost()) {
        return true;
      }
    }
    return false;
  }

  boolean contain(Ipv4Network other) {
    return all.stream().anyMatch(network -> network.contains(other));
  }

  boolean hasLoopback() {
    return all.stream().anyMatch(Ipv4Network::isLoopback);
  }

  void forEach(LongConsumer address) {
    for (Ipv4Network network : all) {
      for (long a = network.firstHost(); a <= network.lastHost(); a++) {
        address.accept(a);
      }
    }
  }

  int addresses() {
    return (int) all.stream().mapToLong(Ipv4Network::hosts).sum();
  }

  @Override
  public String toString() {
    return all.toString();
  }
}

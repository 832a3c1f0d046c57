package org.rollcall.collector.profile;

import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.School;

/**
 * The numbers of a target; {@link Indicator} says which of them are meant.
 *
 * @param mbps at least so many 10^6 bit/s
 * @param medium the medium it must be; null when any will do
 * @param percent at least so many of a hundred
 * @param atLeast at least this, in the indicator's unit
 * @param atMost at most this, in the indicator's unit
 */
public record Target(
    @Nullable Double mbps,
    School.@Nullable Medium medium,
    @Nullable Network network,
    @Nullable Double percent,
    @Nullable Double atLeast,
    @Nullable Double atMost) {

  /** The network a line must reach. */
  public enum Network {
    PROVINCIAL_EDU,
    INTERNET
  }

  /** The names of the numbers. */
  enum Field {
    MBPS("mbps"),
    MEDIUM("medium"),
    NETWORK("network"),
    PERCENT("percent"),
    AT_LEAST("atLeast"),
    AT_MOST("atMost");

    private final String word;

    Field(String word) {
      this.word = word;
    }

    /** As it stands in a file. */
    String word() {
      return word;
    }
  }

  @Nullable Object get(Field field) {
    return switch (field) {
      case MBPS -> mbps;
      case MEDIUM -> medium;
      case NETWORK -> network;
      case PERCENT -> percent;
      case AT_LEAST -> atLeast;
      case AT_MOST -> atMost;
    };
  }
}

package org.rollcall.collector.profile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.School;

/**
 * What must be reached; {@link Indicator} says which of it is meant.
 *
 * @param mbps at least so many 10^6 bit/s
 * @param medium the medium it must be; null when any will do
 * @param percent at least so many of a hundred
 * @param atLeast at least this, in the indicator's unit
 * @param atMost at most this, in the indicator's unit
 * @param yes true: it must be so; never false
 */
public record Target(
    @Nullable Double mbps,
    School.@Nullable Medium medium,
    @Nullable Network network,
    @Nullable Double percent,
    @Nullable Double atLeast,
    @Nullable Double atMost,
    @Nullable Boolean yes) {

  /** The network a line must reach. */
  public enum Network {
    PROVINCIAL_EDU,
    INTERNET
  }

  /** The names of what a target may hold. */
  enum Field {
    MBPS("mbps"),
    MEDIUM("medium"),
    NETWORK("network"),
    PERCENT("percent"),
    AT_LEAST("atLeast"),
    AT_MOST("atMost"),
    YES("yes");

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
      case YES -> yes;
    };
  }

  /** This, and of {@code other} what this leaves open. */
  Target over(@Nullable Target other) {
    return other == null
        ? this
        : new Target(
            mbps == null ? other.mbps : mbps,
            medium == null ? other.medium : medium,
            network == null ? other.network : network,
            percent == null ? other.percent : percent,
            atLeast == null ? other.atLeast : atLeast,
            atMost == null ? other.atMost : atMost,
            yes == null ? other.yes : yes);
  }

  /** As it stands in a file, e.g. {@code mbps 10, medium fibre, network provincial-edu}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (Field field : Field.values()) {
      Object value = get(field);
      if (value != null) {
        parts.add(field.word() + " " + text(value));
      }
    }
    return String.join(", ", parts);
  }

  /** One value as it stands in a file; numbers without a trailing zero. */
  static String text(Object value) {
    if (value instanceof Double number) {
      return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
    return value instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
        : value.toString();
  }
}

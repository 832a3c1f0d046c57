package org.rollcall.collector.profile;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Parameters.Parameter;

/** The parameters there are: their range, and which way each is stricter. */
enum ParameterName {
  WINDOW_DAYS("windowDays", Parameters::windowDays, Strict.NEITHER, true, 1, 366),
  THROUGHPUT_ALLOWANCE(
      "throughputAllowance", Parameters::throughputAllowance, Strict.HIGHER, false, 0, 1),
  MIN_SAMPLES("minSamples", Parameters::minSamples, Strict.HIGHER, true, 1, 20),
  MIN_SCHOOL_DAYS("minSchoolDays", Parameters::minSchoolDays, Strict.HIGHER, true, 1, 100),
  MIN_TRANSFER_SECONDS(
      "minTransferSeconds", Parameters::minTransferSeconds, Strict.NEITHER, false, 0, 3600),
  MAX_UTILISATION("maxUtilisation", Parameters::maxUtilisation, Strict.NEITHER, false, 0, 1),
  MAX_CLOCK_SKEW_SECONDS(
      "maxClockSkewSeconds", Parameters::maxClockSkewSeconds, Strict.NEITHER, false, 0, 3600),
  MIN_REACHABLE("minReachable", Parameters::minReachable, Strict.HIGHER, false, 0, 1),
  ALIVE_SCHOOL_DAYS("aliveSchoolDays", Parameters::aliveSchoolDays, Strict.LOWER, true, 1, 100),
  MIN_ALIVE_SCHOOL_DAYS(
      "minAliveSchoolDays", Parameters::minAliveSchoolDays, Strict.NEITHER, true, 1, 100),
  SEAT_QUORUM("seatQuorum", Parameters::seatQuorum, Strict.HIGHER, false, 0, 1),
  DECLARED_MAX_AGE_DAYS(
      "declaredMaxAgeDays", Parameters::declaredMaxAgeDays, Strict.LOWER, true, 1, 3660),
  FULLY_PERCENT("fullyPercent", Parameters::fullyPercent, Strict.HIGHER, false, 1, 100),
  BASICALLY_PERCENT("basicallyPercent", Parameters::basicallyPercent, Strict.HIGHER, false, 1, 100);

  /** Which way a number asks more. */
  enum Strict {
    HIGHER,
    LOWER,
    /** It tells valid samples from others, and asks neither more nor less. */
    NEITHER
  }

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // method references
  private final Function<Parameters, Parameter> get;

  private final Strict strict;
  private final boolean whole;
  private final int min;
  private final int max;

  ParameterName(
      String word,
      Function<Parameters, Parameter> get,
      Strict strict,
      boolean whole,
      int min,
      int max) {
    this.word = word;
    this.get = get;
    this.strict = strict;
    this.whole = whole;
    this.min = min;
    this.max = max;
  }

  /** As it stands in a file. */
  String word() {
    return word;
  }

  Parameter of(Parameters parameters) {
    return get.apply(parameters);
  }

  /** Whether the one number asks less than the other, or may not be weighed against it. */
  boolean looser(double one, double than) {
    return switch (strict) {
      case HIGHER -> one < than;
      case LOWER -> one > than;
      case NEITHER -> one != than;
    };
  }

  /** What is wrong with a value; null when nothing is. */
  @Nullable String fault(double value) {
    if (whole && value != Math.rint(value)) {
      return "it is no whole number";
    }
    boolean share = min == 0 && max == 1;
    return value >= min && value <= max && !(share && value == 0) ? null : "it is out of range";
  }

  /** The values it may have. */
  String range() {
    return min == 0 && max == 1 ? "more than 0, at most 1" : "use " + min + " to " + max;
  }

  static @Nullable ParameterName named(String word) {
    for (ParameterName name : values()) {
      if (name.word.equals(word)) {
        return name;
      }
    }
    return null;
  }
}

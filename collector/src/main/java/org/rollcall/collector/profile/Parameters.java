package org.rollcall.collector.profile;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a judge needs beside the targets.
 *
 * @param windowDays days a school-link verdict looks back, its own included
 * @param throughputAllowance share of the target that a test must show
 * @param minSamples tests, rates or probes a finding needs
 * @param minSchoolDays distinct school days they must lie on
 * @param minTransferSeconds a shorter line test is not valid
 * @param maxUtilisation a line test is valid below this use of the line by others, 0 to 1
 * @param maxClockSkewSeconds a line test of an agent whose clock is off by so much is not valid
 * @param minReachable share of probes in lessons that must succeed, 0 to 1
 * @param aliveSchoolDays a terminal counts when seen on within so many school days
 * @param minAliveSchoolDays school days of data before a class may be called missing
 * @param seatQuorum share of a room's seats that must be usable for the room to be, 0 to 1
 * @param declaredMaxAgeDays a declared count older than this is no longer taken
 * @param fullyPercent share of schools that means fully achieved
 * @param basicallyPercent share of schools that means basically achieved
 */
public record Parameters(
    Parameter windowDays,
    Parameter throughputAllowance,
    Parameter minSamples,
    Parameter minSchoolDays,
    Parameter minTransferSeconds,
    Parameter maxUtilisation,
    Parameter maxClockSkewSeconds,
    Parameter minReachable,
    Parameter aliveSchoolDays,
    Parameter minAliveSchoolDays,
    Parameter seatQuorum,
    Parameter declaredMaxAgeDays,
    Parameter fullyPercent,
    Parameter basicallyPercent) {

  static Parameters of(Map<ParameterName, Parameter> named) {
    return new Parameters(
        get(named, ParameterName.WINDOW_DAYS),
        get(named, ParameterName.THROUGHPUT_ALLOWANCE),
        get(named, ParameterName.MIN_SAMPLES),
        get(named, ParameterName.MIN_SCHOOL_DAYS),
        get(named, ParameterName.MIN_TRANSFER_SECONDS),
        get(named, ParameterName.MAX_UTILISATION),
        get(named, ParameterName.MAX_CLOCK_SKEW_SECONDS),
        get(named, ParameterName.MIN_REACHABLE),
        get(named, ParameterName.ALIVE_SCHOOL_DAYS),
        get(named, ParameterName.MIN_ALIVE_SCHOOL_DAYS),
        get(named, ParameterName.SEAT_QUORUM),
        get(named, ParameterName.DECLARED_MAX_AGE_DAYS),
        get(named, ParameterName.FULLY_PERCENT),
        get(named, ParameterName.BASICALLY_PERCENT));
  }

  private static Parameter get(Map<ParameterName, Parameter> named, ParameterName name) {
    Parameter parameter = named.get(name);
    if (parameter == null) {
      throw new IllegalStateException("BUG: the parameter " + name.word() + " is missing");
    }
    return parameter;
  }

  /** Each by its name in a file, in this record's order. */
  public Map<String, Parameter> named() {
    Map<String, Parameter> named = new LinkedHashMap<>();
    for (ParameterName name : ParameterName.values()) {
      named.put(name.word(), name.of(this));
    }
    return named;
  }

  /**
   * A number the judge needs beside the target.
   *
   * @param projectDefault whether it is ours and not the policy's
   * @param note what it means; where a profile changed what it inherited, that profile's id and why
   */
  public record Parameter(double value, boolean projectDefault, @Nullable String note) {
    public int whole() {
      return (int) value;
    }

    /** The number as it is written, not its nearest binary fraction: 0.95 is 0.95. */
    public BigDecimal exact() {
      return BigDecimal.valueOf(value);
    }
  }
}

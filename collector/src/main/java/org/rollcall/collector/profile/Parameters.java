package org.rollcall.collector.profile;

import java.math.BigDecimal;
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

  /**
   * A number the judge needs beside the target.
   *
   * @param projectDefault whether it is ours and not the policy's
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

package org.rollcall.collector.registry;

import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.School.Medium;

/**
 * One of a school's lines, as it is declared.
 *
 * @param name the second half of its subject, e.g. wan for {@code link:wan}
 * @param contractMbps what its contract promises, in 10^6 bit/s; null if not declared
 * @param eduNetwork whether it is declared to enter the provincial education network
 * @param loadBalanced whether it shares the load with the school's other such lines, so that their
 *     bandwidths add up
 */
public record Line(
    String school,
    String name,
    @Nullable Medium medium,
    @Nullable String isp,
    @Nullable Double contractMbps,
    @Nullable Boolean eduNetwork,
    boolean loadBalanced) {

  /** The name of a line that nobody named. */
  public static final String DEFAULT_NAME = "wan";

  /** The subject under which agents report it. */
  public String subject() {
    return "link:" + name;
  }

  /** The only line of a school that has no rows of its own for lines. */
  static Line of(School school, String name) {
    return new Line(
        school.code(),
        name,
        school.medium(),
        school.isp(),
        school.contractMbps(),
        school.eduNetwork(),
        false);
  }
}

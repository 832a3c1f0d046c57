package org.rollcall.collector.profile;

import java.time.LocalDate;
import java.util.List;

/**
 * By when how many schools are to meet their targets.
 *
 * @param source where the schedule stands
 * @param projectDefault whether it is not this profile's policy that sets it
 * @param points rising in time and share
 */
public record Plan(String source, String sourceEn, boolean projectDefault, List<Point> points) {
  public Plan {
    points = List.copyOf(points);
  }

  /**
   * One date of the schedule.
   *
   * @param by the last day, inclusive
   * @param percent share of all schools, cumulative, 1 to 100
   */
  public record Point(LocalDate by, int percent) {}
}

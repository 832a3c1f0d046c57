package org.rollcall.collector.day;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch in which a school's devices and lines may be off on purpose: neither up nor down.
 *
 * @param id its number; null while it is not kept yet
 * @param from inclusive
 * @param to exclusive
 * @param reason for people, up to 200 characters
 */
public record MaintenanceWindow(
    @Nullable Long id, String school, Instant from, Instant to, String reason) {

  public MaintenanceWindow {
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException(
          "The maintenance of school "
              + school
              + " ends "
              + to
              + ", before it begins "
              + from
              + ".");
    }
    if (reason.isBlank() || reason.length() > 200) {
      throw new IllegalArgumentException(
          "The maintenance of school " + school + " needs a reason of 1 to 200 characters.");
    }
  }

  /**
   * The same stretch each week, at the same time of day, this one first.
   *
   * @param last no window begins after this day
   */
  public static List<MaintenanceWindow> weekly(
      MaintenanceWindow first, LocalDate last, ZoneId zone) {
    List<MaintenanceWindow> all = new ArrayList<>();
    ZonedDateTime from = first.from().atZone(zone);
    ZonedDateTime to = first.to().atZone(zone);
    for (int week = 0; !from.plusWeeks(week).toLocalDate().isAfter(last); week++) {
      all.add(
          new MaintenanceWindow(
              null,
              first.school(),
              from.plusWeeks(week).toInstant(),
              to.plusWeeks(week).toInstant(),
              first.reason()));
    }
    return all;
  }
}

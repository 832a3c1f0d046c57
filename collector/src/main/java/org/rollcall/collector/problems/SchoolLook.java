package org.rollcall.collector.problems;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.MaintenanceWindow;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.School;
import org.rollcall.protocol.v1.Observation;

/**
 * All that causes of one school are found from.
 *
 * @param newest the newest observation of each subject
 * @param heard when an agent was last heard; null if none ever was
 * @param enrolled when the oldest of its agents was enrolled; null if it has none
 * @param awake since when this server can hear anybody
 * @param windows maintenance of this week, oldest first
 * @param placed by address: the switch and port at which a device stands, as agents learnt it
 */
record SchoolLook(
    School school,
    Inventory inventory,
    Map<String, Observation> newest,
    @Nullable Instant heard,
    @Nullable Instant enrolled,
    Instant awake,
    SchoolCalendar calendar,
    List<MaintenanceWindow> windows,
    Map<String, String> placed,
    Instant now) {
  /** An agent publishes its health once a minute; so long a silence is a cause. Project default. */
  static final Duration SILENT = Duration.ofMinutes(10);

  SchoolLook {
    newest = Map.copyOf(newest);
    windows = List.copyOf(windows);
    placed = Map.copyOf(placed);
  }

  /** The same of a school that has this, standing there. */
  SchoolLook with(Inventory its, Map<String, String> where) {
    return new SchoolLook(
        school, its, newest, heard, enrolled, awake, calendar, windows, where, now);
  }

  /** Whether nothing was heard for a while; false where nobody would say anything. */
  boolean silent() {
    Instant last = heard;
    if (!awake.plus(SILENT).isBefore(now)) {
      return false;
    }
    return last == null
        ? enrolled != null && enrolled.plus(SILENT).isBefore(now)
        : last.plus(SILENT).isBefore(now);
  }

  boolean planned() {
    return windows.stream().anyMatch(w -> !w.from().isAfter(now) && w.to().isAfter(now));
  }

  int classes() {
    return inventory.classes().isEmpty() ? school.classes() : inventory.classes().size();
  }

  LostLessons lost(Instant since) {
    return LostLessons.of(calendar, since, now, windows);
  }
}

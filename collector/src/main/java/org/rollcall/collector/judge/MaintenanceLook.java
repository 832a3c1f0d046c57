package org.rollcall.collector.judge;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.DirtyDays;
import org.rollcall.collector.day.MaintenanceWindows;
import org.rollcall.collector.day.MaintenanceWindows.Touched;

/**
 * Marks the days whose planned minutes changed: those a command touched, in whatever process, and
 * each day of a window when it begins, because a school under maintenance may send nothing that
 * would mark it. Judging thread.
 */
final class MaintenanceLook {
  private final MaintenanceWindows windows;
  private final DirtyDays dirty;

  MaintenanceLook(MaintenanceWindows windows, DirtyDays dirty) {
    this.windows = windows;
    this.dirty = dirty;
  }

  /**
   * @param before the day of the last look; null for the first one
   * @return the last change that was marked, to be told to {@link #rolledUp}; 0 if there was none
   */
  long mark(@Nullable LocalDate before, LocalDate today, ZoneId zone) {
    long last = 0;
    for (Touched touched : windows.touched()) {
      mark(touched.school(), touched.from(), touched.to(), today, zone);
      last = touched.id();
    }
    if (!today.equals(before)) {
      Instant from = (before == null ? today : before).atStartOfDay(zone).toInstant();
      Instant to = today.plusDays(1).atStartOfDay(zone).toInstant();
      windows
          .between(from, to)
          .forEach(w -> mark(w.school(), later(w.from(), from), w.to(), today, zone));
    }
    return last;
  }

  private void mark(String school, Instant from, Instant to, LocalDate today, ZoneId zone) {
    LocalDate first = LocalDate.ofInstant(from, zone);
    LocalDate last = LocalDate.ofInstant(to.minusMillis(1), zone);
    dirty.mark(List.of(school), first, last.isAfter(today) ? today : last);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** What was marked up to that change is rolled up and saved, or kept to be tried again. */
  void rolledUp(long last) {
    if (last > 0) {
      windows.rolledUp(last);
    }
  }
}

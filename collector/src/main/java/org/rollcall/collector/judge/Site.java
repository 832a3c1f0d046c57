package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.School;

/**
 * One site of a school: its main one or a further campus (校区).
 *
 * @param school the site's own entry in the register
 * @param inventory its classes, devices and lines
 * @param days its school days, oldest first; a day of which nothing is kept is absent
 * @param inRepairSince subjects of its terminals whose repair is not done, and since when
 */
public record Site(
    School school,
    Inventory inventory,
    List<SchoolDay> days,
    Map<String, LocalDate> inRepairSince) {

  public Site {
    days = List.copyOf(days);
    inRepairSince = Map.copyOf(inRepairSince);
  }

  /** A site where nothing is in repair. */
  public Site(School school, Inventory inventory, List<SchoolDay> days) {
    this(school, inventory, days, Map.of());
  }

  /** Its name and code, as sentences name it: campuses of one school may have the same name. */
  String label() {
    return school.name() + " (" + school.code() + ")";
  }

  /** The days of a span, both ends inclusive. */
  List<SchoolDay> days(LocalDate from, LocalDate to) {
    List<SchoolDay> kept = new ArrayList<>(days.size());
    for (SchoolDay day : days) {
      if (!day.date().isBefore(from) && !day.date().isAfter(to)) {
        kept.add(day);
      }
    }
    return kept;
  }
}

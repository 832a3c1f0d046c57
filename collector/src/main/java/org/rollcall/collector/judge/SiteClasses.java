package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.OnMinutes;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.SchoolClass;

/** The classes of one site and what their terminals showed. */
final class SiteClasses {
  private final Site site;
  private final TreeSet<String> names = new TreeSet<>();
  private final Map<String, List<String>> terminalsOf = new TreeMap<>();

  SiteClasses(Site site) {
    this.site = site;
    for (SchoolClass one : site.inventory().classes()) {
      names.add(one.name());
    }
    for (Device device : site.inventory().devices()) {
      if (device.kind().equals("terminal") && names.contains(device.space())) {
        terminalsOf.computeIfAbsent(device.space(), c -> new ArrayList<>()).add(device.subject());
      }
    }
  }

  /** By name. */
  Collection<String> names() {
    return Collections.unmodifiableCollection(names);
  }

  /** Those with a platform of their own as the school declares it, broken or not. */
  Set<String> equipped() {
    return EquippedClasses.declared(site.inventory().classes(), site.inventory().devices());
  }

  /** Those with a platform of their own that was up on one of the days and is not long broken. */
  Set<String> effective(Collection<SchoolDay> days, Set<String> longInRepair) {
    Set<String> alive = new HashSet<>();
    for (SchoolDay day : days) {
      for (SubjectDay subject : day.subjects()) {
        if (isUp(subject) && !longInRepair.contains(subject.subject())) {
          alive.add(subject.subject());
        }
      }
    }
    return EquippedClasses.of(names, site.inventory().devices(), alive);
  }

  private static boolean isUp(SubjectDay subject) {
    return subject.isOfKind("terminal") && subject.up() > 0;
  }

  /** Terminals in repair for more than so many school days. */
  Set<String> longInRepair(SchoolCalendar calendar, LocalDate date, int schoolDays) {
    Set<String> found = new TreeSet<>();
    site.inRepairSince()
        .forEach(
            (subject, since) -> {
              if (calendar.schoolDays(since, date).size() > schoolDays) {
                found.add(subject);
              }
            });
    return found;
  }

  /** The classes all of whose terminals are among these. */
  Set<String> holding(Set<String> terminals) {
    Set<String> found = new TreeSet<>();
    terminalsOf.forEach(
        (name, its) -> {
          if (terminals.containsAll(its)) {
            found.add(name);
          }
        });
    return found;
  }

  /** On how many of the days a terminal of each class was up; 0 for a class without any. */
  Map<String, Integer> daysOn(Collection<SchoolDay> days) {
    Map<String, Integer> on = new TreeMap<>();
    for (String name : names) {
      List<String> terminals = terminalsOf.getOrDefault(name, List.of());
      int count = 0;
      for (SchoolDay day : days) {
        count += terminals.stream().map(day::find).anyMatch(s -> s != null && isUp(s)) ? 1 : 0;
      }
      on.put(name, count);
    }
    return on;
  }

  /**
   * Minutes in which a class's terminals were on, of each class that has some; the longest counts.
   */
  Map<String, Long> minutesOn(Collection<SchoolDay> days) {
    Map<String, Long> minutes = new TreeMap<>();
    terminalsOf.forEach(
        (name, terminals) -> {
          long sum = 0;
          for (SchoolDay day : days) {
            int longest = 0;
            for (String terminal : terminals) {
              SubjectDay subject = day.find(terminal);
              OnMinutes on = subject == null ? null : subject.on();
              longest = Math.max(longest, on == null ? 0 : on.day());
            }
            sum += longest;
          }
          minutes.put(name, sum);
        });
    return minutes;
  }

  /** Days on which any terminal was watched. */
  static int watched(Collection<SchoolDay> days) {
    int watched = 0;
    for (SchoolDay day : days) {
      watched += day.subjects().stream().anyMatch(s -> s.isOfKind("terminal")) ? 1 : 0;
    }
    return watched;
  }
}

package org.rollcall.collector.judge;

import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.LessonStates;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Line;

/** Whether a site was connected, minute by minute: up where any of its lines was. */
final class SiteLines {
  private SiteLines() {}

  /** Unknown where a line that was not watched might have been up, but for maintenance. */
  static LessonStates states(Site site, SchoolDay day) {
    LessonStates any = null;
    for (String subject : subjects(site, day)) {
      SubjectDay line = day.find(subject);
      LessonStates states = line == null ? null : line.states();
      LessonStates known = states == null ? unknown(day) : states;
      any = any == null ? known : any.or(known);
    }
    return any == null ? unknown(day) : any;
  }

  private static Set<String> subjects(Site site, SchoolDay day) {
    Set<String> subjects = new TreeSet<>();
    for (Line line : site.inventory().lines()) {
      subjects.add(line.subject());
    }
    if (subjects.isEmpty()) {
      for (Device device : site.inventory().devicesOf("link")) {
        subjects.add(device.subject());
      }
    }
    if (subjects.isEmpty()) {
      for (SubjectDay subject : day.subjects()) {
        if (subject.isOfKind("link")) {
          subjects.add(subject.subject());
        }
      }
    }
    return subjects;
  }

  /** Whether any line was watched on the day. */
  static boolean watched(SchoolDay day) {
    for (SubjectDay subject : day.subjects()) {
      @Nullable LessonStates states = subject.states();
      if (states != null && subject.isOfKind("link")) {
        return true;
      }
    }
    return false;
  }

  /** The day's lessons, of which nothing is known but the maintenance. */
  static LessonStates unknown(SchoolDay day) {
    return LessonStates.of(day.lessonMinutes(), new BitSet(), new BitSet(), day.states().planned());
  }
}

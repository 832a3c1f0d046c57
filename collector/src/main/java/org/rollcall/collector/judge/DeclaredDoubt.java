package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.OnMinutes;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.registry.Device;

/**
 * What measurements say against a declaration. Nobody can measure how teachers teach; but where no
 * classroom terminal was on for ten school days, no teacher taught with one, and where no computer
 * of a computer room was on in lessons, no IT lesson was given there.
 */
final class DeclaredDoubt {
  private DeclaredDoubt() {}

  /** The contradiction; null where nothing measured speaks against it. */
  static @Nullable Reason of(JudgeInput input, DeclaredIndicator indicator) {
    return switch (indicator) {
      case TEACHERS_45_MULTIMEDIA -> {
        Watched watched = watched(input, true);
        yield watched.proves(input) ? ReasonCode.NO_TERMINAL_ON.with(watched.days()) : null;
      }
      case IT_COURSE -> {
        Watched watched = watched(input, false);
        yield watched.proves(input) ? ReasonCode.NO_ROOM_ON.with(watched.days()) : null;
      }
      default -> null;
    };
  }

  /**
   * @param days of the last school days, those on which such machines were watched
   * @param on whether one of them was on
   */
  private record Watched(int days, boolean on) {
    boolean proves(JudgeInput input) {
      return !on && days >= input.profile().parameters().minAliveSchoolDays().whole();
    }
  }

  private static Watched watched(JudgeInput input, boolean terminals) {
    int most = input.profile().parameters().aliveSchoolDays().whole();
    List<LocalDate> last = input.calendar().lastSchoolDays(input.date(), most);
    int watchedDays = 0;
    boolean on = false;
    for (Site site : input.sites()) {
      Set<String> machines = machines(site, terminals);
      int days = 0;
      for (SchoolDay day : site.days()) {
        if (!last.contains(day.date())) {
          continue;
        }
        boolean seen = false;
        for (SubjectDay subject : day.subjects()) {
          if (machines.contains(subject.subject())) {
            seen = true;
            on |= terminals ? subject.up() > 0 : inLessons(subject);
          }
        }
        days += seen ? 1 : 0;
      }
      watchedDays = Math.max(watchedDays, days);
    }
    return new Watched(watchedDays, on);
  }

  private static boolean inLessons(SubjectDay subject) {
    OnMinutes minutes = subject.on();
    return subject.lessonUp() > 0 || (minutes != null && minutes.lessons() > 0);
  }

  private static Set<String> machines(Site site, boolean terminals) {
    Set<String> machines = new HashSet<>();
    if (terminals) {
      site.inventory().devicesOf("terminal").forEach(d -> machines.add(d.subject()));
    } else {
      site.inventory().rooms().stream()
          .flatMap(room -> room.pcs().stream())
          .map(Device::subject)
          .forEach(machines::add);
    }
    return machines;
  }
}

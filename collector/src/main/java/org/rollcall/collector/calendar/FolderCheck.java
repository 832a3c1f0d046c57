package org.rollcall.collector.calendar;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rollcall.collector.calendar.CalendarFile.HolidayYear;
import org.rollcall.collector.calendar.CalendarFile.SchoolYear;
import org.rollcall.collector.calendar.CalendarFolder.Era;
import org.rollcall.config.Problem;

/** Finds what calendar files cannot mean together, each with its file and place. */
final class FolderCheck {
  private final CalendarFiles read;
  private final List<Era> eras;
  private final List<Problem> problems = new ArrayList<>();

  private FolderCheck(CalendarFiles read, List<Era> eras) {
    this.read = read;
    this.eras = eras;
  }

  /**
   * @param regions whether every calendar must say for which regions it is
   */
  static List<Problem> problems(CalendarFiles read, List<Era> eras, boolean regions) {
    FolderCheck check = new FolderCheck(read, eras);
    check.files(regions);
    check.zones();
    if (check.problems.isEmpty() && regions) {
      check.rivals();
    }
    return check.problems;
  }

  /** Each file with what it rests on when it comes into force. */
  private void files(boolean regions) {
    read.files()
        .forEach(
            (name, file) -> {
              LocalDate begins = file.effective() == null ? LocalDate.MIN : file.effective();
              LayeredCalendar layers = new LayeredCalendar(read.chain(file.id(), begins));
              for (Problem p : CalendarCheck.problems(file, layers)) {
                problems.add(new Problem(read.at(name, p.path()), p.value(), p.reason(), p.hint()));
              }
              if (regions && file.regions() == null && !file.schoolYears().isEmpty()) {
                problem(
                    read.at(name, "regions"),
                    "(missing)",
                    "nobody knows for whom it is",
                    "name region codes, [all], or [] for a calendar that others rest on");
              }
              if (problems.isEmpty()) {
                unknownYears(name, file, layers);
              }
            });
  }

  /** School years that reach into a calendar year whose holidays the base does not know. */
  private void unknownYears(String name, CalendarFile file, LayeredCalendar layers) {
    Set<Integer> known = new TreeSet<>();
    for (CalendarFile layer : layers.files()) {
      layer.holidayYears().stream().map(HolidayYear::year).forEach(known::add);
    }
    for (int i = 0; i < file.schoolYears().size() && !known.isEmpty(); i++) {
      SchoolYear year = file.schoolYears().get(i);
      for (int y = year.from().getYear(); y <= year.to().getYear(); y++) {
        if (!known.contains(y)) {
          problem(
              read.at(name, "schoolYears[" + i + "]"),
              year.from() + " to " + year.to(),
              "reaches into " + y + ", whose holidays are not known: only " + known + " are",
              "add the holidays of " + y + ", or end the school year before");
        }
      }
    }
  }

  private void zones() {
    Map<String, String> zones = new TreeMap<>();
    read.files()
        .forEach(
            (name, file) -> {
              if (file.zone() != null && ZoneId.getAvailableZoneIds().contains(file.zone())) {
                zones.putIfAbsent(file.zone(), name);
              }
            });
    if (zones.size() > 1) {
      zones.forEach(
          (zone, name) ->
              problem(
                  read.at(name, "zone"), zone, "other calendars have another", "one zone for all"));
    }
  }

  /** Two calendars that both cover a day for one region. */
  private void rivals() {
    Set<String> told = new HashSet<>();
    for (int i = 0; i < eras.size(); i++) {
      Era era = eras.get(i);
      LocalDate end = i + 1 < eras.size() ? eras.get(i + 1).from().minusDays(1) : LocalDate.MAX;
      Set<String> codes = new TreeSet<>();
      era.layers().values().forEach(layer -> codes.addAll(CalendarFolder.claims(layer.file())));
      for (String code : codes) {
        List<LayeredCalendar> claiming = era.claiming(code);
        for (int j = 1; j < claiming.size(); j++) {
          for (int k = 0; k < j; k++) {
            rivals(code, claiming.get(k), claiming.get(j), new Span(era.from(), end), told);
          }
        }
      }
    }
  }

  private record Span(LocalDate from, LocalDate to) {}

  private void rivals(
      String code, LayeredCalendar one, LayeredCalendar other, Span era, Set<String> told) {
    for (SchoolYear a : one.schoolYears()) {
      for (SchoolYear b : other.schoolYears()) {
        LocalDate from = later(later(a.from(), b.from()), era.from());
        LocalDate to = earlier(earlier(a.to(), b.to()), era.to());
        if (!from.isAfter(to) && told.add(code + " " + one.file().id() + " " + other.file().id())) {
          problem(
              read.at(nameOf(other.file()), "regions"),
              code,
              "has the calendar " + one.file().name() + " as well, first on " + from,
              "one calendar for a region and a day");
        }
      }
    }
  }

  private String nameOf(CalendarFile file) {
    return read.files().entrySet().stream()
        .filter(entry -> entry.getValue().name().equals(file.name()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(file.name());
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  private void problem(String path, Object value, String reason, String hint) {
    problems.add(new Problem(path, value.toString(), reason, hint));
  }
}

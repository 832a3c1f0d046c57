package org.rollcall.collector.calendar;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.CalendarFile.SchoolYear;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;

/**
 * Calendar files that fit together. Time is cut where a file comes into force; within such an era
 * every id stands for one file and rests on the same files. Immutable.
 */
final class CalendarFolder {
  static final CalendarFolder EMPTY = new CalendarFolder(Map.of(), List.of());

  /** The name of each file, with what it says. */
  private final Map<String, CalendarFile> files;

  private final List<Era> eras;
  private final Set<String> codes = new HashSet<>();
  private final Set<String> schools = new HashSet<>();

  /**
   * A stretch of time in which nothing comes into force.
   *
   * @param from first day
   * @param layers by calendar id, the files in force
   */
  record Era(LocalDate from, Map<String, LayeredCalendar> layers) {

    /** The calendars for that region, by id. */
    List<LayeredCalendar> claiming(String code) {
      return layers.values().stream().filter(l -> claims(l.file()).contains(code)).toList();
    }
  }

  /** The plain codes of the regions a file is for. */
  static Set<String> claims(CalendarFile file) {
    List<String> regions = file.regions();
    return regions == null
        ? Set.of()
        : regions.stream().map(RegionCode::plain).collect(Collectors.toCollection(TreeSet::new));
  }

  private CalendarFolder(Map<String, CalendarFile> files, List<Era> eras) {
    this.files = files;
    this.eras = eras;
    for (CalendarFile file : files.values()) {
      codes.addAll(claims(file));
      file.overrides().forEach(override -> schools.addAll(override.schools()));
    }
  }

  static CalendarFolder read(Path folder) throws SettingsException {
    CalendarFiles read = CalendarFiles.ofFolder(folder);
    return checked(folder.toString(), read, true);
  }

  static CalendarFolder readFile(Path file) throws SettingsException {
    return checked(file.toString(), CalendarFiles.ofFile(file), false);
  }

  static CalendarFolder of(String name, CalendarFile file) throws SettingsException {
    return checked(name, CalendarFiles.of(name, file), false);
  }

  private static CalendarFolder checked(String name, CalendarFiles read, boolean regions)
      throws SettingsException {
    List<Problem> problems = new ArrayList<>(read.problems());
    List<Era> eras = problems.isEmpty() ? eras(read) : List.of();
    if (problems.isEmpty()) {
      problems.addAll(FolderCheck.problems(read, eras, regions));
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(name, problems);
    }
    return new CalendarFolder(read.files(), eras);
  }

  private static List<Era> eras(CalendarFiles read) {
    TreeSet<LocalDate> begins = new TreeSet<>();
    begins.add(LocalDate.MIN);
    for (CalendarFile file : read.files().values()) {
      if (file.effective() != null) {
        begins.add(file.effective());
      }
    }
    List<Era> eras = new ArrayList<>();
    Map<List<String>, LayeredCalendar> made = new TreeMap<>(CalendarFolder::compare);
    for (LocalDate begin : begins) {
      Map<String, LayeredCalendar> layers = new TreeMap<>();
      for (String id : read.ids()) {
        List<CalendarFile> chain = read.chain(id, begin);
        if (!chain.isEmpty()) {
          layers.put(
              id,
              made.computeIfAbsent(
                  chain.stream().map(CalendarFile::name).toList(),
                  names -> new LayeredCalendar(chain)));
        }
      }
      eras.add(new Era(begin, layers));
    }
    return eras;
  }

  private static int compare(List<String> one, List<String> other) {
    return String.join("\n", one).compareTo(String.join("\n", other));
  }

  /** Every file, by id and then by when it comes into force. */
  List<CalendarFile> files() {
    return files.values().stream()
        .sorted(
            Comparator.comparing(CalendarFile::id)
                .thenComparing(file -> Objects.requireNonNullElse(file.effective(), LocalDate.MIN)))
        .toList();
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** The one zone of all of them. */
  ZoneId zone() {
    for (Era era : eras) {
      for (LayeredCalendar layer : era.layers().values()) {
        String zone = layer.zone();
        if (zone != null) {
          return ZoneId.of(zone);
        }
      }
    }
    throw new IllegalStateException("BUG: calendars without a zone passed the checks");
  }

  /** The id of the file that was named, when one was. */
  String onlyId() {
    return files.values().iterator().next().id();
  }

  String version() {
    return files.values().stream()
        .map(CalendarFile::name)
        .sorted()
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Whether some calendar is for the region with that plain code. */
  boolean names(String code) {
    return codes.contains(code);
  }

  /** Whether some calendar says something of that school alone. */
  boolean speaksOf(String school) {
    return schools.contains(school);
  }

  boolean says(CalendarFolder other) {
    return files.equals(other.files);
  }

  /** Files that say something else than before under the same id and version. */
  List<Problem> changedUnderOneVersion(CalendarFolder before) {
    Map<String, CalendarFile> old = new TreeMap<>();
    before.files.values().forEach(file -> old.put(file.name(), file));
    List<Problem> problems = new ArrayList<>();
    files.forEach(
        (name, file) -> {
          CalendarFile was = old.get(file.name());
          if (was != null && !was.equals(file)) {
            problems.add(
                new Problem(
                    name + " version",
                    file.version(),
                    "the file has changed, its version has not",
                    "verdicts name the version: give it a new one"));
          }
        });
    return problems;
  }

  /** The calendar of that id for a school; of nobody in particular if the school is empty. */
  SchoolCalendar calendarOf(String id, String school) {
    List<List<LayeredCalendar>> candidates = new ArrayList<>();
    for (Era era : eras) {
      LayeredCalendar layer = era.layers().get(id);
      candidates.add(layer == null ? List.of() : List.of(layer));
    }
    return make(candidates, school);
  }

  /**
   * @param regions plain codes, most specific first
   */
  SchoolCalendar calendarOf(List<String> regions, String school) {
    List<List<LayeredCalendar>> candidates = new ArrayList<>();
    for (Era era : eras) {
      candidates.add(regions.stream().flatMap(code -> era.claiming(code).stream()).toList());
    }
    return make(candidates, school);
  }

  /**
   * @param candidates for each era, the calendars that may speak, most specific first
   */
  private SchoolCalendar make(List<List<LayeredCalendar>> candidates, String school) {
    List<SchoolYear> years =
        candidates.stream()
            .flatMap(Collection::stream)
            .flatMap(l -> l.schoolYears().stream())
            .toList();
    LocalDate first =
        years.stream().map(SchoolYear::from).min(LocalDate::compareTo).orElse(LocalDate.EPOCH);
    LocalDate last =
        years.stream().map(SchoolYear::to).max(LocalDate::compareTo).orElse(first.minusDays(1));
    SchoolCalendar.Builder builder = new SchoolCalendar.Builder(zone(), first);
    int era = 0;
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      while (era + 1 < eras.size() && !eras.get(era + 1).from().isAfter(day)) {
        era++;
      }
      LayeredCalendar speaks = speaking(candidates.get(era), day);
      if (speaks == null) {
        builder.silent();
      } else {
        builder.day(speaks.lessons(day, speaks.of(school)), speaks.files());
      }
    }
    return builder.build();
  }

  private static @Nullable LayeredCalendar speaking(
      List<LayeredCalendar> candidates, LocalDate day) {
    for (LayeredCalendar candidate : candidates) {
      if (candidate.covers(day)) {
        return candidate;
      }
    }
    return null;
  }
}

package org.rollcall.collector.calendar;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;

/**
 * The calendars of all schools, all in one zone. For each day a school has the calendar of the most
 * specific region it lies in (its township's, else its county's, its city's, its province's, else
 * the one for {@code all}) among those that cover the day, at the version then in force, with what
 * that file says of this school alone. Immutable; schools with the same calendar share one. Any
 * thread.
 */
public final class SchoolCalendars {
  private final @Nullable Path path;
  private final CalendarFolder folder;
  private final @Nullable String alone;
  private final ZoneId zone;
  private final Map<Key, SchoolCalendar> made = new ConcurrentHashMap<>();

  /**
   * What a school's calendar follows from.
   *
   * @param codes the regions it lies in that any calendar names, most specific first
   * @param school its code where a calendar speaks of it, else empty
   */
  private record Key(List<String> codes, String school) {}

  private SchoolCalendars(
      @Nullable Path path, CalendarFolder folder, @Nullable String alone, ZoneId zone) {
    this.path = path;
    this.folder = folder;
    this.alone = alone;
    this.zone = zone;
  }

  /**
   * Reads a folder of calendars ({@code *.yaml}), or one file, which then is for every school
   * whatever regions it names.
   *
   * @throws SettingsException naming everything that is wrong with any of them
   */
  public static SchoolCalendars read(Path path) throws SettingsException {
    if (!Files.isDirectory(path)) {
      return readFile(path);
    }
    CalendarFolder folder = CalendarFolder.read(path);
    return new SchoolCalendars(path, folder, null, folder.zone());
  }

  static SchoolCalendars readFile(Path file) throws SettingsException {
    CalendarFolder folder = CalendarFolder.readFile(file);
    return new SchoolCalendars(file, folder, folder.onlyId(), folder.zone());
  }

  /** One file that rests on no other, for every school. */
  static SchoolCalendars of(String name, CalendarFile file) throws SettingsException {
    CalendarFolder folder = CalendarFolder.of(name, file);
    return new SchoolCalendars(null, folder, file.id(), folder.zone());
  }

  /** One calendar for every school. */
  public static SchoolCalendars everywhere(SchoolCalendar calendar) {
    SchoolCalendars calendars =
        new SchoolCalendars(null, CalendarFolder.EMPTY, calendar.version(), calendar.zone());
    calendars.made.put(new Key(List.of(), ""), calendar);
    return calendars;
  }

  /**
   * Reads the same path again. The caller keeps this one, which stays in force, when it fails.
   *
   * @return this one when nothing has changed
   * @throws SettingsException naming everything that is wrong; also when a file says something else
   *     under the same version, because verdicts name versions
   */
  public SchoolCalendars reread() throws SettingsException {
    if (path == null) {
      return this;
    }
    SchoolCalendars newer = read(path);
    if (newer.folder.says(folder)) {
      return this;
    }
    List<Problem> problems = newer.folder.changedUnderOneVersion(folder);
    if (!problems.isEmpty()) {
      throw new SettingsException(path.toString(), problems);
    }
    return newer;
  }

  public ZoneId zone() {
    return zone;
  }

  /** The day on which an instant falls. */
  public LocalDate dateOf(Instant instant) {
    return LocalDate.ofInstant(instant, zone);
  }

  /** Names every file and version that any school's calendar rests on. */
  public String version() {
    return folder.isEmpty() && alone != null ? alone : folder.version();
  }

  /** The calendar of a school of that register. */
  public SchoolCalendar of(School school, Register register) {
    String own = folder.speaksOf(school.code()) ? school.code() : "";
    List<String> codes = alone != null ? List.of() : codes(school.region(), register);
    Key key = new Key(codes, own);
    SchoolCalendar known = made.get(key);
    return known != null ? known : made.computeIfAbsent(key, this::make);
  }

  /** The files that are in force, or will be, by id and first day. */
  public List<CalendarFile> files() {
    return folder.files();
  }

  /** Whether a file is for every school because it was named alone, whatever regions it names. */
  public boolean isForAll(CalendarFile file) {
    return file.id().equals(alone);
  }

  /** The calendar of every school that its file does not speak of; only where there is one file. */
  SchoolCalendar everywhere() {
    return made.computeIfAbsent(new Key(List.of(), ""), this::make);
  }

  private SchoolCalendar make(Key key) {
    return alone != null
        ? folder.calendarOf(alone, key.school())
        : folder.calendarOf(key.codes(), key.school());
  }

  /**
   * The regions a school lies in that calendars name: up the register's tree, and above its root by
   * the codes themselves, because a county's register need not hold its province.
   */
  private List<String> codes(String region, Register register) {
    List<String> codes = new ArrayList<>(6);
    String top = region;
    Region at = register.region(region);
    for (int depth = 0; at != null && depth < 10; depth++) {
      add(codes, RegionCode.plain(at.code()));
      top = at.code();
      at = at.parent() == null ? null : register.region(at.parent());
    }
    String code = RegionCode.plain(top);
    add(codes, code);
    for (String above = RegionCode.above(code); above != null; above = RegionCode.above(above)) {
      add(codes, above);
    }
    add(codes, RegionCode.ALL);
    return codes;
  }

  private void add(List<String> codes, String code) {
    if (folder.names(code) && !codes.contains(code)) {
      codes.add(code);
    }
  }
}

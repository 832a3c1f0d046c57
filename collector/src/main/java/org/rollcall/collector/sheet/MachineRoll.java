package org.rollcall.collector.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Room;
import org.rollcall.collector.registry.SchoolClass;

/**
 * The rows of one site's classes and computers: there on a day on which they were seen working at
 * all. One that is declared, watched and never seen working for many days is a doubt, no absence.
 */
public final class MachineRoll {
  private final Inventory inventory;
  private final List<CalledDay> days;
  private final int shown;
  private final int lookBack;
  private final int leastWatched;

  /**
   * @param days school days, oldest first; those before the shown ones only tell whether a machine
   *     was ever seen
   * @param shown how many of the newest become columns
   * @param lookBack school days, the one called included, on which it may have been seen working
   * @param leastWatched of those, so many with data before it is called never seen
   */
  public MachineRoll(
      Inventory inventory, List<CalledDay> days, int shown, int lookBack, int leastWatched) {
    this.inventory = inventory;
    this.days = List.copyOf(days);
    this.shown = Math.min(shown, days.size());
    this.lookBack = lookBack;
    this.leastWatched = leastWatched;
  }

  /** The row of a class. */
  public record ClassRow(String name, int grade, List<Cell> cells) {
    public ClassRow {
      cells = List.copyOf(cells);
    }
  }

  /** The rows of a computer room's seats, by name. */
  public record RoomRows(String name, List<SeatRow> seats) {
    public RoomRows {
      seats = List.copyOf(seats);
    }
  }

  /** The row of one seat. */
  public record SeatRow(String name, List<Cell> cells) {
    public SeatRow {
      cells = List.copyOf(cells);
    }
  }

  /**
   * What some machines together showed on a day.
   *
   * @param minutes of the one of which most is known
   */
  private record Look(int samples, int up, Availability minutes) {
    boolean worked() {
      return up > 0;
    }
  }

  /** The classes, as the register orders them. */
  public List<ClassRow> classes() {
    Map<String, List<String>> terminals = new TreeMap<>();
    for (Device terminal : inventory.devicesOf("terminal")) {
      terminals.computeIfAbsent(terminal.space(), c -> new ArrayList<>()).add(terminal.subject());
    }
    List<ClassRow> rows = new ArrayList<>();
    for (SchoolClass one : inventory.classes()) {
      List<String> its = terminals.getOrDefault(one.name(), List.of());
      rows.add(new ClassRow(one.name(), one.grade(), classRow(one, its)));
    }
    return rows;
  }

  private List<Cell> classRow(SchoolClass one, List<String> terminals) {
    List<@Nullable Look> looks = looks(terminals);
    List<Cell> cells = new ArrayList<>(shown);
    for (int i = days.size() - shown; i < days.size(); i++) {
      Cell not = days.get(i).notCalled();
      if (not != null) {
        cells.add(not);
      } else if (terminals.isEmpty()) {
        cells.add(withoutTerminal(one, days.get(i)));
      } else {
        cells.add(ofClass(i, looks));
      }
    }
    return cells;
  }

  private static Cell withoutTerminal(SchoolClass one, CalledDay day) {
    if (!one.platformDeclared()) {
      return Cell.of(RollMark.ABSENT, day.unseen(), SheetReason.CLASS_WITHOUT_PLATFORM.with());
    }
    return day.isSilent()
        ? Cell.of(RollMark.NO_DATA, day.unseen(), SheetReason.DAY_MISSING.with())
        : Cell.of(RollMark.DISPUTED, day.unseen(), SheetReason.CLASS_UNREGISTERED.with());
  }

  private Cell ofClass(int day, List<@Nullable Look> looks) {
    Look look = looks.get(day);
    if (look == null) {
      return Cell.of(RollMark.NO_DATA, days.get(day).unseen(), SheetReason.CLASS_UNSEEN.with());
    }
    if (look.worked()) {
      return Cell.of(
          RollMark.PRESENT,
          look.minutes(),
          SheetReason.CLASS_PRESENT.with(look.up(), look.samples()));
    }
    if (!RollRule.isKnown(look.minutes())) {
      return LineRoll.few(look.minutes());
    }
    int watched = daysNeverSeen(day, looks);
    return watched >= leastWatched
        ? Cell.of(RollMark.DISPUTED, look.minutes(), SheetReason.CLASS_NEVER_SEEN.with(watched))
        : Cell.of(RollMark.ABSENT, look.minutes(), SheetReason.CLASS_ABSENT.with(look.samples()));
  }

  /** The computer rooms, by name. */
  public List<RoomRows> rooms() {
    List<RoomRows> rooms = new ArrayList<>();
    for (Room room : inventory.rooms()) {
      List<List<@Nullable Look>> looks = new ArrayList<>();
      for (Device pc : room.pcs()) {
        looks.add(looks(List.of(pc.subject())));
      }
      boolean[] used = new boolean[days.size()];
      for (List<@Nullable Look> seat : looks) {
        for (int i = 0; i < used.length; i++) {
          Look look = seat.get(i);
          used[i] |= look != null && look.worked();
        }
      }
      List<SeatRow> seats = new ArrayList<>();
      for (int i = 0; i < looks.size(); i++) {
        seats.add(new SeatRow(room.pcs().get(i).name(), seatRow(looks.get(i), used)));
      }
      rooms.add(new RoomRows(room.name(), seats));
    }
    return rooms;
  }

  private List<Cell> seatRow(List<@Nullable Look> looks, boolean[] used) {
    // A computer is missed only on days on which its room was used.
    List<@Nullable Look> missed = new ArrayList<>(looks);
    for (int i = 0; i < used.length; i++) {
      if (!used[i]) {
        missed.set(i, null);
      }
    }
    List<Cell> cells = new ArrayList<>(shown);
    for (int i = days.size() - shown; i < days.size(); i++) {
      Cell not = days.get(i).notCalled();
      cells.add(not != null ? not : ofSeat(i, looks.get(i), used[i], missed));
    }
    return cells;
  }

  private Cell ofSeat(int day, @Nullable Look look, boolean used, List<@Nullable Look> missed) {
    if (look == null) {
      return Cell.of(RollMark.NO_DATA, days.get(day).unseen(), SheetReason.SEAT_UNSEEN.with());
    }
    Availability minutes = look.minutes();
    if (look.worked()) {
      return Cell.of(
          RollMark.PRESENT, minutes, SheetReason.SEAT_PRESENT.with(look.up(), look.samples()));
    }
    if (!RollRule.isKnown(minutes)) {
      return LineRoll.few(minutes);
    }
    if (!used) {
      return Cell.of(RollMark.NO_SCHOOL, minutes, SheetReason.ROOM_UNUSED.with());
    }
    int watched = daysNeverSeen(day, missed);
    return watched >= leastWatched
        ? Cell.of(RollMark.DISPUTED, minutes, SheetReason.SEAT_NEVER_SEEN.with(watched))
        : Cell.of(RollMark.ABSENT, minutes, SheetReason.SEAT_ABSENT.with(look.samples()));
  }

  /** Of each day; null where none of them was looked at. */
  private List<@Nullable Look> looks(List<String> subjects) {
    List<@Nullable Look> looks = new ArrayList<>(days.size());
    for (CalledDay day : days) {
      looks.add(day.kept() == null || day.lessonMinutes() == 0 ? null : look(day, subjects));
    }
    return looks;
  }

  private static @Nullable Look look(CalledDay day, List<String> subjects) {
    Look sum = null;
    for (String name : subjects) {
      SubjectDay seen = day.known().find(name);
      if (seen != null) {
        Availability its = day.ended(seen.lessons());
        sum =
            sum == null
                ? new Look(seen.samples(), seen.up(), its)
                : new Look(
                    sum.samples() + seen.samples(),
                    sum.up() + seen.up(),
                    RollRule.known(its) > RollRule.known(sum.minutes()) ? its : sum.minutes());
      }
    }
    return sum;
  }

  /** How many of the last days it was looked at without being seen working; 0 if it ever was. */
  private int daysNeverSeen(int day, List<@Nullable Look> looks) {
    int watched = 0;
    for (int i = Math.max(0, day - lookBack + 1); i <= day; i++) {
      Look look = looks.get(i);
      if (look != null && look.worked()) {
        return 0;
      }
      watched += look == null ? 0 : 1;
    }
    return watched;
  }
}

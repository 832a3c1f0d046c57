package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.LessonStates;
import org.rollcall.collector.day.MinuteCounts;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Room;

/**
 * One computer room, minute by minute: usable where enough of its seats could be used and the
 * network was up. A computer that is switched off can be used; it is faulty only where
 *
 * <ol>
 *   <li>it does not answer while at least half of its room is on, or
 *   <li>it was off on three school days in a row on which its room was used.
 * </ol>
 *
 * A seat of which nothing is known may be either. Without a timetable every lesson counts.
 */
final class RoomMinutes {
  /** School days in a row on which a computer is missed until it is faulty. */
  static final int MISSED_DAYS = 3;

  private final Site site;
  private final List<String> seats = new ArrayList<>();

  /** Where each seat stood in the newest day's list: most likely it stands there the next day. */
  private final int[] places;

  private final int[] missed;
  private final int quorum;

  /**
   * The newest day on which half of the room was on at all: each seat's states, and the minutes.
   */
  private List<@Nullable LessonStates> newest = List.of();

  private BitSet newestHalfOn = new BitSet();
  private Availability sum = Availability.NONE;
  private boolean watched;
  private boolean lineUnwatched;

  /**
   * @param quorum share of the seats that must be usable, 0 to 1
   */
  RoomMinutes(Site site, Room room, double quorum) {
    this.site = site;
    for (Device seat : room.pcs()) {
      seats.add(seat.subject());
    }
    this.places = new int[seats.size()];
    this.missed = new int[seats.size()];
    this.quorum =
        BigDecimal.valueOf(quorum)
            .multiply(BigDecimal.valueOf(seats.size()))
            .setScale(0, RoundingMode.CEILING)
            .intValue();
  }

  /** Adds a school day; the days come oldest first. */
  void add(SchoolDay day) {
    List<@Nullable SubjectDay> subjects = new ArrayList<>(seats.size());
    List<@Nullable LessonStates> states = new ArrayList<>(seats.size());
    boolean used = false;
    for (int i = 0; i < places.length; i++) {
      SubjectDay subject = find(day, i);
      subjects.add(subject);
      states.add(subject == null ? null : subject.states());
      watched |= subject != null;
      used |= subject != null && subject.up() > 0;
    }
    for (int i = 0; i < missed.length && used; i++) {
      SubjectDay subject = subjects.get(i);
      if (subject != null) {
        missed[i] = subject.up() > 0 ? 0 : missed[i] + 1;
      }
    }
    LessonStates room = minutes(day, states);
    if (SiteLines.watched(day)) {
      room = room.and(SiteLines.states(site, day));
    } else {
      lineUnwatched = true;
    }
    sum = sum.plus(room.availability());
  }

  /** Adds a school day of which nothing is kept. */
  void addUnknown(int lessonMinutes) {
    sum = sum.plus(LessonStates.unknown(lessonMinutes).availability());
  }

  private @Nullable SubjectDay find(SchoolDay day, int seat) {
    String subject = seats.get(seat);
    List<SubjectDay> all = day.subjects();
    int place = places[seat];
    if (place < 0 || place >= all.size() || !all.get(place).subject().equals(subject)) {
      place = day.placeOf(subject);
      places[seat] = place;
    }
    return place < 0 ? null : all.get(place);
  }

  private LessonStates minutes(SchoolDay day, List<@Nullable LessonStates> states) {
    int minutes = day.lessonMinutes();
    MinuteCounts present = new MinuteCounts(minutes);
    MinuteCounts absent = new MinuteCounts(minutes); // those missed for too many days
    int absentSeats = 0;
    for (int i = 0; i < missed.length; i++) {
      boolean isAbsent = missed[i] >= MISSED_DAYS;
      absentSeats += isAbsent ? 1 : 0;
      LessonStates seat = states.get(i);
      if (seat != null) {
        (isAbsent ? absent : present).add(seat);
      }
    }
    BitSet up = new BitSet(minutes);
    BitSet down = new BitSet(minutes);
    BitSet halfOn = new BitSet(minutes);
    int n = seats.size();
    for (int minute = 0; minute < minutes; minute++) {
      present.next();
      absent.next();
      int on = present.up() + absent.up();
      int off = present.down();
      int faulty = absentSeats - absent.up();
      int unknown = n - on - off - faulty;
      int least = on + (2 * (on + unknown) < n ? off : 0);
      int most = on + unknown + (2 * on < n ? off : 0);
      if (least >= quorum) {
        up.set(minute);
      } else if (most < quorum) {
        down.set(minute);
      }
      if (2 * on >= n) {
        halfOn.set(minute);
      }
    }
    if (!halfOn.isEmpty()) {
      newest = states;
      newestHalfOn = halfOn;
    }
    return LessonStates.of(minutes, up, down, day.states().planned());
  }

  /** Who did not answer in any minute in which half of the room was on, the last time it was. */
  private Set<String> silent() {
    Set<String> silent = new TreeSet<>();
    for (int i = 0; i < newest.size(); i++) {
      LessonStates seat = newest.get(i);
      if (seat != null && seat.isDownIn(newestHalfOn)) {
        silent.add(seats.get(i));
      }
    }
    return silent;
  }

  /** Whether the agent watches any of its seats. */
  boolean watched() {
    return watched;
  }

  /** Whether there was a day on which no line was watched, so that the seats alone decided. */
  boolean lineUnwatched() {
    return lineUnwatched;
  }

  Availability minutes() {
    return sum;
  }

  /** The computers that are faulty by the newest days, by name. */
  Set<String> faulty() {
    Set<String> faulty = silent();
    for (int i = 0; i < missed.length; i++) {
      if (missed[i] >= MISSED_DAYS) {
        faulty.add(seats.get(i));
      }
    }
    return faulty;
  }
}

package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.LessonStates;
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
  private final Map<String, Integer> missed = new TreeMap<>();
  private final Set<String> silent = new TreeSet<>();
  private final int quorum;
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
      missed.put(seat.subject(), 0);
    }
    this.quorum =
        BigDecimal.valueOf(quorum)
            .multiply(BigDecimal.valueOf(seats.size()))
            .setScale(0, RoundingMode.CEILING)
            .intValue();
  }

  /** Adds a school day; the days come oldest first. */
  void add(SchoolDay day) {
    List<@Nullable LessonStates> states = new ArrayList<>(seats.size());
    boolean used = false;
    for (String seat : seats) {
      SubjectDay subject = day.find(seat);
      states.add(subject == null ? null : subject.states());
      watched |= subject != null;
      used |= subject != null && subject.up() > 0;
    }
    for (String seat : seats) {
      SubjectDay subject = day.find(seat);
      if (subject != null && used) {
        missed.merge(seat, 1, (n, one) -> subject.up() > 0 ? 0 : n + one);
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

  private LessonStates minutes(SchoolDay day, List<@Nullable LessonStates> states) {
    BitSet up = new BitSet();
    BitSet down = new BitSet();
    BitSet planned = new BitSet();
    BitSet halfOn = new BitSet();
    int n = seats.size();
    for (int minute = 0; minute < day.lessonMinutes(); minute++) {
      int on = 0;
      int off = 0;
      int faulty = 0;
      for (int i = 0; i < n; i++) {
        LessonStates seat = states.get(i);
        boolean isOn = seat != null && seat.isUp(minute);
        boolean isOff = seat != null && seat.isDown(minute);
        on += isOn ? 1 : 0;
        if (!isOn && missed.getOrDefault(seats.get(i), 0) >= MISSED_DAYS) {
          faulty++;
        } else {
          off += isOff ? 1 : 0;
        }
      }
      int unknown = n - on - off - faulty;
      int least = on + (2 * (on + unknown) < n ? off : 0);
      int most = on + unknown + (2 * on < n ? off : 0);
      up.set(minute, least >= quorum);
      down.set(minute, most < quorum);
      planned.set(minute, day.states().isPlanned(minute));
      halfOn.set(minute, 2 * on >= n);
    }
    silent(states, halfOn);
    return LessonStates.of(day.lessonMinutes(), up, down, planned);
  }

  /** Remembers who did not answer in any minute in which half of the room was on, that day. */
  private void silent(List<@Nullable LessonStates> states, BitSet halfOn) {
    if (halfOn.isEmpty()) {
      return;
    }
    silent.clear();
    for (int i = 0; i < seats.size(); i++) {
      LessonStates seat = states.get(i);
      boolean failed = seat != null && halfOn.stream().allMatch(seat::isDown);
      if (failed) {
        silent.add(seats.get(i));
      }
    }
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
    Set<String> faulty = new TreeSet<>(silent);
    missed.forEach(
        (seat, days) -> {
          if (days >= MISSED_DAYS) {
            faulty.add(seat);
          }
        });
    return faulty;
  }
}

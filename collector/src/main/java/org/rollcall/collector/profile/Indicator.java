package org.rollcall.collector.profile;

import java.util.EnumSet;
import java.util.Set;
import org.rollcall.collector.profile.Rule.Level;
import org.rollcall.collector.profile.Target.Field;

/**
 * What a rule asks about. Each indicator says which numbers its target must and may hold, so that a
 * profile cannot ask for what nobody computes.
 */
public enum Indicator {
  /** The school's line: speed, medium and the network it reaches (校校通). */
  SCHOOL_LINK(EnumSet.of(Field.MBPS, Field.NETWORK), EnumSet.of(Field.MEDIUM)),
  /** Share of classes with a multimedia platform in them (班班通). */
  CLASS_PLATFORM(EnumSet.of(Field.PERCENT)),
  /** Share of teaching hours in which the school's line was up. */
  LINE_AVAILABILITY(EnumSet.of(Field.PERCENT)),
  /** Share of lesson minutes in which enough seats of the computer rooms could be used. */
  COMPUTER_ROOM(EnumSet.of(Field.PERCENT)),
  /** Pupils per computer (生机比); the fewer the better. */
  STUDENTS_PER_COMPUTER(EnumSet.of(Field.AT_MOST)),
  /** Computers per hundred pupils. */
  COMPUTERS_PER_100(EnumSet.of(Field.AT_LEAST)),
  /** Seats of the largest computer room per pupil of the largest class. */
  SEATS_PER_PUPIL(EnumSet.of(Field.AT_LEAST)),
  /** Networked multimedia classrooms per hundred pupils. */
  MULTIMEDIA_ROOMS_PER_100(EnumSet.of(Field.AT_LEAST)),
  /** School days on which a mobile computer room (流动电脑室) was seen at the site it serves. */
  MOBILE_ROOM_VISITS(EnumSet.of(Field.AT_LEAST)),
  /** Share of probes in teaching hours to which a platform ({@link Rule#of}) answered. */
  SERVICE(EnumSet.of(Field.PERCENT)),
  /** Whether the school enters the provincial network by way of the district's. */
  PRIVATE_PATH(EnumSet.of(Field.YES)),
  /** What the school or the county declares of the indicator named by {@link Rule#of}. */
  DECLARED(EnumSet.noneOf(Field.class), EnumSet.of(Field.AT_LEAST, Field.PERCENT, Field.YES)),
  /** How unevenly schools have what {@link Rule#of} names (校际差异系数); of a county only. */
  COEFFICIENT(EnumSet.of(Field.AT_MOST));

  @SuppressWarnings("ImmutableEnumChecker") // written once, here
  private final Set<Field> needed;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Field> allowed;

  Indicator(Set<Field> needed) {
    this(needed, EnumSet.noneOf(Field.class));
  }

  Indicator(Set<Field> needed, Set<Field> optional) {
    this.needed = needed;
    EnumSet<Field> both = EnumSet.noneOf(Field.class);
    both.addAll(needed);
    both.addAll(optional);
    this.allowed = both;
  }

  boolean needs(Field field) {
    return needed.contains(field);
  }

  boolean knows(Field field) {
    return allowed.contains(field);
  }

  /** Whether a rule of that level may ask about it. */
  boolean judges(Level level) {
    return switch (this) {
      case DECLARED -> true;
      case COEFFICIENT -> level == Level.COUNTY;
      default -> level == Level.SCHOOL;
    };
  }

  /** Whether a rule must say what it asks about more closely. */
  boolean needsOf() {
    return this == SERVICE || this == DECLARED || this == COEFFICIENT;
  }
}

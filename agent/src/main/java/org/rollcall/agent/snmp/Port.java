package org.rollcall.agent.snmp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Observation;
import org.snmp4j.smi.OID;

/**
 * One interface of a device, known by its name, and what the looks before showed of it.
 *
 * <p>It is read in two ways. <em>Wholly</em>: its name, both pairs of counters, speed in both
 * columns, type and states; at first, after a restart, and every {@link #WHOLLY_EVERY}. Where that
 * showed a device that keeps to the MIB, the looks between are <em>lean</em>: the 64-bit counters,
 * their discontinuity, speed and state. RFC 2863 lets an index mean something else only after the
 * device started again, which the uptime of the same answer shows.
 *
 * <p>Measures: {@code up}, {@code speedBitsPerSecond}, {@code counterBits}; with a rate also {@code
 * inBitsPerSecond}, {@code outBitsPerSecond}, {@code intervalSeconds}. Without one, the reason says
 * why. Used by one look at a time.
 */
final class Port {

  /** The device answers, but has no octet counters for the interface. */
  static final String NO_COUNTERS = "no-counters";

  /** The device does not tell its uptime, without which counters have no time. */
  static final String NO_UPTIME = "no-uptime";

  /** The device does not know whether the link is up. */
  static final String STATE_UNKNOWN = "state-unknown";

  /** Time between two looks that read the name too; a project default. */
  static final Duration WHOLLY_EVERY = Duration.ofMinutes(10);

  /** After this long the names are walked again, though nothing has changed; a project default. */
  static final Duration WALK_EVERY = Duration.ofHours(24);

  /** A name that was not found is looked for again after this long, and not at every look. */
  static final Duration SEARCH_AGAIN = Duration.ofMinutes(5);

  /** What is read of a port lean, and wholly; below, the places both ways share. */
  private static final List<OID> LEAN =
      List.of(
          Oids.IF_COUNTER_DISCONTINUITY_TIME,
          Oids.IF_HC_IN_OCTETS,
          Oids.IF_HC_OUT_OCTETS,
          Oids.IF_HIGH_SPEED,
          Oids.IF_OPER_STATUS);

  private static final List<OID> WHOLE =
      List.of(
          Oids.IF_COUNTER_DISCONTINUITY_TIME,
          Oids.IF_HC_IN_OCTETS,
          Oids.IF_HC_OUT_OCTETS,
          Oids.IF_HIGH_SPEED,
          Oids.IF_OPER_STATUS,
          Oids.IF_ADMIN_STATUS,
          Oids.IF_IN_OCTETS,
          Oids.IF_OUT_OCTETS,
          Oids.IF_SPEED,
          Oids.IF_TYPE);

  private static final int DISCONTINUITY = 0;

  private static final int HC_IN = 1;
  private static final int HC_OUT = 2;
  private static final int HIGH_SPEED = 3;
  private static final int OPER = 4;
  private static final int ADMIN = 5;
  private static final int IN = 6;
  private static final int OUT = 7;
  private static final int SPEED = 8;
  private static final int TYPE = 9;
  private static final int NAME = 10;

  private final String subject;
  private final String name;
  private final CounterRate rate = new CounterRate();
  private InterfaceFinder.@Nullable Place place;
  private Instant foundAt = Instant.MIN;
  private Instant wholeAt = Instant.MIN;
  private boolean plain;
  private @Nullable String missing;
  private Instant missingUntil = Instant.MIN;

  Port(String subject, String name) {
    this.subject = subject;
    this.name = name.strip();
  }

  String subject() {
    return subject;
  }

  String name() {
    return name;
  }

  /** Where it is in the device now; null while that is not known. */
  InterfaceFinder.@Nullable Place place() {
    return place;
  }

  /** Whether its name has to be looked for before it can be read. */
  boolean toFind(Instant now) {
    boolean old = place == null || now.isAfter(foundAt.plus(WALK_EVERY));
    return old && !stillMissing(now);
  }

  /** Whether it was looked for a while ago, and not found. */
  boolean stillMissing(Instant now) {
    return missing != null && now.isBefore(missingUntil);
  }

  /** Why it has no place. */
  String missing() {
    return missing == null ? Answer.BAD_ANSWER : missing;
  }

  /** What a walk of the names brought. A place known stays when the walk broke off without it. */
  void found(InterfaceFinder.Found found, Instant now) {
    InterfaceFinder.Place here = found.place();
    String reason = found.reason() == null ? Answer.BAD_ANSWER : found.reason();
    if (here == null && place != null && !settled(reason)) {
      return;
    }
    missing = here == null ? reason : null;
    missingUntil = here == null && settled(reason) ? now.plus(SEARCH_AGAIN) : now;
    if (here == null || !here.equals(place)) {
      wholeAt = Instant.MIN;
    }
    place = here;
    foundAt = now;
  }

  /**
   * Whether the device has spoken: what it lacks it will lack for a while, but silence may end at
   * once.
   */
  private static boolean settled(String reason) {
    return switch (reason) {
      case InterfaceFinder.NO_SUCH_INTERFACE,
          InterfaceFinder.AMBIGUOUS_INTERFACE,
          InterfaceTable.NO_INTERFACES ->
          true;
      default -> false;
    };
  }

  /** The name is another's now. */
  void lost() {
    place = null;
  }

  /** The next look reads it wholly. */
  void doubt() {
    wholeAt = Instant.MIN;
  }

  boolean lean(Instant now) {
    return plain && now.isBefore(wholeAt.plus(WHOLLY_EVERY));
  }

  /** Adds what is read of it. */
  void ask(boolean lean, List<OID> into) {
    InterfaceFinder.Place here = here();
    List<OID> columns = lean ? LEAN : WHOLE;
    columns.forEach(column -> into.add(Oids.at(column, here.ifIndex())));
    if (!lean) {
      into.add(Oids.at(here.nameColumn(), here.ifIndex()));
    }
  }

  private InterfaceFinder.Place here() {
    InterfaceFinder.Place here = place;
    if (here == null) {
      throw new IllegalStateException("BUG: " + subject + " is read without a place");
    }
    return here;
  }

  /** The part of an answer that is about one port. */
  record Part(Question question, Answer answer, int from, boolean lean, @Nullable Long uptime) {
    @Nullable Long number(int place) {
      return answer.number(question, from + place);
    }
  }

  /** Whether a part read wholly still shows the port's name. */
  boolean isIn(Part part) {
    return name.equals(Answer.text(part.answer.value(part.question, part.from + NAME)));
  }

  /** Whether a lean part has what it was asked for; if not, the port has to be read wholly. */
  boolean isWhole(Part part) {
    Long oper = part.number(OPER);
    return oper != null
        && InterfaceTable.State.of(oper) != InterfaceTable.State.UNKNOWN
        && part.number(HC_IN) != null
        && part.number(HC_OUT) != null;
  }

  /** What the part says. */
  Observation seen(Part part, Instant now) {
    Observation.Builder into = observation(part.answer.at());
    Long high = part.number(HIGH_SPEED);
    Long low = part.lean ? null : part.number(SPEED);
    Long type = part.lean ? null : part.number(TYPE);
    long speed = LinkSpeed.of(high, low, type);
    if (speed > 0) {
      into.putMeasures("speedBitsPerSecond", (double) speed);
    }
    Long admin = part.lean ? null : part.number(ADMIN);
    InterfaceTable.State state = InterfaceTable.State.of(part.number(OPER));
    Boolean up = state.passes(admin != null && admin == InterfaceTable.ADMIN_DOWN);
    if (up != null) {
      into.putMeasures("up", up ? 1 : 0);
    }
    Octets octets = octets(part);
    if (!part.lean) {
      InterfaceFinder.Place where = place;
      into.addThrough(where == null ? name : name + " ifIndex " + where.ifIndex());
      wholeAt = now;
      plain =
          octets != null
              && octets.bits() == 64
              && octets.in() + octets.out() != 0
              && part.uptime != null
              && state != InterfaceTable.State.UNKNOWN
              && speed == LinkSpeed.of(high, null, null);
    }
    String reason = rate(part, octets, speed, into);
    if (reason == null && up == null) {
      reason = STATE_UNKNOWN;
    }
    return into.setReason(reason == null ? "" : reason).build();
  }

  private static @Nullable Octets octets(Part part) {
    Answer answer = part.answer;
    Question question = part.question;
    int from = part.from;
    return Octets.of(
        answer.value(question, from + HC_IN),
        answer.value(question, from + HC_OUT),
        part.lean ? null : answer.value(question, from + IN),
        part.lean ? null : answer.value(question, from + OUT));
  }

  /** Puts the rate's measures; the reason when there is none. */
  private @Nullable String rate(
      Part part, @Nullable Octets octets, long speed, Observation.Builder into) {
    if (octets == null) {
      return NO_COUNTERS;
    }
    into.putMeasures("counterBits", octets.bits());
    if (part.uptime == null) {
      return NO_UPTIME;
    }
    Long discontinuity = part.answer.ticks(part.question, part.from + DISCONTINUITY);
    CounterRate.Outcome outcome =
        rate.next(
            new CounterRate.Sample(
                part.answer.at(),
                here().ifIndex(),
                part.uptime,
                discontinuity == null ? 0 : discontinuity,
                octets.bits(),
                octets.in(),
                octets.out(),
                speed));
    if (outcome instanceof CounterRate.Gap gap) {
      return gap.reason();
    }
    CounterRate.Rate found = (CounterRate.Rate) outcome;
    into.putMeasures("inBitsPerSecond", found.inBitsPerSecond());
    into.putMeasures("outBitsPerSecond", found.outBitsPerSecond());
    into.putMeasures("intervalSeconds", found.intervalSeconds());
    return null;
  }

  /** An observation without measures. */
  Observation nothing(Instant at, String reason) {
    return observation(at).setReason(reason).build();
  }

  private Observation.Builder observation(Instant at) {
    return Observation.newBuilder().setSubject(subject).setTimeMillis(at.toEpochMilli());
  }
}

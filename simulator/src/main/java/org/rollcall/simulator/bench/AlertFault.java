package org.rollcall.simulator.bench;

import java.util.List;

/**
 * Something that breaks on the simulated day.
 *
 * @param schools which it hits, by their numbers
 * @param from minute of the day at which it begins
 * @param to minute at which it is over
 */
record AlertFault(Kind kind, List<Integer> schools, int from, int to) {

  /** What breaks. */
  enum Kind {
    /** A school's line: the agent sees its port down, and is not heard. */
    LINE_CUT("school-silent"),
    /** One of two lines is down; the school is heard by the other. */
    LINE_DOWN("line-down"),
    /** A school's power. */
    POWER("school-silent"),
    /** All schools of an ISP in some townships. */
    ISP("isp-silent"),
    /** A whole township's power, whatever its ISPs. */
    AREA("area-silent"),
    /** The line is up, and the internet does not answer. */
    NETWORK("network-down"),
    /** A projector's lamp. */
    DEVICE("device-fault"),
    /** A switch, with the terminals behind it. */
    SWITCH("switch-down"),
    /** A second line that is down for three minutes and up for three. */
    FLAPPING("line-down"),
    /** This server's own line: nobody is heard. */
    SERVER("server-deaf"),
    /** Less than anything is told of: no cause for anybody. */
    BLIP(""),
    /** An agent's PC that is switched off in the evening: no cause for anybody. */
    EVENING("");

    private final String rule;

    Kind(String rule) {
      this.rule = rule;
    }

    /** The rule that must tell of it; empty: none may. */
    String rule() {
      return rule;
    }

    /** Whether nothing of the school is heard meanwhile. */
    boolean silences() {
      return switch (this) {
        case LINE_CUT, POWER, ISP, AREA, SERVER, EVENING -> true;
        default -> false;
      };
    }
  }

  AlertFault {
    schools = List.copyOf(schools);
    if (schools.isEmpty() || to <= from) {
      throw new IllegalArgumentException(kind + " from " + from + " to " + to);
    }
  }

  boolean isOn(int minute) {
    return minute >= from && minute < to;
  }

  boolean isCause() {
    return !kind.rule().isEmpty();
  }
}

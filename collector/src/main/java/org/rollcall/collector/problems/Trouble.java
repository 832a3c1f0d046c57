package org.rollcall.collector.problems;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Observation;

/** What one observation shows to be wrong. A machine that is off or in standby is not wrong. */
enum Trouble {
  /** It is looked at and does not answer, or says that it is down. */
  DOWN,
  /** It says that something in it is broken. */
  FAULT,
  /** It is there, and does not let itself be asked. */
  UNREADABLE;

  /** What nobody has looked at for so long is no news of now. Project default. */
  static final Duration OLD = Duration.ofHours(24);

  private static final int STATE_FAULT = 4;
  private static final Set<String> DOWN_KINDS = Set.of("link", "reach", "service", "switch");
  private static final Set<String> MACHINES = Set.of("terminal", "projector", "pc");

  /** Reasons that only somebody with the right password or setting can end. */
  private static final Set<String> LOCKED =
      Set.of(
          "no-access",
          "unknown-user",
          "wrong-digest",
          "wrong-privacy",
          "unsupported-security-level",
          "wrong-password",
          "password-missing",
          "no-such-interface",
          "ambiguous-interface");

  /** Of the newest observation of a subject; null when nothing is wrong with it. */
  static @Nullable Trouble now(Observation seen, Instant now) {
    return seen.getTimeMillis() < now.minus(OLD).toEpochMilli() ? null : of(seen);
  }

  /** Null when nothing is wrong. */
  static @Nullable Trouble of(Observation seen) {
    String kind = Subject.kind(seen.getSubject());
    boolean machine = MACHINES.contains(kind);
    if (machine && seen.getMeasuresOrDefault("state", 0) == STATE_FAULT) {
      return FAULT;
    }
    if (DOWN_KINDS.contains(kind) && seen.getMeasuresOrDefault("up", 1) < 0.5) {
      return DOWN;
    }
    boolean device = machine || kind.equals("link") || kind.equals("switch");
    return device && LOCKED.contains(seen.getReason()) ? UNREADABLE : null;
  }
}

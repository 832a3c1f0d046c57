package org.rollcall.collector.proof;

import java.util.Locale;
import org.rollcall.collector.judge.Reason;

/**
 * One look for a way of cheating, and what it showed.
 *
 * @param reason its sentence and numbers
 */
public record Check(Kind kind, Result result, Reason reason) {
  /** What is looked for, in the order a proof lists them. */
  public enum Kind {
    /** Reports that no seal of the agent covers. */
    UNSEALED,
    /** Reports that are not there, or do not follow the one before. */
    BROKEN_CHAIN,
    /** One key used in two places. */
    CLONED_KEY,
    /** Agents that came or went within the time. */
    KEY_CHANGED,
    /** Reports from more than one address. */
    AGENT_MOVED,
    /** An agent whose clock was wrong, or went back. */
    WRONG_CLOCK,
    /** A rate or a test faster than the port it went through. */
    FASTER_THAN_PORT,
    /** A test that the line's own counters did not see. */
    TEST_NOT_ON_LINE,
    /** A test whose other end was within the school's own network. */
    TEST_SERVER_INSIDE,
    /** The same figures told again and again. */
    REPEATED_FIGURES
  }

  /** What it showed. */
  public enum Result {
    /** Looked for and not found. */
    CLEAR,
    /** Found; people decide what it means. */
    FOUND,
    /** Nothing here tells. */
    UNKNOWN
  }

  static Check of(Kind kind, Result result, java.util.Map<String, String> params) {
    String code =
        kind.name().toLowerCase(Locale.ROOT).replace('_', '-')
            + '-'
            + result.name().toLowerCase(Locale.ROOT);
    return new Check(kind, result, new Reason(code, params));
  }
}

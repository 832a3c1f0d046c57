package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one rule says of one school on one day, and why. A pure function of its inputs at their
 * versions.
 *
 * @param rule the rule's id in its profile, e.g. XXT-A
 * @param disputed declared and measured disagree
 * @param value what was found, in {@code unit}; null when nothing could be found
 * @param threshold what the policy asks, in {@code unit}
 * @param unit Mbps, %, per100, perComputer, seats, days, or what a declaration counts; empty when
 *     the rule has no number
 * @param from first day of the window, inclusive
 * @param to last day of the window, inclusive
 * @param samples how many observations, tests or classes {@code value} rests on
 * @param because why, most important first; never empty
 * @param parts the parts of a target that has several, each shown on its own; else empty
 * @param missing what is there and does not count, all of it by name: classes without a platform
 * @param passShare share of the line's valid tests that passed, 0 to 1; null without tests
 * @param passShareLow95 exact 95 % lower bound of that share
 */
public record Verdict(
    String school,
    String profile,
    String rule,
    Outcome outcome,
    Evidence evidence,
    boolean disputed,
    @Nullable Double value,
    @Nullable Double threshold,
    String unit,
    LocalDate from,
    LocalDate to,
    int samples,
    List<Reason> because,
    String profileVersion,
    String calendarVersion,
    List<Part> parts,
    List<String> missing,
    @Nullable Double passShare,
    @Nullable Double passShareLow95) {

  public Verdict {
    because = List.copyOf(because);
    parts = List.copyOf(parts);
    missing = List.copyOf(missing);
    if (because.isEmpty()) {
      throw new IllegalStateException("BUG: a verdict without a reason: " + school + " " + rule);
    }
  }

  /** A verdict on a target of one part. */
  public Verdict(
      String school,
      String profile,
      String rule,
      Outcome outcome,
      Evidence evidence,
      boolean disputed,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit,
      LocalDate from,
      LocalDate to,
      int samples,
      List<Reason> because,
      String profileVersion,
      String calendarVersion) {
    this(
        school,
        profile,
        rule,
        outcome,
        evidence,
        disputed,
        value,
        threshold,
        unit,
        from,
        to,
        samples,
        because,
        profileVersion,
        calendarVersion,
        List.of(),
        List.of(),
        null,
        null);
  }

  /** Shown as 达标, 未达标, 数据不足, 不适用, 未配置标准. */
  public enum Outcome {
    MET,
    NOT_MET,
    INSUFFICIENT_DATA,
    NOT_APPLICABLE,
    NO_RULE
  }

  /** What a verdict rests on: 监测实测, 学校自报, 区县核定. */
  public enum Evidence {
    MEASURED,
    DECLARED,
    CERTIFIED
  }

  /** What came of a part; from worst to best, so that the best of several lines is the greatest. */
  public enum State {
    FAILS,
    UNKNOWN,
    HOLDS
  }

  /**
   * One condition of several that must hold together, on one line of one campus.
   *
   * @param part what it asks
   * @param line the line it was asked of; names joined by {@code +} where lines share the load
   * @param campus code of the campus; null where the school has one site only
   * @param value what was found, in {@code unit}; null when nothing could be
   * @param unit empty when it has no number
   * @param because why; texts as of a verdict
   */
  public record Part(
      Asked part,
      String line,
      @Nullable String campus,
      State state,
      @Nullable Double value,
      String unit,
      List<Reason> because) {

    public Part {
      because = List.copyOf(because);
    }

    /** The conditions of a school link. */
    public enum Asked {
      MEDIUM,
      BANDWIDTH,
      NETWORK
    }
  }
}

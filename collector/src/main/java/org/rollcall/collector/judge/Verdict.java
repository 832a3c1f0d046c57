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
 * @param unit Mbps or %; empty when the rule has no number
 * @param from first day of the window, inclusive
 * @param to last day of the window, inclusive
 * @param samples how many observations, tests or classes {@code value} rests on
 * @param because why, most important first; never empty
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
    String calendarVersion) {

  public Verdict {
    because = List.copyOf(because);
    if (because.isEmpty()) {
      throw new IllegalStateException("BUG: a verdict without a reason: " + school + " " + rule);
    }
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
}

package org.rollcall.web.api;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Outcome;

/**
 * How a school stands: its verdicts under the rules that speak of its tier, or under those of them
 * that a filter names.
 *
 * @param verdicts in the profile's order
 */
record Standing(List<Verdict> verdicts) {
  private static final List<Outcome> WORST_FIRST =
      List.of(
          Outcome.NOT_MET,
          Outcome.INSUFFICIENT_DATA,
          Outcome.MET,
          Outcome.NOT_APPLICABLE,
          Outcome.NO_RULE);

  Standing {
    verdicts = List.copyOf(verdicts);
  }

  /** Only what a rule's id, or a target's, names; everything when it is null. */
  Standing of(@Nullable String ruleOrTarget) {
    if (ruleOrTarget == null) {
      return this;
    }
    return new Standing(
        verdicts.stream()
            .filter(v -> v.rule().equals(ruleOrTarget) || target(v.rule()).equals(ruleOrTarget))
            .toList());
  }

  /** Both, this one's verdicts first. */
  Standing with(Standing other) {
    return new Standing(
        Stream.concat(verdicts.stream(), other.verdicts.stream()).distinct().toList());
  }

  /** The target a rule belongs to: XXT of XXT-A. */
  static String target(String rule) {
    int dash = rule.lastIndexOf('-');
    return dash < 0 ? rule : rule.substring(0, dash);
  }

  /** The worst outcome; not applicable when no rule speaks of the school. */
  Outcome worst() {
    return verdicts.stream()
        .map(Verdict::outcome)
        .min(Comparator.comparingInt(WORST_FIRST::indexOf))
        .orElse(Outcome.NOT_APPLICABLE);
  }

  boolean disputed() {
    return verdicts.stream().anyMatch(Verdict::disputed);
  }

  Map<String, Outcome> outcomes() {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    verdicts.forEach(v -> outcomes.put(v.rule(), v.outcome()));
    return outcomes;
  }

  static int rank(Outcome outcome) {
    return WORST_FIRST.indexOf(outcome);
  }
}

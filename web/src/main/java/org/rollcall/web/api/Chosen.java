package org.rollcall.web.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.School;

/**
 * The rules that a filter names: those of one target, one rule, or every headline target. A school
 * is counted by the worst of them that speak of it; one that none speaks of is not applicable, and
 * one that nobody has judged yet lacks data, as in the summaries.
 */
final class Chosen {
  private final String profile;
  private final List<Rule> rules;
  private final Set<String> ids = new HashSet<>();

  private Chosen(String profile, List<Rule> rules) {
    this.profile = profile;
    this.rules = List.copyOf(rules);
    rules.forEach(rule -> ids.add(rule.id()));
  }

  /**
   * @param ruleOrTarget null for every headline target
   */
  static Chosen of(Profile profile, @Nullable String ruleOrTarget) {
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : profile.headline()) {
      if (ruleOrTarget == null
          || rule.id().equals(ruleOrTarget)
          || Standing.target(rule.id()).equals(ruleOrTarget)) {
        rules.add(rule);
      }
    }
    Rule named = ruleOrTarget == null ? null : profile.rule(ruleOrTarget);
    if (named != null && !rules.contains(named)) {
      rules.add(named);
    }
    return new Chosen(profile.id(), rules);
  }

  /** Their ids; empty for a filter that names nothing. */
  Set<String> ids() {
    return Set.copyOf(ids);
  }

  /** How many of the rules speak of the school. */
  int speakOf(School school) {
    int spoken = 0;
    for (Rule rule : rules) {
      spoken += rule.speaksOf(school) ? 1 : 0;
    }
    return spoken;
  }

  /**
   * How the school is counted.
   *
   * @param verdicts its verdicts under all profiles, in any order
   */
  Outcome outcome(School school, List<Verdict> verdicts) {
    int spoken = speakOf(school);
    Worst worst = new Worst(spoken);
    for (Verdict verdict : verdicts) {
      if (ids.contains(verdict.rule()) && verdict.profile().equals(profile) && spoken > 0) {
        worst.add(verdict.rule(), verdict.outcome(), this, school);
      }
    }
    return worst.outcome();
  }

  private boolean speaksOf(String id, School school) {
    for (Rule rule : rules) {
      if (rule.id().equals(id)) {
        return rule.speaksOf(school);
      }
    }
    return false;
  }

  /** The worst of what some rules say of one school, as they come. Not thread-safe. */
  static final class Worst {
    private final int spoken;
    private int said;
    private int rank = Integer.MAX_VALUE;
    private Outcome worst = Outcome.NOT_APPLICABLE;

    /**
     * @param spoken rules that speak of the school
     */
    Worst(int spoken) {
      this.spoken = spoken;
    }

    /** Takes what a rule says, if it speaks of the school. */
    void add(String rule, Outcome outcome, Chosen chosen, School school) {
      if (chosen.speaksOf(rule, school)) {
        said++;
        int its = Standing.rank(outcome);
        if (its < rank) {
          rank = its;
          worst = outcome;
        }
      }
    }

    /** A rule that speaks of it and has said nothing yet is one without sufficient data. */
    Outcome outcome() {
      boolean unjudged = said < spoken;
      return unjudged && Standing.rank(Outcome.INSUFFICIENT_DATA) < rank
          ? Outcome.INSUFFICIENT_DATA
          : worst;
    }
  }
}

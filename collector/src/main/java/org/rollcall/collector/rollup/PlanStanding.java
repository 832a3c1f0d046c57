package org.rollcall.collector.rollup;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.School;

/**
 * How many schools have met every headline target that speaks of them: what a plan's steps count.
 *
 * @param rules of each school that any target speaks of, the ids of those targets
 * @param met of the schools that have met all of theirs now
 */
public record PlanStanding(Map<String, Set<String>> rules, int met) {
  public PlanStanding {
    rules = Map.copyOf(rules);
  }

  /** Schools that any target speaks of. */
  public int asked() {
    return rules.size();
  }

  /** By the verdicts of now. */
  public static PlanStanding of(List<School> schools, Profile profile, Board board) {
    Map<String, Set<String>> asked = new HashMap<>();
    int met = 0;
    for (School school : schools) {
      Set<String> rules = new HashSet<>();
      profile.headline().stream()
          .filter(rule -> rule.speaksOf(school))
          .map(Rule::id)
          .forEach(rules::add);
      if (!rules.isEmpty()) {
        asked.put(school.code(), Set.copyOf(rules));
        met += isMet(board.of(school.code()), profile, rules) ? 1 : 0;
      }
    }
    return new PlanStanding(asked, met);
  }

  private static boolean isMet(List<Verdict> its, Profile profile, Set<String> rules) {
    Set<String> good = new HashSet<>();
    for (Verdict verdict : its) {
      if (verdict.profile().equals(profile.id()) && verdict.outcome() == Outcome.MET) {
        good.add(verdict.rule());
      }
    }
    return good.containsAll(rules);
  }
}

package org.rollcall.web.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

/**
 * How the schools of every region are counted: each school looked at once, and each region added to
 * the one it lies in. Immutable; any thread.
 */
final class Coverage {
  private static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0);

  private final Map<String, Tally> tallies;

  /**
   * What one region comes to.
   *
   * @param schools in it and below it
   * @param placed those with coordinates
   * @param notApplicable schools that no rule speaks of, and those under a rule without a target
   */
  record Tally(int schools, int placed, int met, int notMet, int insufficient, int notApplicable) {}

  private Coverage(Map<String, Tally> tallies) {
    this.tallies = Map.copyOf(tallies);
  }

  /**
   * Counts a whole register.
   *
   * @param outcomes how a school is counted
   */
  static Coverage of(Register register, Function<School, Outcome> outcomes) {
    Map<String, Sum> sums = new HashMap<>();
    register.regions().forEach(region -> sums.put(region.code(), new Sum()));
    for (School school : register.schools()) {
      Sum sum = sums.get(school.region());
      if (sum == null) {
        throw new IllegalStateException("BUG: a school outside its register's regions");
      }
      sum.add(school, outcomes.apply(school));
    }
    List<Region> regions = register.regions();
    for (int i = regions.size() - 1; i >= 0; i--) {
      Sum parent = sums.get(regions.get(i).parent());
      Sum own = sums.get(regions.get(i).code());
      if (parent != null && own != null) {
        parent.add(own);
      }
    }
    Map<String, Tally> tallies = new HashMap<>();
    sums.forEach((code, sum) -> tallies.put(code, sum.tally()));
    return new Coverage(tallies);
  }

  /** Of one region; of nothing for a code that the register lacks. */
  Tally tally(String region) {
    return tallies.getOrDefault(region, NOTHING);
  }

  /** What is counted of one region while the walk goes on. Not thread-safe. */
  static final class Sum {
    private int schools;
    private int placed;
    private int met;
    private int notMet;
    private int insufficient;
    private int notApplicable;

    void add(School school, Outcome outcome) {
      schools++;
      placed += school.lon() != null && school.lat() != null ? 1 : 0;
      switch (outcome) {
        case MET -> met++;
        case NOT_MET -> notMet++;
        case INSUFFICIENT_DATA -> insufficient++;
        case NOT_APPLICABLE, NO_RULE -> notApplicable++;
      }
    }

    void add(Sum part) {
      schools += part.schools;
      placed += part.placed;
      met += part.met;
      notMet += part.notMet;
      insufficient += part.insufficient;
      notApplicable += part.notApplicable;
    }

    Tally tally() {
      return new Tally(schools, placed, met, notMet, insufficient, notApplicable);
    }
  }
}

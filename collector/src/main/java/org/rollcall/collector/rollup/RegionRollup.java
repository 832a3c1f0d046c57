package org.rollcall.collector.rollup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Region.Level;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.rollup.RegionSummary.Conclusion;

/**
 * Every region of a register at once: townships, counties, cities and the province, each by the
 * same rules over all schools in it and below it. Every verdict is looked at once and counted where
 * its school lies; then each region is added to the one it lies in.
 *
 * <p>The register says which schools there are: one that a rule speaks of and that has no verdict
 * counts as one without sufficient data, not as if it did not exist. Which township a school
 * belongs to is the register's word too: given the register of a past day, a township that was
 * merged since has its summaries of then.
 *
 * <p>A city and a province have two figures, side by side: the summaries here pool their schools,
 * and {@link #countyShare} is the share of counties that achieved it (formulas 5.3). Immutable; any
 * thread.
 */
public final class RegionRollup {
  private final Register register;
  private final Profile profile;
  private final Map<String, Row> rows;

  /** What one region comes to. */
  private record Row(int schools, int unjudged, List<RegionSummary> summaries) {}

  private RegionRollup(Register register, Profile profile, Map<String, Row> rows) {
    this.register = register;
    this.profile = profile;
    this.rows = rows;
  }

  /**
   * Rolls a whole register up.
   *
   * @param verdicts the verdicts of the school with this code, of any profile and in any order;
   *     empty for one that is not judged yet
   */
  public static RegionRollup of(
      Register register,
      Profile profile,
      Function<String, ? extends Collection<Verdict>> verdicts) {
    List<Rule> rules = profile.rules();
    Map<String, Integer> index = new HashMap<>();
    rules.forEach(rule -> index.put(rule.id(), index.size()));
    Map<String, Sum> sums = new HashMap<>();
    register.regions().forEach(region -> sums.put(region.code(), new Sum(rules)));
    for (School school : register.schools()) {
      Sum sum = sums.get(school.region());
      if (sum == null) {
        throw new IllegalStateException("BUG: a school outside its register's regions");
      }
      sum.add(school, profile, index, verdicts.apply(school.code()));
    }
    List<Region> regions = register.regions();
    for (int i = regions.size() - 1; i >= 0; i--) {
      Sum parent = sums.get(regions.get(i).parent());
      Sum own = sums.get(regions.get(i).code());
      if (parent != null && own != null) {
        parent.add(own);
      }
    }
    Map<String, Row> rows = new LinkedHashMap<>();
    sums.forEach((code, sum) -> rows.put(code, sum.row(profile)));
    return new RegionRollup(register, profile, Map.copyOf(rows));
  }

  /** One summary for each rule, in the profile's order; empty for an unknown region. */
  public List<RegionSummary> summaries(String region) {
    Row row = rows.get(region);
    return row == null ? List.of() : row.summaries();
  }

  /** The schools in the region and below it. */
  public int schools(String region) {
    Row row = rows.get(region);
    return row == null ? 0 : row.schools();
  }

  /** Those of them that have no verdict under this profile at all. */
  public int unjudged(String region) {
    Row row = rows.get(region);
    return row == null ? 0 : row.unjudged();
  }

  /**
   * What the region reached under several rules together: the weakest of them, where a rule without
   * a school in scope does not count. 校校通, for instance, is XXT-A and XXT-B.
   */
  public Conclusion conclusion(String region, Collection<String> rules) {
    List<Conclusion> own = new ArrayList<>();
    for (RegionSummary summary : summaries(region)) {
      if (rules.contains(summary.rule())) {
        own.add(summary.conclusion());
      }
    }
    return RegionSummary.weakest(own);
  }

  /**
   * How many counties of a city or a province achieved these rules together; of a county, itself.
   * Schools of a city that has no counties are in its pooled rate alone.
   */
  public CountyShare countyShare(String region, Collection<String> rules) {
    Map<String, Conclusion> counties = new LinkedHashMap<>();
    for (Region one : register.regions()) {
      if (one.level() == Level.COUNTY && register.isWithin(one.code(), region)) {
        counties.put(one.code(), conclusion(one.code(), rules));
      }
    }
    return CountyShare.of(counties);
  }

  /** The profile these summaries are of. */
  public Profile profile() {
    return profile;
  }

  /** What is counted of one region while the walk goes on. */
  private static final class Sum {
    private final List<RuleTally> tallies = new ArrayList<>();
    private final List<Rule> rules;
    private int schools;
    private int unjudged;

    Sum(List<Rule> rules) {
      this.rules = rules;
      rules.forEach(rule -> tallies.add(new RuleTally(rule)));
    }

    void add(
        School school, Profile profile, Map<String, Integer> index, Collection<Verdict> verdicts) {
      @Nullable Verdict[] found = new @Nullable Verdict[rules.size()];
      boolean judged = false;
      for (Verdict verdict : verdicts) {
        Integer at = verdict.profile().equals(profile.id()) ? index.get(verdict.rule()) : null;
        if (at != null) {
          found[at] = verdict;
          judged = true;
        }
      }
      for (int i = 0; i < found.length; i++) {
        add(school, i, found[i]);
      }
      schools++;
      unjudged += judged ? 0 : 1;
    }

    private void add(School school, int rule, @Nullable Verdict verdict) {
      if (verdict != null) {
        tallies.get(rule).add(verdict);
      } else if (rules.get(rule).indicator() != Indicator.COEFFICIENT
          && rules.get(rule).speaksOf(school)) {
        tallies.get(rule).addUnjudged();
      } else {
        tallies.get(rule).addNotApplicable();
      }
    }

    void add(Sum part) {
      for (int i = 0; i < tallies.size(); i++) {
        tallies.get(i).add(part.tallies.get(i));
      }
      schools += part.schools;
      unjudged += part.unjudged;
    }

    Row row(Profile profile) {
      return new Row(
          schools, unjudged, tallies.stream().map(tally -> tally.summary(profile)).toList());
    }
  }
}

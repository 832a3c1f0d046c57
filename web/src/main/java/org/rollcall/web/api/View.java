package org.rollcall.web.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.ScopedRegister;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.rollup.RegionRollup;

/**
 * What one viewer may see, by one profile, on one day, at one revision of the register. Lives as
 * long as one call, on its thread.
 */
final class View {
  private final District district;
  private final ScopedRegister register;
  private final Profile profile;
  private final LocalDate at;
  private final List<Rule> headline;
  private @Nullable Board board;
  private @Nullable RegionRollup rollup;
  private @Nullable Disputes disputes;

  View(District district, ScopedRegister register, Profile profile, LocalDate at) {
    this.district = district;
    this.register = register;
    this.profile = profile;
    this.at = at;
    this.headline = profile.headline();
  }

  /**
   * Made when first asked for: that of a past day costs much, and what was counted of it does not.
   */
  private Board board() {
    Board known = board;
    if (known == null) {
      known = district.board(at);
      board = known;
    }
    return known;
  }

  Profile profile() {
    return profile;
  }

  /** The day of the verdicts. */
  LocalDate at() {
    return at;
  }

  ScopedRegister register() {
    return register;
  }

  /** The region, or the topmost visible one when no code is given. */
  Region regionOrRoot(@Nullable String code) {
    if (code != null) {
      return region(code);
    }
    Region root = register.root();
    if (root == null) {
      throw ApiProblem.unknown("region", "区域", "");
    }
    return root;
  }

  Region region(String code) {
    Region region = register.region(code);
    if (region == null) {
      throw ApiProblem.unknown("region", "区域", code);
    }
    return region;
  }

  School school(String code) {
    School school = register.school(code);
    if (school == null) {
      throw ApiProblem.unknown("school", "学校", code);
    }
    return school;
  }

  /** Of a region and below; of all that is visible when no code is given. */
  List<School> schools(@Nullable String region) {
    return region == null ? register.schools() : register.schools(region);
  }

  Region regionOf(School school) {
    return region(school.region());
  }

  /** The register for figures of regions in scope. */
  Register part() {
    return register.part();
  }

  /** How the school is counted under the chosen rules. */
  Outcome outcome(School school, Chosen chosen) {
    return chosen.outcome(school, board().of(school.code()));
  }

  /** How every region's schools are counted under a rule, a target, or the headline targets. */
  Coverage coverage(@Nullable String ruleOrTarget) {
    return district.coverage(this, ruleOrTarget);
  }

  /** The hulls of every region's schools. */
  Outlines outlines() {
    return district.outlines(this);
  }

  /** What the regions in scope come to. */
  RegionRollup rollup() {
    RegionRollup known = rollup;
    if (known == null) {
      known = district.rollup(this);
      rollup = known;
    }
    return known;
  }

  /** How many schools of each region are disputed. */
  Disputes disputes() {
    Disputes known = disputes;
    if (known == null) {
      known = district.disputes(this);
      disputes = known;
    }
    return known;
  }

  /** The verdicts of a school with this code, by all profiles. */
  List<Verdict> verdicts(String school) {
    return board().of(school);
  }

  /** The school's verdicts under the profile's headline targets that speak of it. */
  Standing standing(School school) {
    List<Rule> spoken = new ArrayList<>(headline.size());
    for (Rule one : headline) {
      if (one.speaksOf(school)) {
        spoken.add(one);
      }
    }
    return new Standing(verdicts(school, spoken));
  }

  /**
   * The school's verdicts of one rule or target; under the headline targets when it is null. Of a
   * rule that is no headline target, its own verdict where it speaks of the school.
   */
  Standing standing(School school, @Nullable String ruleOrTarget) {
    Standing headline = standing(school).of(ruleOrTarget);
    Rule rule = ruleOrTarget == null ? null : profile.rule(ruleOrTarget);
    return rule == null || !headline.verdicts().isEmpty() || !rule.speaksOf(school)
        ? headline
        : new Standing(verdicts(school, List.of(rule)));
  }

  /** Every verdict of the school under the profile, in its order. */
  List<Verdict> verdicts(School school) {
    return verdicts(school, profile.rules());
  }

  private List<Verdict> verdicts(School school, List<Rule> rules) {
    List<Verdict> all = board().of(school.code());
    List<Verdict> found = new ArrayList<>();
    for (Rule rule : rules) {
      for (Verdict verdict : all) {
        if (verdict.profile().equals(profile.id()) && verdict.rule().equals(rule.id())) {
          found.add(verdict);
        }
      }
    }
    return found;
  }

  String state(String school) {
    return district.state(school);
  }

  @Nullable Instant lastSeen(String school) {
    return district.lastSeen(school);
  }
}

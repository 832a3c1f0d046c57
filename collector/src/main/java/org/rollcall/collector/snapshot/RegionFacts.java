package org.rollcall.collector.snapshot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Plan;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.rollup.Balance;
import org.rollcall.collector.rollup.Coefficient;
import org.rollcall.collector.rollup.CountyRules;
import org.rollcall.collector.rollup.PlanCurve;
import org.rollcall.collector.rollup.RegionRollup;
import org.rollcall.collector.rollup.RegionSummary;
import org.rollcall.collector.snapshot.SnapshotBody.CountyFact;
import org.rollcall.collector.snapshot.SnapshotBody.EvennessFact;
import org.rollcall.collector.snapshot.SnapshotBody.GapFact;
import org.rollcall.collector.snapshot.SnapshotBody.PlanFact;
import org.rollcall.collector.snapshot.SnapshotBody.PlanPoint;
import org.rollcall.collector.snapshot.SnapshotBody.RegionFact;
import org.rollcall.collector.snapshot.SnapshotBody.SummaryFact;
import org.rollcall.collector.snapshot.SnapshotMaking.Look;

/** What a snapshot holds of regions: counts, county rules, evenness, plan. */
final class RegionFacts {
  private final Look look;
  private final RegionRollup rollup;
  private final Balance balance;

  RegionFacts(Look look) {
    this.look = look;
    this.rollup = RegionRollup.of(look.register(), look.profile(), look.board()::of);
    this.balance = Balance.of(look.profile(), look.schools(), look::declared, look.board()::of);
  }

  /**
   * The region and what lies below it, parents first.
   *
   * @param alone the region's name and place without its counts: for a school's snapshot
   */
  List<RegionFact> regions(String code, boolean alone) {
    List<RegionFact> facts = new ArrayList<>();
    for (Region region : look.register().regions()) {
      if (look.register().isWithin(region.code(), code)) {
        facts.add(fact(region, alone));
      }
      if (alone && region.code().equals(code)) {
        break;
      }
    }
    return facts;
  }

  private RegionFact fact(Region region, boolean alone) {
    if (alone) {
      return new RegionFact(
          region.code(), region.name(), region.level().name(), region.parent(), 0, 0, 0, List.of());
    }
    List<School> schools = look.register().schools(region.code());
    int met = 0;
    int inScope = 0;
    for (School school : schools) {
      Outcome worst = standing(school);
      inScope += worst == null ? 0 : 1;
      met += worst == Outcome.MET ? 1 : 0;
    }
    Map<String, Set<Evidence>> evidence = evidence(schools);
    return new RegionFact(
        region.code(),
        region.name(),
        region.level().name(),
        region.parent(),
        schools.size(),
        met,
        inScope,
        rollup.summaries(region.code()).stream()
            .map(s -> summary(s, evidence.getOrDefault(s.rule(), EnumSet.noneOf(Evidence.class))))
            .toList());
  }

  /** What the verdicts of each rule rest on, where it is spoken of. */
  private Map<String, Set<Evidence>> evidence(List<School> schools) {
    Map<String, Set<Evidence>> found = new HashMap<>();
    for (School school : schools) {
      for (Verdict verdict : look.board().of(school.code())) {
        if (verdict.profile().equals(look.profile().id())
            && (verdict.outcome() == Outcome.MET || verdict.outcome() == Outcome.NOT_MET)) {
          found
              .computeIfAbsent(verdict.rule(), rule -> EnumSet.noneOf(Evidence.class))
              .add(verdict.evidence());
        }
      }
    }
    return found;
  }

  private static SummaryFact summary(RegionSummary summary, Set<Evidence> evidence) {
    return new SummaryFact(
        summary.rule(),
        summary.inScope(),
        summary.met(),
        summary.notMet(),
        summary.insufficient(),
        summary.notApplicable(),
        summary.rateLow(),
        summary.rateHigh(),
        summary.conclusion().name(),
        summary.unitsMet(),
        summary.units(),
        evidence.contains(Evidence.MEASURED),
        evidence.contains(Evidence.DECLARED),
        evidence.contains(Evidence.CERTIFIED));
  }

  /** The worst of the headline targets; null when none speaks of the school. */
  private @Nullable Outcome standing(School school) {
    Outcome worst = null;
    for (Rule rule : look.profile().headline()) {
      if (!rule.speaksOf(school)) {
        continue;
      }
      for (Verdict verdict : look.board().of(school.code())) {
        if (verdict.rule().equals(rule.id())
            && verdict.profile().equals(look.profile().id())
            && rank(verdict.outcome()) > rank(worst)) {
          worst = verdict.outcome();
        }
      }
    }
    return worst;
  }

  /** The worst is the greatest; what is in no ratio is 0. */
  private static int rank(@Nullable Outcome outcome) {
    if (outcome == null) {
      return 0;
    }
    return switch (outcome) {
      case NOT_APPLICABLE, NO_RULE -> 0;
      case MET -> 1;
      case INSUFFICIENT_DATA -> 2;
      case NOT_MET -> 3;
    };
  }

  List<CountyFact> county(String region) {
    return new CountyRules(look.profile(), look.schools(), look::declared, look.board()::of)
        .of(region).stream()
            .map(
                f ->
                    new CountyFact(
                        f.rule(),
                        f.outcome().name(),
                        f.evidence().name(),
                        f.value(),
                        f.threshold(),
                        f.unit(),
                        f.part(),
                        f.whole(),
                        f.missing()))
            .toList();
  }

  List<EvennessFact> evenness() {
    return balance.findings().stream().map(RegionFacts::evenness).toList();
  }

  private static EvennessFact evenness(Balance.Finding finding) {
    Coefficient coefficient = finding.coefficient();
    return new EvennessFact(
        finding.figure().id(),
        finding.stage().name(),
        coefficient.used().size(),
        coefficient.students(),
        text(coefficient.mean()),
        text(coefficient.deviation()),
        text(coefficient.coefficient()),
        finding.rule(),
        finding.limit(),
        finding.outcome().name(),
        coefficient.note().name(),
        coefficient.left().stream()
            .filter(left -> left.why().isMissing())
            .map(left -> left.school())
            .toList());
  }

  private static @Nullable String text(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }

  List<GapFact> gaps() {
    List<GapFact> facts = new ArrayList<>();
    balance
        .gaps()
        .forEach(
            gap ->
                gap.sides()
                    .forEach(
                        side ->
                            facts.add(
                                new GapFact(
                                    gap.rule(),
                                    gap.divide().name(),
                                    side.name(),
                                    side.counts().inScope(),
                                    side.counts().met(),
                                    side.counts().insufficient(),
                                    side.counts().rateLow(),
                                    side.counts().rateHigh(),
                                    side.classesMet(),
                                    side.classes()))));
    return facts;
  }

  @Nullable PlanFact plan() {
    Plan plan = look.profile().plan();
    if (plan == null) {
      return null;
    }
    int met = 0;
    int inScope = 0;
    for (School school : look.schools()) {
      Outcome worst = standing(school);
      inScope += worst == null ? 0 : 1;
      met += worst == Outcome.MET ? 1 : 0;
    }
    PlanCurve.Progress progress = new PlanCurve(plan).on(look.at(), met, inScope);
    return new PlanFact(
        plan.source(),
        plan.projectDefault(),
        plan.points().stream().map(p -> new PlanPoint(p.by().toString(), p.percent())).toList(),
        inScope,
        met,
        progress.plannedPercent(),
        text(progress.actualPercent()),
        text(progress.deviation()),
        progress.missingNow());
  }
}

package org.rollcall.web.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Plan;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.rollup.Balance;
import org.rollcall.collector.rollup.Coefficient;
import org.rollcall.collector.rollup.Counts;
import org.rollcall.collector.rollup.CountyShare;
import org.rollcall.collector.rollup.Gap;
import org.rollcall.collector.rollup.LeftOut;
import org.rollcall.collector.rollup.PlanCurve;

/**
 * {@code GET /api/v1/regions/{code}/balance}: how even a region is, how it follows its plan, how
 * many of its counties achieved the targets, and what the region itself declares.
 */
final class BalanceCall implements Call {
  private final District district;

  BalanceCall(District district) {
    this.district = district;
  }

  private record Left(String school, LeftOut.Why why) {}

  private record Evenness(
      String of,
      School.Stage stage,
      int schools,
      long students,
      @Nullable BigDecimal mean,
      @Nullable BigDecimal deviation,
      @Nullable BigDecimal coefficient,
      @Nullable String rule,
      @Nullable Double limit,
      Outcome outcome,
      Coefficient.Note note,
      List<Left> leftOut) {}

  private record Side(
      String name,
      int inScope,
      int met,
      int notMet,
      int insufficient,
      @Nullable Double rateLow,
      @Nullable Double rateHigh,
      long classesMet,
      long classes) {}

  private record GapView(
      String rule, Gap.Divide divide, List<Side> sides, List<Gap.Difference> differences) {}

  private record Step(String by, int percent) {}

  private record PlanView(
      String source,
      String sourceEn,
      boolean projectDefault,
      List<Step> steps,
      int schools,
      int met,
      int planned,
      @Nullable BigDecimal actual,
      @Nullable BigDecimal deviation,
      int missingNow,
      @Nullable Step next,
      int missingForNext) {}

  private record Counties(
      String target,
      int inScope,
      int achieved,
      @Nullable Double rateLow,
      @Nullable Double rateHigh) {}

  private record Declared(
      String indicator,
      String zh,
      String en,
      String value,
      String asOf,
      DeclaredValue.Grade grade,
      @Nullable String certificate) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    Region region = view.region(request.path("code"));
    List<School> schools = view.schools(region.code());
    Map<String, Map<DeclaredIndicator, DeclaredValue>> declared = district.declared(view, region);
    Balance balance =
        Balance.of(
            view.profile(), schools, code -> declared.getOrDefault(code, Map.of()), view::verdicts);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("region", region.code());
    answer.put("profile", view.profile().id());
    answer.put("at", view.at().toString());
    answer.put("coefficients", balance.findings().stream().map(BalanceCall::evenness).toList());
    answer.put("gaps", balance.gaps().stream().map(BalanceCall::gap).toList());
    Plan plan = view.profile().plan();
    answer.put("plan", plan == null ? null : plan(view, plan, schools));
    answer.put("counties", counties(view, region));
    answer.put("declared", declared(declared.getOrDefault(region.code(), Map.of()).values()));
    return answer;
  }

  private static Evenness evenness(Balance.Finding finding) {
    Coefficient coefficient = finding.coefficient();
    return new Evenness(
        finding.figure().id(),
        finding.stage(),
        coefficient.used().size(),
        coefficient.students(),
        coefficient.mean(),
        coefficient.deviation(),
        coefficient.coefficient(),
        finding.rule(),
        finding.limit(),
        finding.outcome(),
        coefficient.note(),
        coefficient.left().stream().map(one -> new Left(one.school(), one.why())).toList());
  }

  private static GapView gap(Gap gap) {
    return new GapView(
        gap.rule(),
        gap.divide(),
        gap.sides().stream().map(BalanceCall::side).toList(),
        gap.differences());
  }

  private static Side side(Gap.Side side) {
    Counts counts = side.counts();
    return new Side(
        side.name(),
        counts.inScope(),
        counts.met(),
        counts.notMet(),
        counts.insufficient(),
        counts.rateLow(),
        counts.rateHigh(),
        side.classesMet(),
        side.classes());
  }

  /** A school has reached what the plan speaks of when it meets every headline target. */
  private static PlanView plan(View view, Plan plan, List<School> schools) {
    int inScope = 0;
    int met = 0;
    for (School school : schools) {
      Outcome worst = view.standing(school).worst();
      inScope += worst == Outcome.NOT_APPLICABLE || worst == Outcome.NO_RULE ? 0 : 1;
      met += worst == Outcome.MET ? 1 : 0;
    }
    PlanCurve.Progress progress = new PlanCurve(plan).on(view.at(), met, inScope);
    Plan.Point next = progress.next();
    return new PlanView(
        plan.source(),
        plan.sourceEn(),
        plan.projectDefault(),
        plan.points().stream().map(BalanceCall::step).toList(),
        inScope,
        met,
        progress.plannedPercent(),
        progress.actualPercent(),
        progress.deviation(),
        progress.missingNow(),
        next == null ? null : step(next),
        progress.missingForNext());
  }

  private static Step step(Plan.Point point) {
    return new Step(point.by().toString(), point.percent());
  }

  private static List<Counties> counties(View view, Region region) {
    Map<String, List<String>> rules = new LinkedHashMap<>();
    for (Rule rule : view.profile().headline()) {
      rules.computeIfAbsent(Standing.target(rule.id()), target -> new ArrayList<>()).add(rule.id());
    }
    List<Counties> counties = new ArrayList<>();
    rules.forEach(
        (target, ids) -> {
          CountyShare share = view.rollup().countyShare(region.code(), ids);
          counties.add(
              new Counties(
                  target, share.inScope(), share.achieved(), share.rateLow(), share.rateHigh()));
        });
    return counties;
  }

  private static List<Declared> declared(Collection<DeclaredValue> values) {
    return values.stream()
        .map(
            value ->
                new Declared(
                    value.indicator().id(),
                    value.indicator().title(Locale.SIMPLIFIED_CHINESE),
                    value.indicator().title(Locale.ENGLISH),
                    value.amount().text(),
                    value.asOf().toString(),
                    value.grade(),
                    value.certificate()))
        .toList();
  }
}

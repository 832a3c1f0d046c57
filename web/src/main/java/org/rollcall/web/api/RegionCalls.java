package org.rollcall.web.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Parameters;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.rollup.CountyFinding;
import org.rollcall.collector.rollup.CountyRules;
import org.rollcall.collector.rollup.RegionRollup;
import org.rollcall.collector.rollup.RegionSummary;
import org.rollcall.collector.rollup.RegionSummary.Conclusion;

/** {@code GET /api/v1/regions} and {@code /api/v1/regions/{code}/summary}. */
final class RegionCalls {
  private final District district;

  RegionCalls(District district) {
    this.district = district;
  }

  private record RegionItem(
      String code,
      String name,
      String nameEn,
      Region.Level level,
      @Nullable String parent,
      int schools) {}

  /** Counts of one rule or target; keys as in openapi.yaml. */
  private record Counts(
      int inScope, int met, int notMet, int insufficient, int notApplicable, int disputed) {}

  Object regions(Request request) {
    View view = district.view(request);
    return view.register().regions().stream()
        .map(
            r ->
                new RegionItem(
                    r.code(),
                    r.name(),
                    r.nameEn(),
                    r.level(),
                    r.parent(),
                    view.schools(r.code()).size()))
        .toList();
  }

  Object summary(Request request) {
    View view = district.view(request);
    Region region = view.region(request.path("code"));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("region", region.code());
    answer.put("profile", view.profile().id());
    answer.put("at", view.at().toString());
    List<School> schools = view.schools(region.code());
    RegionRollup rollup = view.rollup();
    List<RegionSummary> rules = rollup.summaries(region.code());
    Map<String, CountyFinding> county = county(view, region, schools);
    answer.put("rules", rules.stream().map(r -> rule(r, view, region.code(), county)).toList());
    answer.put("targets", targets(rules, view, region.code()));
    answer.put("thresholds", thresholds(view.profile().parameters()));
    List<Object> divisions = new ArrayList<>();
    for (Region child : view.register().children(region.code())) {
      divisions.add(division(view, rollup, child));
    }
    answer.put("divisions", divisions);
    return answer;
  }

  private static Object division(View view, RegionRollup rollup, Region region) {
    List<RegionSummary> rules = rollup.summaries(region.code());
    Map<String, Object> division = new LinkedHashMap<>();
    division.put("region", region.code());
    division.put("name", region.name());
    division.put("nameEn", region.nameEn());
    division.put("targets", targets(rules, view, region.code()));
    return division;
  }

  private static Map<String, Object> thresholds(Parameters parameters) {
    Map<String, Object> thresholds = new LinkedHashMap<>(); // the same bytes from every process
    thresholds.put("basically", parameters.basicallyPercent().value() / 100);
    thresholds.put("fully", parameters.fullyPercent().value() / 100);
    thresholds.put("projectDefault", parameters.basicallyPercent().projectDefault());
    return thresholds;
  }

  private static Map<String, @Nullable Object> rule(
      RegionSummary summary, View view, String region, Map<String, CountyFinding> county) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("rule", summary.rule());
    row.put("target", Standing.target(summary.rule()));
    row.put("tier", summary.tier());
    Counts counts =
        new Counts(
            summary.inScope(),
            summary.met(),
            summary.notMet(),
            summary.insufficient(),
            summary.notApplicable(),
            view.disputes().count(region, summary.rule()));
    put(row, counts, summary.conclusion());
    Rule rule = view.profile().rule(summary.rule());
    if (rule == null) {
      throw new IllegalStateException("BUG: a summary of a rule that its profile lacks");
    }
    CountyFinding finding = county.get(rule.id());
    row.put("level", rule.level());
    row.put("value", finding == null ? null : finding.value());
    row.put("threshold", finding == null ? null : finding.threshold());
    row.put("unit", finding == null ? null : finding.unit());
    if (finding != null) {
      row.put("conclusion", conclusion(finding.outcome()));
    } else if (rule.target() == null) {
      row.put("conclusion", "NO_RULE");
    }
    return row;
  }

  /** What the rules that judge the region alone say of it, by rule. */
  private Map<String, CountyFinding> county(View view, Region region, List<School> schools) {
    Map<String, Map<DeclaredIndicator, DeclaredValue>> declared = district.declared(view, region);
    Map<String, CountyFinding> findings = new LinkedHashMap<>();
    new CountyRules(
            view.profile(), schools, code -> declared.getOrDefault(code, Map.of()), view::verdicts)
        .of(region.code())
        .forEach(finding -> findings.put(finding.rule(), finding));
    return findings;
  }

  private static String conclusion(Outcome outcome) {
    return switch (outcome) {
      case MET -> "FULLY_ACHIEVED";
      case NOT_MET -> "NOT_ACHIEVED";
      case INSUFFICIENT_DATA -> "CANNOT_JUDGE_YET";
      case NOT_APPLICABLE -> "NOTHING_IN_SCOPE";
      case NO_RULE -> "NO_RULE";
    };
  }

  private static List<Map<String, @Nullable Object>> targets(
      List<RegionSummary> rules, View view, String region) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    int schools = view.rollup().schools(region);
    List<String> headline =
        view.profile().headline().stream().map(r -> Standing.target(r.id())).distinct().toList();
    for (String target : headline) {
      List<RegionSummary> own =
          rules.stream().filter(r -> Standing.target(r.rule()).equals(target)).toList();
      int inScope = own.stream().mapToInt(RegionSummary::inScope).sum();
      Counts counts =
          new Counts(
              inScope,
              own.stream().mapToInt(RegionSummary::met).sum(),
              own.stream().mapToInt(RegionSummary::notMet).sum(),
              own.stream().mapToInt(RegionSummary::insufficient).sum(),
              schools - inScope,
              view.disputes().count(region, target));
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("target", target);
      put(row, counts, conclusion(view.profile(), own));
      rows.add(row);
    }
    return rows;
  }

  private static Conclusion conclusion(Profile profile, List<RegionSummary> own) {
    Rule rule = profile.rule(own.get(0).rule());
    if (rule == null) {
      throw new IllegalStateException("BUG: a summary of a rule that its profile lacks");
    }
    return RegionSummary.conclusion(profile, rule.indicator(), own);
  }

  private static void put(Map<String, @Nullable Object> row, Counts counts, Conclusion conclusion) {
    row.put("inScope", counts.inScope());
    row.put("met", counts.met());
    row.put("notMet", counts.notMet());
    row.put("insufficient", counts.insufficient());
    row.put("notApplicable", counts.notApplicable());
    row.put("disputed", counts.disputed());
    boolean some = counts.inScope() > 0;
    row.put("rateLow", some ? (double) counts.met() / counts.inScope() : null);
    row.put(
        "rateHigh",
        some ? (double) (counts.met() + counts.insufficient()) / counts.inScope() : null);
    row.put(
        "conclusion",
        switch (conclusion) {
          case FULLY -> "FULLY_ACHIEVED";
          case BASICALLY -> "BASICALLY_ACHIEVED";
          case NOT_ACHIEVED -> "NOT_ACHIEVED";
          case UNDECIDED -> "CANNOT_JUDGE_YET";
          case NOT_APPLICABLE -> "NOTHING_IN_SCOPE";
        });
  }
}

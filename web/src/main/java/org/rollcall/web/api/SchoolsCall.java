package org.rollcall.web.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Reason;
import org.rollcall.collector.judge.ReasonText;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;

/** {@code GET /api/v1/schools}: one page of a region's schools, filtered, the worst first. */
final class SchoolsCall implements Call {
  private static final int DEFAULT_SIZE = 50;
  private static final int MOST = 500;

  private final District district;

  SchoolsCall(District district) {
    this.district = district;
  }

  /** One page. */
  record Page(int total, List<Item> items) {}

  /** A school in a list. */
  record Item(
      String code,
      String name,
      String nameEn,
      String region,
      String regionName,
      String regionNameEn,
      School.Tier tier,
      School.Ownership ownership,
      @Nullable Double lon,
      @Nullable Double lat,
      String state,
      @Nullable String lastSeen,
      Outcome verdict,
      boolean disputed,
      Map<String, Outcome> verdicts,
      List<RuleReason> reasons) {}

  /** The first reason of a verdict that is not simply met. */
  record RuleReason(
      String rule, Outcome verdict, boolean disputed, String code, String zh, String en) {}

  private record Filter(
      School.@Nullable Tier tier,
      School.@Nullable Ownership ownership,
      @Nullable String rule,
      Set<Outcome> outcomes,
      boolean disputed,
      @Nullable String text) {}

  /** A school that fits, and how bad it stands: the lower, the worse. */
  private record Found(School school, int rank) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    int page = request.number("page", 0, 1_000_000, 0);
    int size = request.number("size", 1, MOST, DEFAULT_SIZE);
    Filter filter =
        new Filter(
            request.oneOf("tier", School.Tier.class),
            request.oneOf("ownership", School.Ownership.class),
            request.text("rule"),
            outcomes(request.text("verdict")),
            "true".equals(request.text("disputed")),
            lower(request.text("q")));
    String code = request.text("region");
    List<Found> found = new ArrayList<>();
    for (School school : view.schools(code == null ? null : view.region(code).code())) {
      if (fits(school, filter)) {
        Standing standing = view.standing(school, filter.rule());
        if (fits(standing, filter)) {
          found.add(new Found(school, Standing.rank(standing.worst())));
        }
      }
    }
    found.sort(Comparator.comparingInt(Found::rank).thenComparing(one -> one.school().code()));
    List<Item> items =
        found.stream()
            .skip((long) page * size)
            .limit(size)
            .map(one -> item(view, one.school(), filter.rule()))
            .toList();
    return new Page(found.size(), items);
  }

  private static boolean fits(School school, Filter filter) {
    if (filter.tier() != null && school.tier() != filter.tier()) {
      return false;
    }
    if (filter.ownership() != null && school.ownership() != filter.ownership()) {
      return false;
    }
    return filter.text() == null || contains(school, filter.text());
  }

  private static boolean fits(Standing standing, Filter filter) {
    if (filter.rule() != null && standing.verdicts().isEmpty()) {
      return false;
    }
    if (filter.disputed() && !standing.disputed()) {
      return false;
    }
    return filter.outcomes().isEmpty()
        || standing.verdicts().stream().anyMatch(v -> filter.outcomes().contains(v.outcome()));
  }

  private static boolean contains(School school, String text) {
    return Stream.of(school.code(), school.name(), school.nameEn())
        .anyMatch(field -> field.toLowerCase(Locale.ROOT).contains(text));
  }

  private static @Nullable String lower(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private static Set<Outcome> outcomes(@Nullable String text) {
    if (text == null) {
      return Set.of();
    }
    return Stream.of(text.split(",", -1))
        .map(
            name ->
                Stream.of(Outcome.values())
                    .filter(outcome -> outcome.name().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            ApiProblem.badParameter(
                                "verdict",
                                name,
                                "use MET, NOT_MET, INSUFFICIENT_DATA, NOT_APPLICABLE or NO_RULE",
                                "可用 MET、NOT_MET、INSUFFICIENT_DATA、NOT_APPLICABLE 或 NO_RULE")))
        .collect(Collectors.toSet());
  }

  private static Item item(View view, School school, @Nullable String rule) {
    Standing standing = view.standing(school);
    Standing shown = standing.with(view.standing(school, rule));
    Region region = view.regionOf(school);
    return new Item(
        school.code(),
        school.name(),
        school.nameEn(),
        region.code(),
        region.name(),
        region.nameEn(),
        school.tier(),
        school.ownership(),
        school.lon(),
        school.lat(),
        view.state(school.code()),
        Times.text(view.lastSeen(school.code())),
        standing.worst(),
        standing.disputed(),
        shown.outcomes(),
        reasons(shown));
  }

  private static List<RuleReason> reasons(Standing standing) {
    List<RuleReason> reasons = new ArrayList<>();
    for (Verdict verdict : standing.verdicts()) {
      boolean shown =
          verdict.outcome() == Outcome.NOT_MET
              || verdict.outcome() == Outcome.INSUFFICIENT_DATA
              || verdict.disputed();
      if (shown) {
        Reason first = verdict.because().get(0);
        reasons.add(
            new RuleReason(
                verdict.rule(),
                verdict.outcome(),
                verdict.disputed(),
                first.code(),
                ReasonText.in(Locale.SIMPLIFIED_CHINESE).text(first),
                ReasonText.in(Locale.ENGLISH).text(first)));
      }
    }
    return reasons;
  }
}

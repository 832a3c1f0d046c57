package org.rollcall.web.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.problems.Case;
import org.rollcall.collector.problems.CauseKind;
import org.rollcall.collector.problems.CauseText;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;

/**
 * {@code GET /api/v1/regions/{code}/wall}: all that a screen on a wall shows of a region, in one
 * answer, so that a key for a wall need open nothing else.
 */
final class WallCall implements Call {
  /** How many causes can be read from afar. */
  private static final int CAUSES = 5;

  /** Headline targets whose numbers fit beside that of the schools heard. */
  private static final int TARGETS = 2;

  private final District district;
  private final MapCall map;

  WallCall(District district, MapCall map) {
    this.district = district;
    this.map = map;
  }

  private record Target(
      String target, String zh, String en, int met, int notMet, int insufficient) {}

  private record Heard(int live, int all) {}

  /**
   * @param places the first of its schools
   * @param schools how many it concerns
   */
  private record Item(
      String id,
      CauseKind kind,
      Case.State state,
      String zh,
      String en,
      List<Place> places,
      int schools,
      String since,
      int classes) {}

  private record Place(String name, String nameEn) {}

  /** What is broken; null for the public. */
  private record Causes(int open, List<Item> items) {}

  private record Answer(
      String region,
      String name,
      String nameEn,
      String profile,
      String at,
      String now,
      @Nullable String newest,
      List<Target> targets,
      Heard heard,
      @Nullable Causes causes,
      Object map) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    Region region = view.region(request.path("code"));
    List<School> schools = view.schools(region.code());
    int live =
        (int) schools.stream().filter(school -> view.state(school.code()).equals("live")).count();
    return new Answer(
        region.code(),
        region.name(),
        region.nameEn(),
        view.profile().id(),
        view.at().toString(),
        Times.known(district.now()),
        Times.text(district.pulse().newest()),
        targets(view, region),
        new Heard(live, schools.size()),
        causes(view, region),
        map.answer(onRegion(request, region)));
  }

  private static Request onRegion(Request request, Region region) {
    Map<String, String> query = new LinkedHashMap<>(request.query());
    query.put("region", region.code());
    query.remove("rule");
    return new Request(request.path(), query, request.viewer(), request.actor());
  }

  private static List<Target> targets(View view, Region region) {
    Map<String, Rule> first = new LinkedHashMap<>();
    view.profile().headline().forEach(rule -> first.putIfAbsent(Standing.target(rule.id()), rule));
    List<Target> targets = new ArrayList<>();
    first.forEach(
        (target, rule) -> {
          if (targets.size() < TARGETS) {
            Coverage.Tally tally = view.coverage(target).tally(region.code());
            boolean named = Words.has("target." + target);
            targets.add(
                new Target(
                    target,
                    named ? Words.zh("target." + target) : rule.title(),
                    named ? Words.en("target." + target) : rule.titleEn(),
                    tally.met(),
                    tally.notMet(),
                    tally.insufficient()));
          }
        });
    return targets;
  }

  private @Nullable Causes causes(View view, Region region) {
    if (view.register().viewer().role() == Role.PUBLIC) {
      return null;
    }
    Predicate<String> sees = ProblemView.sees(view, region.code());
    List<Case> all = district.problems().cases(sees);
    int open = (int) all.stream().filter(each -> each.state() == Case.State.OPEN).count();
    return new Causes(open, all.stream().limit(CAUSES).map(each -> item(view, each)).toList());
  }

  private static Item item(View view, Case each) {
    List<Place> places = new ArrayList<>();
    for (String code : each.cause().schools()) {
      School school = view.register().school(code);
      if (school != null && places.size() < 2) {
        places.add(new Place(school.name(), school.nameEn()));
      }
    }
    return new Item(
        each.cause().id(),
        each.cause().kind(),
        each.state(),
        CauseText.in(Locale.SIMPLIFIED_CHINESE).reason(each.cause()),
        CauseText.in(Locale.ENGLISH).reason(each.cause()),
        places,
        each.cause().schools().size(),
        Times.known(each.cause().since()),
        each.cause().classes());
  }
}

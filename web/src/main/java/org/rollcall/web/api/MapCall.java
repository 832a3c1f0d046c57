package org.rollcall.web.api;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;

/**
 * {@code GET /api/v1/map}: the region's direct divisions as areas and its schools as points,
 * GeoJSON (RFC 7946).
 */
final class MapCall implements Call {
  /** Above this the map holds areas alone. */
  private static final int MOST_POINTS = 2_000;

  private final District district;

  private final Boundaries boundaries;

  MapCall(District district, Boundaries boundaries) {
    this.district = district;
    this.boundaries = boundaries;
  }

  private record Feature(String type, Object geometry, Object properties) {}

  private record Point(String type, double[] coordinates) {}

  private record Polygon(String type, List<List<double[]>> coordinates) {}

  private record Counts(int met, int notMet, int insufficient, int notApplicable) {}

  private record Area(
      String kind,
      String code,
      String name,
      String nameEn,
      String level,
      String source,
      Counts counts) {}

  private record Mark(
      String kind,
      String code,
      String name,
      String nameEn,
      School.Tier tier,
      Outcome verdict,
      boolean disputed,
      Map<String, Outcome> verdicts,
      String state) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    Region region = view.regionOrRoot(request.text("region"));
    String rule = request.text("rule");
    List<School> schools = view.schools(region.code());
    List<Feature> features = new ArrayList<>();
    for (Region division : view.register().children(region.code())) {
      Feature area = area(view, division, rule);
      if (area != null) {
        features.add(area);
      }
    }
    if (view.register().children(region.code()).isEmpty()) {
      Feature area = area(view, region, rule);
      if (area != null) {
        features.add(area);
      }
    }
    int placed = 0;
    for (School school : schools) {
      Double lon = school.lon();
      Double lat = school.lat();
      if (lon != null && lat != null) {
        placed++;
        if (schools.size() <= MOST_POINTS) {
          features.add(mark(view, school, new double[] {lon, lat}, rule));
        }
      }
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", "FeatureCollection");
    map.put("region", region.code());
    map.put("total", schools.size());
    map.put("withoutCoordinates", schools.size() - placed);
    map.put("features", features);
    return map;
  }

  private Feature mark(View view, School school, double[] place, @Nullable String rule) {
    Standing standing = view.standing(school);
    Standing chosen = view.standing(school, rule);
    Mark mark =
        new Mark(
            "school",
            school.code(),
            school.name(),
            school.nameEn(),
            school.tier(),
            chosen.worst(),
            chosen.disputed(),
            standing.outcomes(),
            view.state(school.code()));
    return new Feature("Feature", new Point("Point", place), mark);
  }

  private @Nullable Feature area(View view, Region region, @Nullable String rule) {
    List<School> schools = view.schools(region.code());
    List<double[]> places = new ArrayList<>();
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    for (School school : schools) {
      counts.merge(view.standing(school, rule).worst(), 1, Integer::sum);
      Double lon = school.lon();
      Double lat = school.lat();
      if (lon != null && lat != null) {
        places.add(new double[] {lon, lat});
      }
    }
    Object geometry = boundaries.of(region.code());
    String source = "boundary";
    if (geometry == null) {
      List<double[]> ring = Hull.around(places);
      if (ring.isEmpty()) {
        return null;
      }
      geometry = new Polygon("Polygon", List.of(ring));
      source = "hull";
    }
    Counts found =
        new Counts(
            counts.getOrDefault(Outcome.MET, 0),
            counts.getOrDefault(Outcome.NOT_MET, 0),
            counts.getOrDefault(Outcome.INSUFFICIENT_DATA, 0),
            counts.getOrDefault(Outcome.NOT_APPLICABLE, 0)
                + counts.getOrDefault(Outcome.NO_RULE, 0));
    Area area =
        new Area(
            "area",
            region.code(),
            region.name(),
            region.nameEn(),
            region.level().name(),
            source,
            found);
    return new Feature("Feature", geometry, area);
  }
}

package org.rollcall.web.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.web.boundaries.Boundaries;
import org.rollcall.web.boundaries.BoundarySource;

/**
 * {@code GET /api/v1/map}: the region's direct divisions as areas and its schools as points,
 * GeoJSON (RFC 7946).
 */
final class MapCall implements Call {
  /** Above this the map holds areas alone. */
  private static final int MOST_POINTS = 2_000;

  private final District district;

  private final BoundarySource boundaries;

  MapCall(District district, BoundarySource boundaries) {
    this.district = district;
    this.boundaries = boundaries;
  }

  private record Feature(String type, Object geometry, Object properties) {}

  private record Point(String type, double[] coordinates) {}

  private record Polygon(String type, List<List<double[]>> coordinates) {}

  private record MultiPolygon(String type, List<List<List<double[]>>> coordinates) {}

  private record Counts(int met, int notMet, int insufficient, int notApplicable) {}

  /** Under which number the outlines were approved, and whose they are. */
  private record Approval(@Nullable String approvalNumber, @Nullable String source) {}

  private record Area(
      String kind,
      String code,
      String name,
      String nameEn,
      String level,
      String source,
      int schools,
      Counts counts) {
    boolean drawnAsGiven() {
      return source.equals("boundary");
    }
  }

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
    Boundaries known = boundaries.now();
    List<Feature> features = areas(view, region, rule, known);
    boolean drawn =
        features.stream().anyMatch(f -> f.properties() instanceof Area a && a.drawnAsGiven());
    Coverage.Tally whole = view.coverage(rule).tally(region.code());
    if (whole.schools() <= MOST_POINTS) {
      Chosen chosen = Chosen.of(view.profile(), rule);
      for (School school : view.schools(region.code())) {
        Double lon = school.lon();
        Double lat = school.lat();
        if (lon != null && lat != null) {
          features.add(mark(view, school, new double[] {lon, lat}, chosen, rule));
        }
      }
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("type", "FeatureCollection");
    map.put("region", region.code());
    map.put("profile", view.profile().id());
    map.put("at", view.at().toString());
    map.put("total", whole.schools());
    map.put("withoutCoordinates", whole.schools() - whole.placed());
    map.put("boundaries", drawn ? new Approval(known.approval(), known.source()) : null);
    map.put("features", features);
    return map;
  }

  /** The region's divisions, or itself when it has none. */
  private static List<Feature> areas(
      View view, Region region, @Nullable String rule, Boundaries known) {
    List<Region> divisions = view.register().children(region.code());
    Coverage coverage = view.coverage(rule);
    Outlines hulls = view.outlines();
    List<Feature> features = new ArrayList<>();
    for (Region division : divisions.isEmpty() ? List.of(region) : divisions) {
      Feature area = area(division, coverage.tally(division.code()), hulls, known);
      if (area != null) {
        features.add(area);
      }
    }
    return features;
  }

  private static Feature mark(
      View view, School school, double[] place, Chosen chosen, @Nullable String rule) {
    Standing headline = view.standing(school);
    Standing asked = view.standing(school, rule);
    Mark mark =
        new Mark(
            "school",
            school.code(),
            school.name(),
            school.nameEn(),
            school.tier(),
            view.outcome(school, chosen),
            asked.disputed(),
            headline.with(asked).outcomes(),
            view.state(school.code()));
    return new Feature("Feature", new Point("Point", place), mark);
  }

  private static @Nullable Feature area(
      Region region, Coverage.Tally tally, Outlines hulls, Boundaries known) {
    Boundaries.Outline outline = known.of(region.code());
    Object geometry;
    if (outline != null) {
      geometry =
          outline.polygons().size() == 1
              ? new Polygon("Polygon", outline.polygons().get(0))
              : new MultiPolygon("MultiPolygon", outline.polygons());
    } else {
      List<double[]> ring = hulls.ring(region.code());
      if (ring.isEmpty()) {
        return null;
      }
      geometry = new Polygon("Polygon", List.of(ring));
    }
    Area area =
        new Area(
            "area",
            region.code(),
            region.name(),
            region.nameEn(),
            region.level().name(),
            outline == null ? "hull" : "boundary",
            tally.schools(),
            new Counts(tally.met(), tally.notMet(), tally.insufficient(), tally.notApplicable()));
    return new Feature("Feature", geometry, area);
  }
}

package org.rollcall.web.boundaries;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outlines of areas in WGS-84, longitude first, by division code. Immutable; any thread.
 *
 * @param approval the map's approval number (审图号); null when it was given none
 * @param source who drew it, in words; null when nobody said
 */
public record Boundaries(
    Map<String, Outline> byCode, @Nullable String approval, @Nullable String source) {

  /**
   * One area.
   *
   * @param polygons of one or more; each has its outer ring and then its holes, every ring closed
   */
  public record Outline(List<List<List<double[]>>> polygons) {
    public Outline {
      polygons = List.copyOf(polygons);
    }

    /** How many places its rings are made of. */
    public int positions() {
      return polygons.stream().flatMap(List::stream).mapToInt(List::size).sum();
    }
  }

  public Boundaries {
    byCode = Map.copyOf(byCode);
  }

  /** No outline is known: areas are drawn around their schools. */
  public static Boundaries none() {
    return new Boundaries(Map.of(), null, null);
  }

  /** Null when there is none for this area. */
  public @Nullable Outline of(String code) {
    return byCode.get(code);
  }
}

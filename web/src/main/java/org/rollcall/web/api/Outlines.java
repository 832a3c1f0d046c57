package org.rollcall.web.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

/**
 * The hulls of all regions of a register: a township's from its schools, every other's from the
 * corners of those it holds, so that no school is looked at twice. Immutable; any thread.
 */
final class Outlines {
  private final Map<String, List<double[]>> rings;

  private Outlines(Map<String, List<double[]>> rings) {
    this.rings = Map.copyOf(rings);
  }

  static Outlines of(Register register) {
    Map<String, List<double[]>> points = new HashMap<>();
    register.regions().forEach(region -> points.put(region.code(), new ArrayList<>()));
    for (School school : register.schools()) {
      Double lon = school.lon();
      Double lat = school.lat();
      List<double[]> own = points.get(school.region());
      if (lon != null && lat != null && own != null) {
        own.add(new double[] {lon, lat});
      }
    }
    Map<String, List<double[]>> rings = new HashMap<>();
    List<Region> regions = register.regions();
    for (int i = regions.size() - 1; i >= 0; i--) {
      Region region = regions.get(i);
      List<double[]> corners = Hull.corners(points.getOrDefault(region.code(), List.of()));
      rings.put(region.code(), Hull.around(corners));
      List<double[]> parent = points.get(region.parent());
      if (parent != null) {
        parent.addAll(corners);
      }
    }
    return new Outlines(rings);
  }

  /** A closed ring; empty when no school of the region has coordinates. */
  List<double[]> ring(String region) {
    return rings.getOrDefault(region, List.of());
  }
}

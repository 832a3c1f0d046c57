package org.rollcall.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outlines of areas, from a GeoJSON file (RFC 7946, WGS-84): a FeatureCollection of polygons,
 * each with the area's division code as property {@code code}.
 */
public final class Boundaries {
  private final Map<String, JsonNode> byCode;

  private Boundaries(Map<String, JsonNode> byCode) {
    this.byCode = Map.copyOf(byCode);
  }

  /** No outline is known: areas are drawn around their schools. */
  public static Boundaries none() {
    return new Boundaries(Map.of());
  }

  /**
   * Reads a file.
   *
   * @throws IOException saying which feature cannot be used, and why
   */
  public static Boundaries read(Path file) throws IOException {
    JsonNode features = new ObjectMapper().readTree(file.toFile()).path("features");
    Map<String, JsonNode> byCode = new HashMap<>();
    for (int i = 0; i < features.size(); i++) {
      JsonNode code = features.get(i).path("properties").path("code");
      JsonNode geometry = features.get(i).path("geometry");
      String type = geometry.path("type").asText();
      if (!code.isTextual()) {
        throw new IOException(
            file + ": feature " + (i + 1) + " has no text property 'code': add its division code.");
      }
      if (!type.equals("Polygon") && !type.equals("MultiPolygon")) {
        throw new IOException(
            file + ": feature " + (i + 1) + " is no Polygon or MultiPolygon but '" + type + "'.");
      }
      byCode.put(code.asText(), geometry);
    }
    if (byCode.isEmpty()) {
      throw new IOException(file + " holds no feature: give a GeoJSON FeatureCollection.");
    }
    return new Boundaries(byCode);
  }

  /** The geometry as it stands in the file; null when the file has none for this area. */
  @Nullable JsonNode of(String code) {
    return byCode.get(code);
  }
}

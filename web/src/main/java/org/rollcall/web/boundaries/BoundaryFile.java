package org.rollcall.web.boundaries;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Crs;
import org.rollcall.web.boundaries.Boundaries.Outline;

/**
 * A GeoJSON file of outlines (RFC 7946): a FeatureCollection of polygons, each with the area's
 * division code as text property {@code code}. Beside the standard it may have the members {@code
 * approvalNumber} and {@code source}. All limits are project defaults: a province's counties fit in
 * many times over, and a file that was made to fill the memory does not.
 */
public final class BoundaryFile {
  /** Bytes of a file. */
  public static final long MOST_BYTES = 32L * 1024 * 1024;

  private static final int MOST_AREAS = 5_000;
  private static final int MOST_POSITIONS = 500_000;

  /** Of one area: more is nothing that a screen could show. */
  private static final int MOST_POSITIONS_OF_AREA = 20_000;

  /** A triangle, closed. */
  private static final int LEAST_POSITIONS = 4;

  private static final int LONGEST_TEXT = 200;

  /** Names that old files give to WGS-84, and to CGCS2000, which is the same within decimetres. */
  private static final Set<String> WGS84_NAMES =
      Set.of("CRS84", "OGC:CRS84", "EPSG:4326", "EPSG::4326", "EPSG:4490", "EPSG::4490");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Crs crs;
  private int positions;

  private BoundaryFile(Path file, Crs crs) {
    this.file = file;
    this.crs = crs;
  }

  /**
   * Reads and checks a whole file.
   *
   * @param crs the datum of its coordinates; what comes back is WGS-84
   * @throws IOException saying which file and feature cannot be used, and why
   */
  public static Boundaries read(Path file, Crs crs) throws IOException {
    return new BoundaryFile(file, crs).read();
  }

  private Boundaries read() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is no file: name a GeoJSON file.");
    }
    long bytes = Files.size(file);
    if (bytes > MOST_BYTES) {
      throw new IOException(
          file + " has " + bytes + " bytes, more than " + MOST_BYTES + ": simplify the outlines.");
    }
    JsonNode whole = parse();
    if (!whole.path("type").asText().equals("FeatureCollection")) {
      throw new IOException(file + " is no GeoJSON FeatureCollection.");
    }
    checkCrs(whole.path("crs"));
    JsonNode features = whole.path("features");
    if (features.isEmpty()) {
      throw new IOException(file + " holds no feature: give a GeoJSON FeatureCollection.");
    }
    if (features.size() > MOST_AREAS) {
      throw new IOException(
          file + " holds " + features.size() + " features, more than " + MOST_AREAS + ".");
    }
    Map<String, Outline> byCode = new LinkedHashMap<>();
    for (int i = 0; i < features.size(); i++) {
      String code = code(features.get(i), i);
      if (byCode.put(code, outline(features.get(i).path("geometry"), i)) != null) {
        throw fault(i, "names the area " + code + " a second time");
      }
    }
    return new Boundaries(byCode, text(whole, "approvalNumber"), text(whole, "source"));
  }

  private JsonNode parse() throws IOException {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + " is no whole JSON file (line " + line(e) + "): was it cut off?", e);
    }
  }

  private static long line(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  /** RFC 7946 knows WGS-84 alone; files of the older standard say so, or say something else. */
  private void checkCrs(JsonNode declared) throws IOException {
    if (declared.isMissingNode() || declared.isNull()) {
      return;
    }
    String name = declared.path("properties").path("name").asText();
    if (WGS84_NAMES.stream().noneMatch(name::endsWith)) {
      throw new IOException(
          file + " declares the coordinate system '" + name + "': turn it to WGS-84 first.");
    }
  }

  private @Nullable String text(JsonNode whole, String member) throws IOException {
    JsonNode value = whole.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > LONGEST_TEXT) {
      throw new IOException(file + ": " + member + " is no text of 1 to " + LONGEST_TEXT + ".");
    }
    return value.asText().strip();
  }

  private String code(JsonNode feature, int index) throws IOException {
    JsonNode code = feature.path("properties").path("code");
    if (!code.isTextual()) {
      throw fault(index, "has no text property 'code': add its division code");
    }
    return code.asText();
  }

  private Outline outline(JsonNode geometry, int index) throws IOException {
    String type = geometry.path("type").asText();
    JsonNode coordinates = geometry.path("coordinates");
    List<List<List<double[]>>> polygons = new ArrayList<>();
    if (type.equals("Polygon")) {
      polygons.add(polygon(coordinates, index));
    } else if (type.equals("MultiPolygon")) {
      for (JsonNode polygon : coordinates) {
        polygons.add(polygon(polygon, index));
      }
    } else {
      throw fault(index, "is no Polygon or MultiPolygon but '" + type + "'");
    }
    Outline outline = new Outline(polygons);
    if (outline.positions() == 0) {
      throw fault(index, "has no ring");
    }
    if (outline.positions() > MOST_POSITIONS_OF_AREA) {
      throw fault(
          index,
          "has "
              + outline.positions()
              + " positions, more than "
              + MOST_POSITIONS_OF_AREA
              + ": simplify the outline");
    }
    return outline;
  }

  private List<List<double[]>> polygon(JsonNode rings, int index) throws IOException {
    List<List<double[]>> polygon = new ArrayList<>();
    for (JsonNode ring : rings) {
      polygon.add(ring(ring, index));
    }
    return polygon;
  }

  private List<double[]> ring(JsonNode positionsOfRing, int index) throws IOException {
    positions += positionsOfRing.size();
    if (positions > MOST_POSITIONS) {
      throw new IOException(
          file + " has more than " + MOST_POSITIONS + " positions: simplify the outlines.");
    }
    List<double[]> ring = new ArrayList<>(positionsOfRing.size());
    for (JsonNode position : positionsOfRing) {
      ring.add(position(position, index));
    }
    if (ring.size() < LEAST_POSITIONS) {
      throw fault(index, "has a ring of fewer than " + LEAST_POSITIONS + " positions");
    }
    double[] first = ring.get(0);
    double[] last = ring.get(ring.size() - 1);
    if (first[0] != last[0] || first[1] != last[1]) {
      throw fault(index, "has a ring that is not closed: its last position is not its first");
    }
    return ring;
  }

  private double[] position(JsonNode position, int index) throws IOException {
    JsonNode lon = position.path(0);
    JsonNode lat = position.path(1);
    if (!lon.isNumber() || !lat.isNumber()) {
      throw fault(index, "has a position that is not two numbers");
    }
    Crs.Point point = new Crs.Point(lon.asDouble(), lat.asDouble());
    if (!point.isInChina()) {
      throw fault(
          index,
          "has the position "
              + lon.asText()
              + ", "
              + lat.asText()
              + ", which is not in China: are these degrees, longitude first?");
    }
    Crs.Point wgs = crs.toWgs84(point);
    return new double[] {rounded(wgs.lon()), rounded(wgs.lat())};
  }

  /** To a tenth of a metre, so that a converted file is no longer than what it came from. */
  private static double rounded(double degrees) {
    return Math.round(degrees * 1e6) / 1e6;
  }

  private IOException fault(int index, String what) {
    return new IOException(file + ": feature " + (index + 1) + " " + what + ".");
  }

  /** Writes outlines to a file, which holds either what it held before or all of them. */
  public static void write(Boundaries boundaries, Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try (JsonGenerator json = JSON.createGenerator(Files.newOutputStream(part))) {
      json.writeStartObject();
      json.writeStringField("type", "FeatureCollection");
      writeText(json, "approvalNumber", boundaries.approval());
      writeText(json, "source", boundaries.source());
      json.writeArrayFieldStart("features");
      for (Map.Entry<String, Outline> area : boundaries.byCode().entrySet()) {
        json.writeStartObject();
        json.writeStringField("type", "Feature");
        json.writeObjectField("properties", Map.of("code", area.getKey()));
        json.writeObjectField(
            "geometry", Map.of("type", "MultiPolygon", "coordinates", area.getValue().polygons()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void writeText(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}

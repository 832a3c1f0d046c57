package org.rollcall.web.boundaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;

class BoundaryFileTest {
  private static final String GOOD =
      "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\","
          + " \"properties\": {\"code\": \"440307\"}, \"geometry\": {\"type\": \"Polygon\","
          + " \"coordinates\": [[[114.1, 22.6], [114.4, 22.6], [114.4, 22.8], [114.1, 22.6]]]}}]}";

  private static final BoundaryImport.Label UNLABELLED =
      new BoundaryImport.Label(null, false, null);

  private static final Register REGISTER =
      new Register(
          1,
          List.of(new Region("440307", "龙岗区", "Longgang", Region.Level.COUNTY, null)),
          List.of());

  @TempDir private Path folder;

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("areas.geojson"), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"type\": \"FeatureCollection\", \"features\": []} | holds no feature",
        "{\"type\": \"Topology\"} | is no GeoJSON FeatureCollection",
        "[1, 2] | is no GeoJSON FeatureCollection",
      })
  void whatIsNoCollectionIsRefused(String text, String sentence) throws Exception {
    Path file = file(text);
    assertThatThrownBy(() -> BoundaryFile.read(file, Crs.WGS84)).hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"code\": \"440307\" | \"code\": 440307 | feature 1 has no text property 'code'",
        "Polygon | Point | feature 1 is no Polygon",
        "[114.1, 22.6]]] | [114.1, 22.61]]] | a ring that is not closed",
        "[114.4, 22.6], [114.4, 22.8], | | a ring of fewer than 4 positions",
        "[114.4, 22.8] | [\"114.4\", 22.8] | a position that is not two numbers",
        "[114.4, 22.8] | [22.8, 114.4] | which is not in China",
        "[114.4, 22.8] | [12735000, 2605000] | which is not in China",
        "{\"type\": \"FeatureCollection\", | {\"type\": \"FeatureCollection\", \"crs\": {\"properties\":"
            + " {\"name\": \"urn:ogc:def:crs:EPSG::3857\"}}, | declares the coordinate system",
        "{\"type\": \"FeatureCollection\", | {\"type\": \"FeatureCollection\", \"approvalNumber\": 7, |"
            + " approvalNumber is no text",
      })
  void oneFaultIsToldWithItsPlace(String of, String instead, String sentence) throws Exception {
    Path file = file(GOOD.replace(of, instead == null ? "" : instead));
    assertThatThrownBy(() -> BoundaryFile.read(file, Crs.WGS84)).hasMessageContaining(sentence);
  }

  @Test
  void aFileThatWasCutOffIsRefusedWhereverItEnds() throws Exception {
    for (int end = 0; end < GOOD.length(); end++) {
      Path file = file(GOOD.substring(0, end));
      assertThatThrownBy(() -> BoundaryFile.read(file, Crs.WGS84))
          .as("%d characters", end)
          .isInstanceOf(java.io.IOException.class);
    }
  }

  @Test
  void aFileTooLargeIsRefusedUnread() throws Exception {
    Path file = folder.resolve("huge.geojson");
    try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(BoundaryFile.MOST_BYTES + 1);
    }
    assertThatThrownBy(() -> BoundaryFile.read(file, Crs.WGS84))
        .hasMessageContaining("simplify the outlines");
  }

  @Test
  void anAreaOfTooManyPositionsIsRefused() throws Exception {
    String many = "[114.2, 22.7], ".repeat(20_001);
    Path file = file(GOOD.replace("[114.4, 22.6],", "[114.4, 22.6], " + many));
    assertThatThrownBy(() -> BoundaryFile.read(file, Crs.WGS84))
        .hasMessageContaining("simplify the outline");
  }

  @Test
  void aDeepNestIsRefusedAndDoesNotEndTheProcess() throws Exception {
    Path file = file(GOOD.replace("[[[114.1", "[".repeat(100_000) + "[[[114.1"));
    assertThatThrownBy(() -> BoundaryFile.read(file, Crs.WGS84))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void theSameAreaTwiceIsRefused() throws Exception {
    String feature = GOOD.substring(GOOD.indexOf('[') + 1, GOOD.length() - 2);
    Path file = file(GOOD.replace("]}}]}", "]}}, " + feature + "]}"));
    assertThatThrownBy(() -> BoundaryFile.read(file, Crs.WGS84))
        .hasMessageContaining("feature 2 names the area 440307 a second time");
  }

  @Test
  void shiftedCoordinatesAreTurnedBack() throws Exception {
    Crs.Point shifted = Crs.GCJ02.fromWgs84(new Crs.Point(114.4, 22.8));
    Path file =
        file(GOOD.replace("[114.4, 22.8]", "[%s, %s]".formatted(shifted.lon(), shifted.lat())));
    Boundaries.Outline outline =
        Objects.requireNonNull(BoundaryFile.read(file, Crs.GCJ02).of("440307"));
    double[] corner = outline.polygons().get(0).get(0).get(2);
    assertThat(corner[0]).isCloseTo(114.4, within(1e-6));
    assertThat(corner[1]).isCloseTo(22.8, within(1e-6));
  }

  @Test
  void anUnknownAreaIsRefused() throws Exception {
    Path file = file(GOOD.replace("440307", "440399"));
    assertThatThrownBy(() -> BoundaryImport.check(file, Crs.WGS84, UNLABELLED, REGISTER))
        .hasMessageContaining("440399")
        .hasMessageContaining("not in the register");
  }

  @Test
  void withoutAnApprovalNumberNothingIsTakenUnlessThatIsSaidAloud() throws Exception {
    Path file = file(GOOD);
    assertThatThrownBy(() -> BoundaryImport.check(file, Crs.WGS84, UNLABELLED, REGISTER))
        .hasMessageContaining("--approval")
        .hasMessageContaining("--unapproved");
    assertThatThrownBy(
            () ->
                BoundaryImport.check(
                    file, Crs.WGS84, new BoundaryImport.Label("yes", false, null), REGISTER))
        .hasMessageContaining("is no approval number");
    assertThatThrownBy(
            () ->
                BoundaryImport.check(
                    file, Crs.WGS84, new BoundaryImport.Label("GS(2024)1号", true, null), REGISTER))
        .hasMessageContaining("contradicts");
    Boundaries said =
        BoundaryImport.check(
            file, Crs.WGS84, new BoundaryImport.Label(null, true, "测绘院"), REGISTER);
    assertThat(said.approval()).isNull();
    assertThat(said.source()).isEqualTo("测绘院");
    assertThat(BoundaryImport.told(said, REGISTER, false, Locale.SIMPLIFIED_CHINESE))
        .contains("未经审图");
  }

  @Test
  void whatWasWrittenIsReadAgainWithItsNumberAndANewFileIsNoticed() throws Exception {
    BoundarySource source = BoundarySource.open(null, folder);
    assertThat(source.now().byCode()).isEmpty();
    Boundaries good =
        BoundaryImport.check(
            file(GOOD), Crs.WGS84, new BoundaryImport.Label("粤S(2023)001号", false, null), REGISTER);
    Path imported = BoundarySource.imported(folder);
    BoundaryFile.write(good, imported);
    assertThat(source.now().approval()).isEqualTo("粤S(2023)001号");
    assertThat(source.now().of("440307")).isNotNull();
    Files.writeString(imported, GOOD.substring(0, 100));
    Files.setLastModifiedTime(imported, FileTime.fromMillis(1));
    assertThat(source.now().of("440307")).as("what was known stays").isNotNull();
    Files.delete(imported);
    assertThat(source.now().byCode()).isEmpty();
  }

  @Test
  void aNamedFileThatIsNotThereKeepsTheServerFromStarting() {
    assertThatThrownBy(() -> BoundarySource.open(folder.resolve("none.geojson"), folder))
        .hasMessageContaining("is no file");
  }
}

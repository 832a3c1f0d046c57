package org.rollcall.web.boundaries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Crs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outlines as the file has them now: read again when it is another one, without a restart. A
 * file that cannot be used leaves what was known and is told once. Any thread.
 */
public final class BoundarySource {
  private static final Logger LOG = LoggerFactory.getLogger(BoundarySource.class);

  private final Path file;
  private @Nullable FileTime seen;
  private Boundaries known = Boundaries.none();

  private BoundarySource(Path file) {
    this.file = file;
  }

  /**
   * What the settings name, or else what {@code ./rollcall import boundaries} leaves.
   *
   * @param named a file that must be there; null when the settings name none
   * @throws IOException if there is a file that cannot be used
   */
  public static BoundarySource open(@Nullable Path named, Path data) throws IOException {
    BoundarySource source = new BoundarySource(named == null ? imported(data) : named);
    if (named != null || Files.exists(source.file)) {
      source.seen = modified(source.file);
      source.known = BoundaryFile.read(source.file, Crs.WGS84);
    }
    return source;
  }

  /** Where a data folder keeps imported outlines. */
  public static Path imported(Path data) {
    return data.resolve("boundaries.geojson");
  }

  /** What is in the file; asks the file system whether it changed. */
  public synchronized Boundaries now() {
    try {
      FileTime time = modified(file);
      if (time == null || !time.equals(seen)) {
        seen = time;
        known = time == null ? Boundaries.none() : BoundaryFile.read(file, Crs.WGS84);
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("The outlines of areas cannot be read; the map keeps those it had");
    }
    return known;
  }

  private static @Nullable FileTime modified(Path file) throws IOException {
    return Files.exists(file) ? Files.getLastModifiedTime(file) : null;
  }
}

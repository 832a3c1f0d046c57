package org.rollcall.agent.uplink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.rollcall.agent.spool.SpooledReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps reports the collector will never take, for whoever looks into it: a file each, at most
 * {@value #MOST}; beyond that they are only counted.
 */
final class RefusedReports {
  static final int MOST = 200;

  private static final Logger LOG = LoggerFactory.getLogger(RefusedReports.class);

  private final Path folder;

  RefusedReports(Path folder) {
    this.folder = folder;
  }

  void keep(SpooledReport report, int code) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(folder)) {
        if (files.count() >= MOST) {
          return;
        }
      }
      String name = String.format(Locale.ROOT, "%019d-%02x.report", report.position(), code);
      Files.write(folder.resolve(name), report.bytes());
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("folder", folder)
          .addKeyValue("detail", e.toString())
          .log("Refused report could not be kept");
    }
  }
}

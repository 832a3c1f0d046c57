package org.rollcall.collector.evidence;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a closed day holds of each school, by code: its root, and where its records lie.
 *
 * @param schools in the order of the day's tree
 */
record DayIndex(List<Entry> schools) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A school's part.
   *
   * @param offset of its deflated records in the file
   * @param length of them, bytes
   * @param from the earliest time its reports speak of, milliseconds since 1970
   * @param to the latest; below {@code from} where they speak of none
   */
  record Entry(
      String school, long records, String root, long offset, long length, long from, long to) {

    SchoolRoot schoolRoot() {
      return new SchoolRoot(school, records, root);
    }

    EvidenceReports.Span span() {
      return new EvidenceReports.Span(from, to);
    }
  }

  DayIndex {
    schools = List.copyOf(schools);
  }

  List<byte[]> leaves() {
    return schools.stream().map(entry -> entry.schoolRoot().leaf()).toList();
  }

  void write(Path file) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      JSON.writeValue(out, schools);
    }
  }

  static DayIndex read(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new DayIndex(JSON.readValue(in, new TypeReference<List<Entry>>() {}));
    }
  }
}

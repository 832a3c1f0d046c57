package org.rollcall.collector.proof;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import org.rollcall.collector.evidence.EvidenceFiles.SchoolPart;

/** How a school's records of a day, and what proves them, are written into a proof. */
final class RecordFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordFiles() {}

  /**
   * Where a school's tree stands in the day's.
   *
   * @param records leaves of the school's tree
   * @param root of the school's tree
   * @param index of the school's leaf in the day's tree
   * @param path from there to the head's root; all in hexadecimal
   */
  record Place(String school, long records, String root, int index, List<String> path) {
    static Place of(SchoolPart part) {
      return new Place(
          part.root().school(),
          part.root().records(),
          part.root().root(),
          part.index(),
          part.path().stream().map(HexFormat.of()::formatHex).toList());
    }

    byte[] write() {
      try {
        return JSON.writeValueAsBytes(this);
      } catch (JacksonException e) {
        throw new IllegalStateException("BUG: a place cannot be written", e);
      }
    }

    static Place read(byte[] bytes) throws IOException {
      return JSON.readValue(bytes, Place.class);
    }
  }

  static String records(String school, LocalDate day) {
    return "evidence/" + school + "/" + day + ".records";
  }

  static String place(String school, LocalDate day) {
    return "evidence/" + school + "/" + day + ".place.json";
  }

  static String head(LocalDate day) {
    return "heads/" + day + ".head";
  }

  static String signature(LocalDate day) {
    return "heads/" + day + ".head.sig";
  }
}

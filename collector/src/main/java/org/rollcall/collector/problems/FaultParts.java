package org.rollcall.collector.problems;

import java.util.ArrayList;
import java.util.List;

/** The broken parts of a projector in {@code faultBits}, as docs/wire-protocol.md lays them out. */
final class FaultParts {
  private static final List<String> PARTS =
      List.of("fan", "lamp", "temperature", "cover", "filter", "other");

  private FaultParts() {}

  /** Names of the parts with an error, not only a warning, joined by commas; may be empty. */
  static String errors(int bits) {
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < PARTS.size(); i++) {
      if (((bits >> (2 * i)) & 2) != 0) {
        broken.add(PARTS.get(i));
      }
    }
    return String.join(",", broken);
  }
}

package org.rollcall.collector.sheet;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rollcall.collector.judge.Reason;

/**
 * Every reason a mark can have, with the parameters its sentence uses. A code is the constant's
 * name in lower case with hyphens.
 */
enum SheetReason {
  NO_LESSONS("calendar"),
  CALENDAR_SILENT("calendar"),
  NOT_BEGUN(),
  ALL_PLANNED("planned"),
  DAY_MISSING(),
  FEW_KNOWN("known", "asked", "neededKnown"),

  LINE_PRESENT("up", "known", "percent", "needed"),
  LINE_ABSENT("up", "known", "percent", "needed"),
  LINE_UNSEEN(),
  CAMPUS_DECIDES("campuses", "campus"),
  VERDICT_DISPUTED("named"),

  CLASS_PRESENT("up", "samples"),
  CLASS_ABSENT("samples"),
  CLASS_UNSEEN(),
  CLASS_WITHOUT_PLATFORM(),
  CLASS_UNREGISTERED(),
  CLASS_NEVER_SEEN("days"),

  SEAT_PRESENT("up", "samples"),
  SEAT_ABSENT("samples"),
  SEAT_UNSEEN(),
  SEAT_NEVER_SEEN("days"),
  ROOM_UNUSED();

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> params;

  SheetReason(String... params) {
    this.params = List.of(params);
  }

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  List<String> params() {
    return params;
  }

  /** The reason with its parameters, in the order in which they are declared. */
  Reason with(Object... values) {
    if (values.length != params.size()) {
      throw new IllegalStateException(
          "BUG: the reason " + code() + " takes " + params + ", not " + List.of(values));
    }
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      named.put(params.get(i), values[i].toString());
    }
    return new Reason(code(), named);
  }
}

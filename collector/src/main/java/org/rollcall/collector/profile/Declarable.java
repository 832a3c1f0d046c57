package org.rollcall.collector.profile;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be declared, as far as a rule that asks for it must fit. */
final class Declarable {
  /** What its values look like. */
  enum Kind {
    YES_NO,
    COUNT,
    PAIR,
    NUMBER
  }

  private static final Map<String, Kind> KINDS = new HashMap<>();

  static {
    for (String id :
        new String[] {
          "standardised-school",
          "equipment-standard",
          "e-administration",
          "experimental-school",
          "cooperation-demonstration",
          "plan-in-policy",
          "leaders-assessed",
          "one-course",
          "private-assessed",
          "feature-school",
          "contest",
          "community-member"
        }) {
      KINDS.put(id, Kind.YES_NO);
    }
    for (String id :
        new String[] {
          "teachers-45-multimedia",
          "it-course",
          "cooperation-months",
          "training-intermediate",
          "training-basic"
        }) {
      KINDS.put(id, Kind.PAIR);
    }
    KINDS.put("cooperation", Kind.COUNT);
  }

  private Declarable() {}

  static @Nullable Kind kind(String id) {
    return KINDS.get(id);
  }

  /** Whether a region declares it, and no school. */
  static boolean ofRegion(String id) {
    return id.equals("plan-in-policy") || id.equals("leaders-assessed");
  }
}

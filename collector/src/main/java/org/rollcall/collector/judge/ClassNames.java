package org.rollcall.collector.judge;

import java.util.Collection;
import java.util.stream.Collectors;

/** How classes are named in verdicts. */
final class ClassNames {
  /** So many are named in a sentence, the others counted. */
  static final int NAMED = 10;

  private ClassNames() {}

  /** A class as the school calls it, with its campus in front where there are several. */
  static String of(JudgeInput input, Site site, String name) {
    return input.campuses().isEmpty() ? name : site.label() + " " + name;
  }

  /** The first of them, as a list in a reason. */
  static String some(Collection<String> names) {
    return names.stream()
        .limit(NAMED)
        .map(name -> name.replace(ReasonCode.LIST, "/"))
        .collect(Collectors.joining(ReasonCode.LIST));
  }
}

package org.rollcall.collector.discovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Guesses what a device is from how it was found and what it says of itself. Words are ours. */
final class Suggestion {
  /** The first kind with a word in the description wins. */
  private static final Map<String, List<String>> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("printer", List.of("printer", "laserjet", "officejet", "打印"));
    WORDS.put("projector", List.of("projector", "pjlink", "投影"));
    WORDS.put(
        "switch",
        List.of("switch", "comware", "vrp", "ios software", "ruijie", "catalyst", "des-", "交换"));
    WORDS.put("pc", List.of("windows", "linux", "ubuntu", "uos", "kylin", "android"));
  }

  private Suggestion() {}

  static String kind(List<String> foundBy, String description) {
    if (foundBy.contains("pjlink")) {
      return "projector";
    }
    String text = description.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, List<String>> kind : WORDS.entrySet()) {
      if (kind.getValue().stream().anyMatch(text::contains)) {
        return kind.getKey();
      }
    }
    return foundBy.contains("lldp") ? "switch" : "";
  }
}

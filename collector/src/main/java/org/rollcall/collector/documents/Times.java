package org.rollcall.collector.documents;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.rollcall.collector.registry.Registry;

/** Times as documents print them. */
final class Times {
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private Times() {}

  /** An instant in the zone of the schools; a day as it stands. */
  static String local(String text) {
    return text.endsWith("Z") ? local(Instant.parse(text)) : text;
  }

  static String local(Instant time) {
    return MINUTE.format(time.atZone(Registry.ZONE));
  }
}

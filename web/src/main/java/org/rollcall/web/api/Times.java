package org.rollcall.web.api;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as the API writes them: ISO-8601 to the second, with the schools' offset. */
final class Times {
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private Times() {}

  static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : known(time);
  }

  static String known(Instant time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        time.truncatedTo(ChronoUnit.SECONDS).atZone(ZONE));
  }

  static String ofMillis(long millis) {
    return known(Instant.ofEpochMilli(millis));
  }
}

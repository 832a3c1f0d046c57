package org.rollcall.simulator.faults;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.rollcall.protocol.v1.Observation;

/**
 * What an agent of a fault run sees: every subject once a step, a step every {@value #STEP_MILLIS}
 * ms of a time that runs far faster than the clock and holds the hours of lessons of weekdays
 * alone. Whether a subject is up follows from the time, so that every figure made of it can be
 * checked.
 *
 * @param firstMonday the day of step 0
 * @param subjects how many: the line, and computers
 */
record Plan(LocalDate firstMonday, int subjects) {
  static final long STEP_MILLIS = 20_000;
  static final String LINE = "link:wan";
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** 08:00 to 16:50, as the demo's calendar has lessons. */
  static final LocalTime BEGIN = LocalTime.of(8, 0);

  static final int STEPS_A_DAY = 530 * 3;
  private static final int WEEKDAYS = 5;
  private static final long HOUR = 3_600_000;

  Plan {
    if (subjects < 1 || subjects > 200) {
      throw new IllegalArgumentException("A step has 1 to 200 subjects, not " + subjects + ".");
    }
  }

  /** Milliseconds since 1970 of a step, by a right clock. */
  long timeOf(long step) {
    long day = step / STEPS_A_DAY;
    LocalDate date = firstMonday.plusDays(day / WEEKDAYS * 7 + day % WEEKDAYS);
    long begin = date.atTime(BEGIN).atZone(ZONE).toInstant().toEpochMilli();
    return begin + step % STEPS_A_DAY * STEP_MILLIS;
  }

  static boolean isUp(long millis) {
    return millis / HOUR % 2 == 0;
  }

  String subject(int number) {
    return number == 0 ? LINE : "pc:r%03d".formatted(number);
  }

  List<Observation> seen(long millis) {
    List<Observation> seen = new ArrayList<>(subjects);
    for (int number = 0; number < subjects; number++) {
      seen.add(
          Observation.newBuilder()
              .setSubject(subject(number))
              .setTimeMillis(millis)
              .putMeasures("up", isUp(millis) ? 1 : 0)
              .putMeasures("uptimeSeconds", (double) (millis % 100_000))
              .build());
    }
    return seen;
  }
}

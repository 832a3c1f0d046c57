package org.rollcall.simulator.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.rollcall.simulator.bench.AlertFault.Kind;

/**
 * The faults of a school day in a district, by a seed. Each school has one at most, so that it can
 * be said which alert is whose; a fault begins in school time and lasts long enough to be told.
 */
final class AlertDay {
  /** Schools of a township. */
  static final int TOWNSHIP = 50;

  private static final int HOUR = 60;
  private final Random random;
  private final int schools;
  private final Set<Integer> used = new HashSet<>();
  private final List<AlertFault> faults = new ArrayList<>();

  private AlertDay(int schools, long seed) {
    this.schools = schools;
    this.random = new Random(seed);
  }

  /**
   * Faults for that many schools, 500 at least.
   *
   * @return those that are causes and those that are none
   */
  static List<AlertFault> of(int schools, long seed) {
    AlertDay day = new AlertDay(schools, seed);
    int share = schools / 100;
    day.area(0, 8 * HOUR + 20);
    day.area(3, 14 * HOUR + 40);
    day.isp(1, 0, 9 * HOUR + 10);
    day.isp(5, 1, 10 * HOUR + 30);
    day.isp(7, 2, 15 * HOUR);
    day.some(Kind.LINE_CUT, 2 * share, 20, 180);
    day.some(Kind.POWER, share, 20, 120);
    day.some(Kind.LINE_DOWN, 2 * share, 10, 180);
    day.some(Kind.NETWORK, share, 15, 90);
    day.some(Kind.DEVICE, 4 * share, 40, 400);
    day.some(Kind.SWITCH, share, 15, 120);
    day.some(Kind.FLAPPING, Math.max(1, share / 2), 60, 90);
    day.some(Kind.BLIP, 5 * share, 1, 3);
    day.evening(10 * share);
    day.faults.add(
        new AlertFault(
            Kind.SERVER, IntStream.range(0, schools).boxed().toList(), 12 * HOUR, 12 * HOUR + 25));
    return List.copyOf(day.faults);
  }

  /** Number of the ISP of a school: three in every township. */
  static int isp(int school) {
    return school % 3;
  }

  private void area(int township, int from) {
    List<Integer> hit =
        IntStream.range(township * TOWNSHIP, (township + 1) * TOWNSHIP).boxed().toList();
    used.addAll(hit);
    faults.add(new AlertFault(Kind.AREA, hit, from, from + 50));
  }

  private void isp(int township, int isp, int from) {
    List<Integer> hit =
        IntStream.range(township * TOWNSHIP, (township + 2) * TOWNSHIP)
            .filter(school -> isp(school) == isp && !used.contains(school))
            .boxed()
            .toList();
    used.addAll(hit);
    faults.add(new AlertFault(Kind.ISP, hit, from, from + 45));
  }

  private void some(Kind kind, int n, int least, int most) {
    for (int i = 0; i < n; i++) {
      int from = 7 * HOUR + 30 + random.nextInt(4 * HOUR);
      int length = least + random.nextInt(most - least + 1);
      // Not while this server hears nobody: then nothing can be known of a school.
      int to = Math.min(from + length, 11 * HOUR + 55);
      if (to - from < least) {
        from = 13 * HOUR + random.nextInt(2 * HOUR);
        to = Math.min(from + length, 17 * HOUR);
      }
      faults.add(new AlertFault(kind, List.of(unused()), from, to));
    }
  }

  private void evening(int n) {
    for (int i = 0; i < n; i++) {
      faults.add(
          new AlertFault(
              Kind.EVENING, List.of(unused()), 17 * HOUR + 10 + random.nextInt(HOUR), 24 * HOUR));
    }
  }

  private int unused() {
    int school = random.nextInt(schools);
    while (!used.add(school)) {
      school = (school + 1) % schools;
    }
    return school;
  }
}

package org.rollcall.collector.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.rollcall.collector.proof.Check.Kind;
import org.rollcall.collector.proof.Check.Result;
import org.rollcall.protocol.v1.Observation;

/**
 * Holds tests of lines against what the lines' ports say of themselves. Its numbers are project
 * defaults. Not thread-safe.
 */
final class LineLook {
  /** How much above the port's speed is still rounding. */
  static final double ABOVE_PORT = 1.05;

  /** The share of a test's bits that the port must have counted. */
  static final double COUNTED_SHARE = 0.5;

  /** Closer than this is the same building. */
  static final double NEAR_MILLIS = 0.5;

  /** So many tests before equal figures mean anything. */
  static final int REPEATED_TESTS = 10;

  /** The share of tests with the same figure that is too many. */
  static final double REPEATED_SHARE = 0.5;

  /** A test's traffic lies within this of its time, either way. */
  private static final long AROUND_MILLIS = 20_000;

  private final Map<String, TreeMap<Long, Counted>> counted = new HashMap<>();
  private final Map<String, Double> ports = new HashMap<>();
  private final Map<String, TreeMap<Long, Test>> tests = new HashMap<>();
  private int ratesAbovePort;
  private int rates;

  /** What a port counted in the interval that ended then. */
  private record Counted(long millis, double bits) {}

  private record Test(double download, double seconds, double rttMillis) {}

  void add(String school, Observation seen) {
    String subject = seen.getSubject();
    if (subject.startsWith("link:")) {
      link(school + subject.substring("link:".length()), seen);
    } else if (subject.startsWith("throughput:")) {
      double download = seen.getMeasuresOrDefault("downloadBitsPerSecond", Double.NaN);
      double seconds = seen.getMeasuresOrDefault("transferSeconds", Double.NaN);
      if (download > 0 && seconds > 0) {
        tests
            .computeIfAbsent(
                school + subject.substring("throughput:".length()), l -> new TreeMap<>())
            .put(
                seen.getTimeMillis(),
                new Test(download, seconds, seen.getMeasuresOrDefault("rttMillis", Double.NaN)));
      }
    }
  }

  private void link(String line, Observation seen) {
    double speed = seen.getMeasuresOrDefault("speedBitsPerSecond", Double.NaN);
    double in = seen.getMeasuresOrDefault("inBitsPerSecond", Double.NaN);
    double seconds = seen.getMeasuresOrDefault("intervalSeconds", Double.NaN);
    if (speed > 0) {
      ports.merge(line, speed, Math::max);
    }
    if (in >= 0 && seconds > 0) {
      counted
          .computeIfAbsent(line, l -> new TreeMap<>())
          .put(seen.getTimeMillis(), new Counted((long) (seconds * 1_000), in * seconds));
      rates++;
      ratesAbovePort += speed > 0 && in > ABOVE_PORT * speed ? 1 : 0;
    }
  }

  List<Check> close() {
    int all = 0;
    int above = 0;
    int told = 0;
    int unseen = 0;
    int near = 0;
    int withRtt = 0;
    Map<Double, Integer> figures = new HashMap<>();
    for (Map.Entry<String, TreeMap<Long, Test>> line : tests.entrySet()) {
      double port = ports.getOrDefault(line.getKey(), Double.POSITIVE_INFINITY);
      NavigableMap<Long, Counted> counts = counted.getOrDefault(line.getKey(), new TreeMap<>());
      for (Map.Entry<Long, Test> one : line.getValue().entrySet()) {
        Test test = one.getValue();
        all++;
        above += test.download() > ABOVE_PORT * port ? 1 : 0;
        double bits = bits(counts, one.getKey());
        told += bits >= 0 ? 1 : 0;
        unseen += bits >= 0 && bits < COUNTED_SHARE * test.download() * test.seconds() ? 1 : 0;
        withRtt += test.rttMillis() >= 0 ? 1 : 0;
        near += test.rttMillis() < NEAR_MILLIS ? 1 : 0;
        figures.merge(test.download(), 1, Integer::sum);
      }
    }
    int most = figures.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    List<Check> checks = new ArrayList<>();
    checks.add(
        check(
            Kind.FASTER_THAN_PORT,
            !ports.isEmpty(),
            above + ratesAbovePort,
            Map.of("found", n(above + ratesAbovePort), "of", n(all + rates))));
    checks.add(
        check(Kind.TEST_NOT_ON_LINE, told > 0, unseen, Map.of("found", n(unseen), "of", n(told))));
    checks.add(
        check(
            Kind.TEST_SERVER_INSIDE,
            withRtt > 0,
            near,
            Map.of("found", n(near), "of", n(withRtt), "millis", String.valueOf(NEAR_MILLIS))));
    boolean repeated = all >= REPEATED_TESTS && most > REPEATED_SHARE * all;
    checks.add(
        check(
            Kind.REPEATED_FIGURES,
            all >= REPEATED_TESTS,
            repeated ? most : 0,
            Map.of("found", n(most), "of", n(all))));
    return checks;
  }

  /** What the port counted in the intervals around that time; below 0 where none is told. */
  private static double bits(NavigableMap<Long, Counted> counts, long time) {
    double bits = -1;
    long from = time - AROUND_MILLIS;
    long to = time + AROUND_MILLIS;
    for (Map.Entry<Long, Counted> one : counts.tailMap(from, true).entrySet()) {
      if (one.getKey() - one.getValue().millis() >= to) {
        break;
      }
      bits = Math.max(bits, 0) + one.getValue().bits();
    }
    return bits;
  }

  private static String n(int number) {
    return Integer.toString(number);
  }

  private static Check check(Kind kind, boolean tells, int found, Map<String, String> params) {
    Result result = !tells ? Result.UNKNOWN : found > 0 ? Result.FOUND : Result.CLEAR;
    return Check.of(kind, result, params);
  }
}

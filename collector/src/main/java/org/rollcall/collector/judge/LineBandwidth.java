package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.LineTest;
import org.rollcall.collector.day.SchoolDay.LinkDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.judge.Part.State;
import org.rollcall.collector.profile.Parameters;

/**
 * Whether one line has the bandwidth of a target T. Three facts are never mixed: the port's speed,
 * the contract and what was measured. In this order:
 *
 * <ol>
 *   <li>A port slower than T decides at once: it is an upper bound.
 *   <li>Enough valid tests decide by their median: at least T, or at least the allowance's share of
 *       T with a contract that is not below T or not declared.
 *   <li>Enough whole poll intervals in which the line itself carried T decide for it, never against
 *       it: traffic is a lower bound (this use of it is a project default).
 *   <li>Otherwise nothing is known.
 * </ol>
 */
final class LineBandwidth {
  private final String line;
  private final Parameters parameters;
  private final BigDecimal target;
  private final String targetMbps;
  private final List<LineTest> tests = new ArrayList<>();
  private final Set<LocalDate> testDays = new HashSet<>();
  private final List<Long> rates = new ArrayList<>();
  private final List<Long> bestOfSchoolDays = new ArrayList<>();
  private final Set<LocalDate> rateDays = new HashSet<>();
  private int testsLeftOut;
  private int carried;
  private long port;
  private long minutesUp;
  private long minutesDown;

  /**
   * @param line the name behind the colon of {@code link:} and {@code throughput:}
   * @param days the window's days
   */
  LineBandwidth(String line, List<SchoolDay> days, double targetMbps, Parameters parameters) {
    this.line = line;
    this.parameters = parameters;
    this.target = Figures.bits(targetMbps);
    this.targetMbps = Figures.text(targetMbps);
    for (SchoolDay day : days) {
      SubjectDay link = day.find("link:" + line);
      if (link != null) {
        link(day, link);
      }
      SubjectDay throughput = day.find("throughput:" + line);
      if (throughput != null) {
        tests(day, throughput);
      }
    }
    rates.sort(Collections.reverseOrder());
    bestOfSchoolDays.sort(Collections.reverseOrder());
  }

  private void link(SchoolDay day, SubjectDay subject) {
    minutesUp += subject.lessonMinutesUp();
    minutesDown += subject.lessonMinutesDown();
    LinkDay link = subject.link();
    if (link == null) {
      return;
    }
    Long speed = link.maxSpeedBits();
    port = Math.max(port, speed == null ? 0 : speed);
    rates.addAll(link.fastestInBits());
    if (day.schoolDay() && !link.fastestInBits().isEmpty()) {
      bestOfSchoolDays.add(link.fastestInBits().get(0));
    }
    for (long rate : link.fastestInBits()) {
      if (BigDecimal.valueOf(rate).compareTo(target) >= 0) {
        carried++;
        if (day.schoolDay()) {
          rateDays.add(day.date());
        }
      }
    }
  }

  private void tests(SchoolDay day, SubjectDay subject) {
    for (LineTest test : subject.tests()) {
      Double used = test.utilisation();
      boolean valid =
          test.transferSeconds() >= parameters.minTransferSeconds().value()
              && (used == null || used < parameters.maxUtilisation().value());
      if (!valid) {
        testsLeftOut++;
        continue;
      }
      tests.add(test);
      if (day.schoolDay()) {
        testDays.add(day.date());
      }
    }
  }

  Part judge(@Nullable Double contractMbps) {
    List<Reason> also = new ArrayList<>();
    Part part = decide(contractMbps, also);
    if (testsLeftOut > 0) {
      also.add(
          ReasonCode.TESTS_LEFT_OUT.with(
              line,
              testsLeftOut,
              Figures.text(parameters.minTransferSeconds().value()),
              Figures.text(parameters.maxUtilisation().exact().movePointRight(2))));
    }
    if (minutesDown > 0) {
      also.add(ReasonCode.LINE_WAS_DOWN.with(line, minutesDown, minutesUp + minutesDown));
    }
    List<Reason> because = new ArrayList<>(part.because());
    because.addAll(also);
    return new Part(part.state(), part.value(), part.samples(), part.disputed(), because);
  }

  private Part decide(@Nullable Double contractMbps, List<Reason> also) {
    if (port > 0 && BigDecimal.valueOf(port).compareTo(target) < 0) {
      BigDecimal value = Figures.mbps(port);
      return new Part(
          State.FAILS,
          value,
          1,
          false,
          List.of(ReasonCode.BANDWIDTH_FAILS_BY_PORT.with(line, Figures.text(value), targetMbps)));
    }
    if (enough(tests.size(), testDays.size())) {
      return byTests(contractMbps, also);
    }
    if (enough(carried, rateDays.size())) {
      BigDecimal value = Figures.mbps(carriedAtLeast());
      return new Part(
          State.HOLDS,
          value,
          carried,
          false,
          List.of(
              ReasonCode.BANDWIDTH_HOLDS_BY_TRAFFIC.with(
                  line, Figures.text(value), targetMbps, carried, rateDays.size(), LinkDay.KEPT)));
    }
    return Part.of(
        State.UNKNOWN,
        ReasonCode.BANDWIDTH_UNKNOWN.with(
            line,
            targetMbps,
            tests.size(),
            testDays.size(),
            carried,
            rateDays.size(),
            parameters.minSamples().whole(),
            parameters.minSchoolDays().whole()));
  }

  private boolean enough(int samples, int days) {
    return samples >= parameters.minSamples().whole() && days >= parameters.minSchoolDays().whole();
  }

  /**
   * The greatest T for which the line is proven to have carried T: both its n-th highest rate and
   * the n-th highest of its school days' best reach it.
   */
  private long carriedAtLeast() {
    long bySamples = rates.get(parameters.minSamples().whole() - 1);
    long byDays = bestOfSchoolDays.get(parameters.minSchoolDays().whole() - 1);
    return Math.min(bySamples, byDays);
  }

  private Part byTests(@Nullable Double contractMbps, List<Reason> also) {
    BigDecimal median = median(tests.stream().map(LineTest::downloadBits).sorted().toList());
    BigDecimal needed = target.multiply(parameters.throughputAllowance().exact());
    boolean contractBelow =
        contractMbps != null && Figures.bits(contractMbps).compareTo(target) < 0;
    BigDecimal value = Figures.mbps(median);
    String shown = Figures.text(value);
    if (median.compareTo(target) >= 0 || (median.compareTo(needed) >= 0 && !contractBelow)) {
      return tested(State.HOLDS, value, false, byTests(ReasonCode.BANDWIDTH_HOLDS_BY_TESTS, value));
    }
    if (enough(carried, rateDays.size())) {
      also.add(
          ReasonCode.TRAFFIC_ABOVE_TESTS.with(
              line, Figures.text(Figures.mbps(carriedAtLeast())), shown));
    }
    if (median.compareTo(needed) >= 0 && contractMbps != null) {
      Reason reason =
          ReasonCode.BANDWIDTH_FAILS_BY_CONTRACT.with(
              line, shown, Figures.text(contractMbps), targetMbps, tests.size(), testDays.size());
      return tested(State.FAILS, value, false, reason);
    }
    boolean disputed = false;
    if (contractMbps != null && !contractBelow) {
      disputed = true;
      also.add(
          0,
          ReasonCode.CONTRACT_MET_MEASURED_NOT.with(Figures.text(contractMbps), shown, targetMbps));
    }
    return tested(
        State.FAILS, value, disputed, byTests(ReasonCode.BANDWIDTH_FAILS_BY_TESTS, value));
  }

  private Reason byTests(ReasonCode code, BigDecimal median) {
    BigDecimal needed = target.multiply(parameters.throughputAllowance().exact());
    return code.with(
        line,
        Figures.text(median),
        Figures.text(Figures.mbps(needed)),
        targetMbps,
        tests.size(),
        testDays.size());
  }

  private Part tested(State state, BigDecimal value, boolean disputed, Reason reason) {
    return new Part(state, value, tests.size(), disputed, List.of(reason));
  }

  /** The middle one; of an even number, the mean of the two middle ones, exactly. */
  static BigDecimal median(List<Long> sorted) {
    int n = sorted.size();
    BigDecimal upper = BigDecimal.valueOf(sorted.get(n / 2));
    if (n % 2 == 1) {
      return upper;
    }
    return upper.add(BigDecimal.valueOf(sorted.get(n / 2 - 1))).divide(BigDecimal.valueOf(2));
  }
}

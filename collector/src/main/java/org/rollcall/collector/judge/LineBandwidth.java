package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay.LinkDay;
import org.rollcall.collector.judge.Verdict.State;
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
 *
 * A test may be paced at T, so that it shows T at most: what it shows is told as "≥", never as the
 * line's capacity.
 */
final class LineBandwidth {
  private final LineRecord seen;
  private final @Nullable Double contract;
  private final Parameters parameters;
  private final BigDecimal target;
  private final BigDecimal mark;
  private final boolean contractBelow;
  private final String line;
  private final String asked;

  /**
   * @param contractMbps what the line's own contract promises; null if not declared
   */
  LineBandwidth(
      LineRecord seen, @Nullable Double contractMbps, double targetMbps, Parameters parameters) {
    this.seen = seen;
    this.contract = contractMbps;
    this.parameters = parameters;
    this.target = Figures.bits(targetMbps);
    this.contractBelow = contractMbps != null && Figures.bits(contractMbps).compareTo(target) < 0;
    this.mark = contractBelow ? target : target.multiply(parameters.throughputAllowance().exact());
    this.line = seen.line();
    this.asked = Figures.text(targetMbps);
  }

  /** Share of the valid tests that reached what decides, 0 to 1; null without a test. */
  @Nullable BigDecimal passShare() {
    return seen.tests() == 0 ? null : Figures.share(seen.passed(mark), seen.tests());
  }

  /** Its exact 95 % lower bound. */
  @Nullable BigDecimal passShareLow95() {
    return seen.tests() == 0 ? null : ShareBound.low95(seen.passed(mark), seen.tests());
  }

  Finding judge() {
    Finding decided = decide();
    List<Reason> also = new ArrayList<>();
    facts(also);
    if (seen.tests() > 0) {
      passed(also);
    }
    BigDecimal value = decided.value();
    BigDecimal peak = Figures.mbps(seen.peak());
    if (decided.state() != State.HOLDS
        && peak.signum() > 0
        && (value == null || peak.compareTo(value) > 0)) {
      also.add(ReasonCode.LINE_PEAK.with(line, Figures.text(peak)));
    }
    also.addAll(seen.remarks());
    return decided.also(also);
  }

  /** Port and contract beside what was measured. */
  private void facts(List<Reason> also) {
    Long port = seen.port();
    if (port != null && contract != null) {
      also.add(ReasonCode.PORT_AND_CONTRACT.with(line, portText(port), Figures.text(contract)));
    } else if (port != null) {
      also.add(ReasonCode.PORT_ALONE.with(line, portText(port)));
    } else if (contract != null) {
      also.add(ReasonCode.CONTRACT_ALONE.with(line, Figures.text(contract)));
    }
  }

  private static String portText(long bits) {
    return Figures.text(Figures.mbps(bits));
  }

  private void passed(List<Reason> also) {
    int passed = seen.passed(mark);
    also.add(
        ReasonCode.TESTS_PASSED.with(
            line,
            passed,
            seen.tests(),
            Figures.text(Figures.mbps(mark)),
            Figures.text(Figures.percent(passed, seen.tests())),
            Figures.text(Figures.percent(ShareBound.low95(passed, seen.tests())))));
  }

  private Finding decide() {
    Long port = seen.port();
    if (port != null && BigDecimal.valueOf(port).compareTo(target) < 0) {
      return Finding.measured(
          State.FAILS,
          Figures.mbps(port),
          1,
          List.of(ReasonCode.BANDWIDTH_FAILS_BY_PORT.with(line, portText(port), asked)));
    }
    if (seen.enoughTests()) {
      return byTests();
    }
    int carried = seen.carried(target);
    int days = seen.carriedDays(target);
    long atLeast = seen.carriedAtLeast();
    if (BigDecimal.valueOf(atLeast).compareTo(target) >= 0) {
      BigDecimal value = Figures.mbps(atLeast);
      return Finding.measured(
          State.HOLDS,
          value,
          carried,
          List.of(
              ReasonCode.BANDWIDTH_HOLDS_BY_TRAFFIC.with(
                  line, Figures.text(value), asked, carried, days, LinkDay.KEPT)));
    }
    return Finding.measured(
        State.UNKNOWN,
        null,
        0,
        List.of(
            ReasonCode.BANDWIDTH_UNKNOWN.with(
                line,
                asked,
                seen.tests(),
                seen.testDays(),
                carried,
                days,
                parameters.minSamples().whole(),
                parameters.minSchoolDays().whole())));
  }

  private Finding byTests() {
    BigDecimal median = seen.median();
    BigDecimal value = Figures.mbps(median);
    String shown = Figures.text(value);
    if (median.compareTo(mark) >= 0) {
      return tested(State.HOLDS, value, byTests(ReasonCode.BANDWIDTH_HOLDS_BY_TESTS, shown));
    }
    BigDecimal allowed = target.multiply(parameters.throughputAllowance().exact());
    Finding fails;
    if (contract != null && contractBelow && median.compareTo(allowed) >= 0) {
      fails =
          tested(
              State.FAILS,
              value,
              ReasonCode.BANDWIDTH_FAILS_BY_CONTRACT.with(
                  line, shown, Figures.text(contract), asked, seen.tests(), seen.testDays()));
    } else {
      fails = tested(State.FAILS, value, byTests(ReasonCode.BANDWIDTH_FAILS_BY_TESTS, shown));
    }
    if (contract != null && !contractBelow) {
      fails =
          fails.disputedBecause(
              ReasonCode.CONTRACT_MET_MEASURED_NOT.with(Figures.text(contract), shown, asked));
    }
    long atLeast = seen.carriedAtLeast();
    return BigDecimal.valueOf(atLeast).compareTo(target) >= 0
        ? fails.also(List.of(ReasonCode.TRAFFIC_ABOVE_TESTS.with(line, portText(atLeast), shown)))
        : fails;
  }

  private Reason byTests(ReasonCode code, String median) {
    return code.with(
        line, median, Figures.text(Figures.mbps(mark)), asked, seen.tests(), seen.testDays());
  }

  private Finding tested(State state, BigDecimal value, Reason reason) {
    return Finding.measured(state, value, seen.tests(), List.of(reason));
  }
}

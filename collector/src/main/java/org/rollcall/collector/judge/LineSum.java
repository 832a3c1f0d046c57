package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.rollcall.collector.judge.Verdict.State;
import org.rollcall.collector.profile.Parameters;

/**
 * Whether lines that share the load have a target's bandwidth together. Each adds the median of its
 * tests or, without enough of them, what its traffic proves; a line of which neither is known adds
 * nothing, so that the sum is a lower bound. The allowance for overhead is used only where every
 * line was tested and the contracts together are not below the target.
 */
final class LineSum {
  private final List<LineRecord> lines;
  private final Parameters parameters;
  private final BigDecimal target;
  private final String asked;
  private final String names;

  LineSum(List<LineRecord> lines, double targetMbps, Parameters parameters) {
    this.lines = List.copyOf(lines);
    this.parameters = parameters;
    this.target = Figures.bits(targetMbps);
    this.asked = Figures.text(targetMbps);
    this.names = String.join("+", lines.stream().map(LineRecord::line).toList());
  }

  String names() {
    return names;
  }

  /**
   * @param contractsBelow whether the contracts are all declared and together below the target
   */
  Finding judge(boolean contractsBelow) {
    BigDecimal sum = BigDecimal.ZERO;
    int tested = 0;
    int tests = 0;
    List<Reason> remarks = new ArrayList<>();
    for (LineRecord line : lines) {
      if (line.enoughTests()) {
        sum = sum.add(line.median());
        tested++;
        tests += line.tests();
      } else {
        sum = sum.add(BigDecimal.valueOf(line.carriedAtLeast()));
      }
      remarks.addAll(line.remarks());
    }
    boolean allTested = tested == lines.size();
    BigDecimal mark =
        allTested && !contractsBelow
            ? target.multiply(parameters.throughputAllowance().exact())
            : target;
    BigDecimal value = Figures.mbps(sum);
    State state = sum.compareTo(mark) >= 0 ? State.HOLDS : allTested ? State.FAILS : State.UNKNOWN;
    ReasonCode code =
        switch (state) {
          case HOLDS -> ReasonCode.BANDWIDTH_HOLDS_BY_SUM;
          case FAILS -> ReasonCode.BANDWIDTH_FAILS_BY_SUM;
          case UNKNOWN -> ReasonCode.BANDWIDTH_UNKNOWN_BY_SUM;
        };
    Reason reason =
        code.with(
            names,
            Figures.text(value),
            Figures.text(Figures.mbps(mark)),
            asked,
            tested,
            lines.size());
    return Finding.measured(state, value, tests, List.of(reason)).also(remarks);
  }
}

package org.rollcall.collector.judge;

import java.math.BigDecimal;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.judge.Verdict.State;

/**
 * Minutes against a share in a hundred, with both bounds; compared in whole numbers.
 *
 * @param minutes with some to judge
 */
record Bounds(Availability minutes, BigDecimal target) {

  State state() {
    if (Figures.reaches(minutes.up(), minutes.judged(), target)) {
      return State.HOLDS;
    }
    return Figures.reaches(minutes.up() + minutes.unknown(), minutes.judged(), target)
        ? State.UNKNOWN
        : State.FAILS;
  }

  Outcome outcome() {
    return switch (state()) {
      case HOLDS -> Outcome.MET;
      case FAILS -> Outcome.NOT_MET;
      case UNKNOWN -> Outcome.INSUFFICIENT_DATA;
    };
  }

  /** Per cent up if all that is unknown was down. */
  BigDecimal low() {
    return Figures.percent(minutes.up(), minutes.judged());
  }

  String lowText() {
    return Figures.text(low());
  }

  /** Per cent up if all that is unknown was up. */
  String highText() {
    return Figures.text(Figures.percent(minutes.up() + minutes.unknown(), minutes.judged()));
  }

  /** Whether the lower bound of one is below the other's; without minutes it is the lowest. */
  static boolean isWorse(Availability one, Availability other) {
    if (one.judged() == 0 || other.judged() == 0) {
      return one.judged() == 0 && other.judged() > 0;
    }
    return (long) one.up() * other.judged() < (long) other.up() * one.judged();
  }
}

package org.rollcall.simulator.district;

import java.util.Locale;

/**
 * The stories a demo district tells: one school each, all the others are {@link #MET_A} or {@link
 * #MET_B}. Together they fail every rule of GD-2010-18's two headline targets in a different way.
 */
public enum Scenario {
  MET_A("everything well, tier A"),
  MET_B("everything well, tier B"),
  PORT_TOO_SLOW("the line ends in a 2 Mbit/s port"),
  NOT_FIBRE("a wireless line"),
  EDU_UNREACHABLE("the provincial network often does not answer"),
  DISPUTED("the contract says 10 Mbit/s, tests show 6"),
  PASSIVE_ONLY("no test, but lessons alone fill the target"),
  NO_TESTS("no test, and too little traffic to tell"),
  TOO_FEW_TESTS("six tests, and too little traffic"),
  NEW_AGENT("the agent was installed three days ago and has not seen every class"),
  NO_AGENT("no agent"),
  SILENT_AGENT("the agent has been silent for a week"),
  NO_ANCHOR("no anchor of the provincial network configured"),
  ONE_CLASS_MISSING("one class without a platform"),
  TERMINALS_NEVER_ALIVE("declared platforms that were never seen"),
  TERMINALS_IN_REPAIR("platforms gone for repair and not back"),
  COVERAGE_BELOW_60("16 of 27 classes, tier B"),
  COVERAGE_AT_60("15 of 25 classes, tier B"),
  INTERNET_UNREACHABLE("a line that is often cut, tier B"),
  SLOW_B("3 Mbit/s at tier B"),
  WIRELESS_B("4 Mbit/s by wireless, enough for tier B"),
  NIGHTS_OFF("terminals polled round the clock, off at night"),
  GAP_IN_HISTORY("two days lost to a full spool, recorded as a gap"),
  REBOOTS("a router that restarts every night"),
  NO_AGENT_B("no agent, tier B"),
  NEW_AGENT_B("installed yesterday, tier B"),
  TEACHING_POINT("a teaching point, outside the ratios");

  private final String story;

  Scenario(String story) {
    this.story = story;
  }

  /** The name used in files and logs, e.g. {@code port-too-slow}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is the matter, in one English phrase. */
  public String story() {
    return story;
  }

  /** What makes the school different. */
  public Traits traits() {
    return switch (this) {
      case MET_A -> Traits.wellA();
      case MET_B -> Traits.wellB();
      case PORT_TOO_SLOW -> Traits.wellA().line("fibre", 2, 10, 1.9);
      case NOT_FIBRE -> Traits.wellA().line("wireless", 100, 50, 42);
      case EDU_UNREACHABLE -> Traits.wellA().reach(0.6, 0.998);
      case DISPUTED -> Traits.wellA().line("fibre", 100, 10, 6.0);
      case PASSIVE_ONLY -> Traits.wellA().busy(0.6).tests(0, 0);
      case NO_TESTS -> Traits.wellA().busy(0.01).tests(0, 0);
      case TOO_FEW_TESTS -> Traits.wellA().busy(0.01).tests(1, 6);
      case NEW_AGENT -> Traits.wellA().agent(3, 0).busy(0.02).classes(Traits.Coverage.NEVER_ALIVE);
      case NO_AGENT -> Traits.wellA().agent(0, 0);
      case SILENT_AGENT -> Traits.wellA().agent(Traits.ALWAYS, 7);
      case NO_ANCHOR -> Traits.wellA().reach(-1, 0.998);
      case ONE_CLASS_MISSING -> Traits.wellA().classes(Traits.Coverage.ONE_MISSING);
      case TERMINALS_NEVER_ALIVE -> Traits.wellA().classes(Traits.Coverage.NEVER_ALIVE);
      case TERMINALS_IN_REPAIR -> Traits.wellA().classes(Traits.Coverage.IN_REPAIR);
      case COVERAGE_BELOW_60 -> Traits.wellB().classes(Traits.Coverage.BELOW_SIXTY);
      case COVERAGE_AT_60 -> Traits.wellB().classes(Traits.Coverage.SIXTY);
      case INTERNET_UNREACHABLE -> Traits.wellB().reach(0.7, 0.55);
      case SLOW_B -> Traits.wellB().line("wireless", 100, 4, 2.8).busy(0.5);
      case WIRELESS_B -> Traits.wellB().line("wireless", 100, 5, 4.6);
      case NIGHTS_OFF -> Traits.wellA().roundTheClock();
      case GAP_IN_HISTORY -> Traits.wellA().withGap();
      case REBOOTS -> Traits.wellA().withReboots();
      case NO_AGENT_B -> Traits.wellB().agent(0, 0).classes(Traits.Coverage.ONE_MISSING);
      case NEW_AGENT_B ->
          Traits.wellB().agent(1, 0).busy(0.02).classes(Traits.Coverage.BELOW_SIXTY);
      case TEACHING_POINT -> Traits.wellA().tierC();
    };
  }

  /**
   * The story of the school at a place in the district: the special ones first come, first served,
   * spread between schools in which all is well.
   */
  static Scenario at(int index, int schools) {
    int special = values().length - 2;
    boolean everySecond = schools >= 2 * special;
    if (everySecond ? index % 2 == 1 && index / 2 < special : index < special) {
      return values()[2 + (everySecond ? index / 2 : index)];
    }
    return index % 3 == 2 ? MET_B : MET_A;
  }
}

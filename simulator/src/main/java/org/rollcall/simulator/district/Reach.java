package org.rollcall.simulator.district;

/** Whether one school gets through to an anchor, as a pure function of time. */
public final class Reach {
  private static final long SLOT = 15 * 60_000;

  private final long seed;
  private final double share;
  private final double meanMillis;

  private Reach(long seed, double share, double meanMillis) {
    this.seed = seed;
    this.share = share;
    this.meanMillis = meanMillis;
  }

  /** The way to the provincial education network. */
  public static Reach edu(SchoolPlan school) {
    return new Reach(Dice.mix(school.seed(), 81), school.scenario().traits().eduReach(), 7);
  }

  /** The way to the Internet. */
  public static Reach internet(SchoolPlan school) {
    return new Reach(Dice.mix(school.seed(), 82), school.scenario().traits().internetReach(), 19);
  }

  /** Whether an anchor is configured at all. */
  public boolean configured() {
    return share >= 0;
  }

  /** Whether so little gets through that the way counts as closed. */
  public boolean closed() {
    return share < 0.9;
  }

  /** Whether a connect in that quarter of an hour succeeds. */
  public boolean connects(long millis) {
    return Dice.unit(seed, millis / SLOT * 2) < share;
  }

  /** How long a connect that succeeds takes. */
  public double connectMillis(long millis) {
    return meanMillis * Dice.between(seed, millis / SLOT * 2 + 1, 0.7, 1.6);
  }
}

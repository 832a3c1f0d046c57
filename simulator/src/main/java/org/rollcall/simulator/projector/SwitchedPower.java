package org.rollcall.simulator.projector;

import java.time.Duration;
import java.time.Instant;

/** Power that somebody switches: warms up, stays on, cools down, stands by. Any thread. */
public final class SwitchedPower implements PowerScript {
  private final Duration warming;
  private final Duration cooling;
  private boolean wanted;
  private Instant settled = Instant.MIN;

  /**
   * @param warming how long it takes from switching on until there is light
   * @param cooling how long it blows after switching off
   */
  public SwitchedPower(boolean on, Duration warming, Duration cooling) {
    this.wanted = on;
    this.warming = warming;
    this.cooling = cooling;
  }

  /** One that is there at once. */
  public static SwitchedPower instant(boolean on) {
    return new SwitchedPower(on, Duration.ZERO, Duration.ZERO);
  }

  @Override
  public synchronized Power at(Instant now) {
    if (now.isBefore(settled)) {
      return wanted ? Power.WARMING : Power.COOLING;
    }
    return wanted ? Power.ON : Power.STANDBY;
  }

  @Override
  public synchronized void turn(boolean on, Instant now) {
    if (on != wanted) {
      wanted = on;
      settled = now.plus(on ? warming : cooling);
    }
  }
}

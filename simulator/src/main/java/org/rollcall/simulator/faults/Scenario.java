package org.rollcall.simulator.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One fault of one part.
 *
 * @param lasting from its begin to its end
 * @param seed for what the part decides itself
 */
record Scenario(String part, Fault fault, Duration lasting, long seed) {

  Scenario {
    if (lasting.isNegative()) {
      throw new IllegalArgumentException("A fault lasts some time, not " + lasting + ".");
    }
  }

  /**
   * Every fault of every part once, in an order and of a length that the seed decides.
   *
   * @param shortest the least a fault lasts
   * @param longest the most it lasts
   */
  static List<Scenario> round(
      long seed, List<? extends Part> parts, Duration shortest, Duration longest) {
    Random random = new Random(seed);
    List<Scenario> round = new ArrayList<>();
    for (Part part : parts) {
      for (Fault fault : part.faults().stream().sorted().toList()) {
        long span = longest.toMillis() - shortest.toMillis();
        long millis = shortest.toMillis() + (long) (random.nextDouble() * span);
        round.add(new Scenario(part.name(), fault, Duration.ofMillis(millis), random.nextLong()));
      }
    }
    Collections.shuffle(round, random);
    return round;
  }

  @Override
  public String toString() {
    return part + " " + fault + " for " + lasting.toMillis() + " ms";
  }
}

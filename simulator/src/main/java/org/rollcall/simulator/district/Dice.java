package org.rollcall.simulator.district;

/**
 * Chance without state: the same seed and position always fall the same way, so that a device asked
 * live and the history written for it agree. SplitMix64's finaliser over the mixed arguments.
 */
final class Dice {
  private Dice() {}

  /** Uniform in [0, 1). */
  static double unit(long seed, long position) {
    return (mix(seed, position) >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [low, high). */
  static double between(long seed, long position, double low, double high) {
    return low + (high - low) * unit(seed, position);
  }

  /** Uniform in [0, bound). */
  static int below(long seed, long position, int bound) {
    return (int) (unit(seed, position) * bound);
  }

  /** A seed of its own for one part of what {@code seed} describes. */
  static long mix(long seed, long position) {
    long z = seed * 0x9E3779B97F4A7C15L + position * 0xD1B54A32D192ED03L + 0x8CB92BA72F3D8DD7L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

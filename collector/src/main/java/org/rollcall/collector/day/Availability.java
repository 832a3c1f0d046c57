package org.rollcall.collector.day;

import org.jspecify.annotations.Nullable;

/**
 * Minutes of lessons by what they were; they add up to the lesson minutes. Planned minutes
 * (maintenance) are not judged: the shares are of the others, and null where there are none.
 * Unknown minutes are neither up nor down: both bounds are told.
 */
public record Availability(int up, int down, int unknown, int planned) {
  public static final Availability NONE = new Availability(0, 0, 0, 0);

  public Availability {
    if (up < 0 || down < 0 || unknown < 0 || planned < 0) {
      throw new IllegalArgumentException("Minutes cannot be negative.");
    }
  }

  /** Minutes of lessons. */
  public int minutes() {
    return up + down + unknown + planned;
  }

  /** Minutes of lessons without maintenance: what the shares are of. */
  public int judged() {
    return up + down + unknown;
  }

  /** The share of up if every unknown minute was down, 0 to 1. */
  public @Nullable Double low() {
    return judged() == 0 ? null : (double) up / judged();
  }

  /** The share of up if every unknown minute was up, 0 to 1. */
  public @Nullable Double high() {
    return judged() == 0 ? null : (double) (up + unknown) / judged();
  }

  public Availability plus(Availability other) {
    return new Availability(
        up + other.up, down + other.down, unknown + other.unknown, planned + other.planned);
  }
}

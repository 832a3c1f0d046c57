package org.rollcall.agent.snmp;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The speed of an interface in bit/s, from what the device says in three places.
 *
 * <p>IF-MIB: ifHighSpeed is in Mbit/s, rounded; ifSpeed is in bit/s, exact, and stops at
 * 4,294,967,295. Devices in the field keep to neither: some give ifHighSpeed in bit/s (D-Link
 * DES-30xx), some ifSpeed in Mbit/s (Topsec firewalls), some leave ifHighSpeed 0 on a port that is
 * down (H3C).
 */
final class LinkSpeed {

  /** Told when the device names no speed. */
  static final long UNKNOWN = 0;

  private static final long IF_SPEED_CAP = 4_294_967_295L;
  private static final long MEGA = 1_000_000;

  /** No port of a campus carries 1 Tbit/s: such an ifHighSpeed is not in Mbit/s. */
  private static final long HIGH_SPEED_IN_BITS = MEGA;

  private static final long ROUNDING = 500_000;

  /**
   * ifType of Ethernet in its names (ethernetCsmacd, fastEther, fastEtherFX, gigabitEthernet,
   * ieee8023adLag): 1 Mbit/s and up.
   */
  private static final Set<Long> ETHERNET = Set.of(6L, 62L, 69L, 117L, 161L);

  private LinkSpeed() {}

  /** The speed in bit/s, or {@link #UNKNOWN}. */
  static long of(@Nullable Long ifHighSpeed, @Nullable Long ifSpeed, @Nullable Long ifType) {
    long high = ifHighSpeed == null ? 0 : ifHighSpeed;
    long low = ifSpeed == null ? 0 : ifSpeed;
    boolean exact = low > 0 && low < IF_SPEED_CAP;
    if (high <= 0) {
      boolean megabits = exact && low < MEGA && ifType != null && ETHERNET.contains(ifType);
      return megabits ? low * MEGA : Math.max(low, UNKNOWN);
    }
    if (high >= HIGH_SPEED_IN_BITS) {
      return exact ? low : high;
    }
    return exact && Math.abs(low - high * MEGA) <= ROUNDING ? low : high * MEGA;
  }
}

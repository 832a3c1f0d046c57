package org.rollcall.agent.snmp;

import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Variable;

/**
 * An interface's octet counters, in the width that counts.
 *
 * @param in received, unsigned
 * @param out sent, unsigned
 * @param bits 32 or 64
 */
record Octets(long in, long out, int bits) {

  /**
   * Picks between ifHCIn/OutOctets and ifIn/OutOctets. The 64-bit pair is used where it is there,
   * unless it stands at zero while the 32-bit pair has moved: some devices list 64-bit counters
   * they never count in (D-Link DES-30xx). The type the device gives decides the width, not the
   * column: some give 64 bits in ifInOctets (Topsec firewalls).
   *
   * @return null when neither pair is whole
   */
  static @Nullable Octets of(
      @Nullable Variable hcIn,
      @Nullable Variable hcOut,
      @Nullable Variable in,
      @Nullable Variable out) {
    Octets wide = pair(hcIn, hcOut);
    Octets narrow = pair(in, out);
    if (wide == null || narrow == null) {
      return wide == null ? narrow : wide;
    }
    return wide.stands() && !narrow.stands() ? narrow : wide;
  }

  private boolean stands() {
    return in == 0 && out == 0;
  }

  private static @Nullable Octets pair(@Nullable Variable in, @Nullable Variable out) {
    if (in instanceof Counter64 wideIn && out instanceof Counter64 wideOut) {
      return new Octets(wideIn.getValue(), wideOut.getValue(), 64);
    }
    Long narrowIn = Answer.number(in);
    Long narrowOut = Answer.number(out);
    return narrowIn == null || narrowOut == null
        ? null
        : new Octets(narrowIn & 0xffff_ffffL, narrowOut & 0xffff_ffffL, 32);
  }
}

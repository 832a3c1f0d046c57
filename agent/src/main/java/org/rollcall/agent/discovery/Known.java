package org.rollcall.agent.discovery;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.rollcall.agent.switches.Mac;

/**
 * Whom nobody has to find any more: devices that are configured, and this machine. Belongs to the
 * sweep's thread.
 */
final class Known {
  private final Set<Long> addresses = new HashSet<>();
  private final Set<Mac> macs = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  void address(long address) {
    addresses.add(address);
  }

  void mac(Mac mac) {
    macs.add(mac);
  }

  /** What a configured device calls itself. */
  void name(String name) {
    if (!name.isEmpty()) {
      names.add(name.toLowerCase(Locale.ROOT));
    }
  }

  boolean hasAddress(long address) {
    return addresses.contains(address);
  }

  boolean hasMac(Mac mac) {
    return macs.contains(mac);
  }

  boolean hasName(String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }
}

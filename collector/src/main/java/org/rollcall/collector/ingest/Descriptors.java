package org.rollcall.collector.ingest;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and sockets this process may have open, which the store shares with clients. */
final class Descriptors {
  private Descriptors() {}

  /**
   * How many of the wanted connections may be open so that a quarter of the process's descriptors
   * (a project default) is left to the store, the pages and the log; at least one.
   */
  static int roomFor(int wanted, long most) {
    return (int) Math.max(1, Math.min(wanted, most - most / 4));
  }

  /** The process's limit ({@code ulimit -n}); {@link Long#MAX_VALUE} where there is none to ask. */
  static long most() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}

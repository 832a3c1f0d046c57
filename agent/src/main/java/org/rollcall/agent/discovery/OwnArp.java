package org.rollcall.agent.discovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.switches.Mac;

/**
 * This machine's own ARP table, as Linux shows it in {@code /proc/net/arp}: whom it reached in its
 * own network, whether or not they answered otherwise. Elsewhere there is none to read.
 */
final class OwnArp {
  /** As large as the networks: more neighbours than addresses there cannot be. */
  private static final int MOST_LINES = 2 * Networks.MOST_ADDRESSES;

  // The columns: address, hardware type, flags, hardware address, mask, device.
  private static final int FLAGS_AT = 2;
  private static final int MAC_AT = 3;

  /** ATF_COM: an answer came. */
  private static final int COMPLETE = 0x2;

  private OwnArp() {}

  /** Hardware addresses by IPv4 address; empty when there is no such file. */
  static Map<Long, Mac> read(Path file) {
    Map<Long, Mac> macs = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String line = lines.readLine();
      for (int i = 0; line != null && i < MOST_LINES; i++) {
        take(line, macs);
        line = lines.readLine();
      }
    } catch (IOException notLinux) {
      return macs;
    }
    return macs;
  }

  private static void take(String line, Map<Long, Mac> macs) {
    String[] cells = line.strip().split("\\s+", MAC_AT + 2);
    if (cells.length <= MAC_AT) {
      return;
    }
    Long address = Ipv4Network.number(cells[0]);
    Mac mac = Mac.parse(cells[MAC_AT]);
    if (address != null && mac != null && mac.bits() != 0 && isComplete(cells[FLAGS_AT])) {
      macs.put(address, mac);
    }
  }

  private static boolean isComplete(@Nullable String flags) {
    if (flags == null || !flags.startsWith("0x") || flags.length() > 6) {
      return false;
    }
    try {
      return (Integer.parseInt(flags.substring(2), 16) & COMPLETE) != 0;
    } catch (NumberFormatException garbled) {
      return false;
    }
  }
}

package org.rollcall.agent.snmp;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded device as the file has it, {@code OID|TAG|VALUE} a line, and what its interfaces must
 * come out as. Written from the MIBs and the file's format alone, on purpose without the classes it
 * checks.
 */
final class Recording {

  private static final String IF_TABLE = "1.3.6.1.2.1.2.2.1.";
  private static final String IF_X_TABLE = "1.3.6.1.2.1.31.1.1.1.";
  private static final Pattern ROW =
      Pattern.compile("1\\.3\\.6\\.1\\.2\\.1\\.(?:2\\.2\\.1|31\\.1\\.1\\.1)\\.(\\d+)\\.(\\d+)");
  private static final Set<String> IF_COLUMNS_READ = Set.of("2", "3", "5", "7", "8", "10", "16");
  private static final Set<String> IF_X_COLUMNS_READ = Set.of("1", "6", "10", "15");

  private static final List<String> STATES =
      List.of("UP", "DOWN", "TESTING", "UNKNOWN", "DORMANT", "NOT_PRESENT", "LOWER_LAYER_DOWN");

  private record Value(String tag, String text) {}

  private final Map<String, Value> values = new HashMap<>();
  private final Set<Long> rows = new TreeSet<>();

  Recording(Path file) throws IOException {
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      String[] parts = line.split("\\|", 3);
      if (line.startsWith("#") || parts.length < 3) {
        continue;
      }
      // The first of two lines for one OID is the one that is served.
      values.putIfAbsent(parts[0], new Value(parts[1].split(":", 2)[0], parts[2]));
      Matcher row = ROW.matcher(parts[0]);
      if (row.matches()) {
        Set<String> read = parts[0].startsWith(IF_TABLE) ? IF_COLUMNS_READ : IF_X_COLUMNS_READ;
        if (read.contains(row.group(1))) {
          rows.add(Long.parseLong(row.group(2)));
        }
      }
    }
  }

  Set<Long> indexes() {
    return rows;
  }

  String name(long index) {
    String name = text(IF_X_TABLE + "1." + index);
    if (name.isEmpty()) {
      name = text(IF_TABLE + "2." + index);
    }
    return name.isEmpty() ? "if" + index : name;
  }

  /** The speed in bit/s that a person reading the recording would write down; 0 for none. */
  long speed(long index) {
    long high = number(IF_X_TABLE + "15." + index);
    long low = number(IF_TABLE + "5." + index);
    long type = number(IF_TABLE + "3." + index);
    boolean lowIsExact = low > 0 && low != 4_294_967_295L;
    if (high >= 1_000_000) {
      return lowIsExact ? low : high; // 1 Tbit/s and more: the device gives bit/s, not Mbit/s
    }
    if (high > 0) {
      boolean same = lowIsExact && Math.round(low / 1e6) == high;
      return same ? low : high * 1_000_000;
    }
    boolean slowEthernet = low > 0 && low < 1_000_000 && (type == 6 || type == 117);
    return slowEthernet ? low * 1_000_000 : Math.max(low, 0);
  }

  /** The name of the ifOperStatus; UNKNOWN where the recording has none. */
  String state(long index) {
    long state = number(IF_TABLE + "8." + index);
    return state < 1 || state > STATES.size() ? "UNKNOWN" : STATES.get((int) state - 1);
  }

  boolean switchedOff(long index) {
    return number(IF_TABLE + "7." + index) == 2;
  }

  /**
   * 64, 32, or 0 without octet counters; a 64-bit pair at zero beside a 32-bit pair that counts is
   * none.
   */
  int counterBits(long index) {
    String hcIn = IF_X_TABLE + "6." + index;
    String hcOut = IF_X_TABLE + "10." + index;
    String in = IF_TABLE + "10." + index;
    String out = IF_TABLE + "16." + index;
    boolean high = has(hcIn) && has(hcOut);
    boolean low = has(in) && has(out);
    boolean highStands = high && isZero(hcIn) && isZero(hcOut);
    boolean lowCounts = low && !(isZero(in) && isZero(out));
    if (high && !(highStands && lowCounts)) {
      return wide(hcIn) && wide(hcOut) ? 64 : 32;
    }
    return low ? (wide(in) && wide(out) ? 64 : 32) : 0;
  }

  private boolean has(String oid) {
    Value value = values.get(oid);
    return value != null && Set.of("2", "65", "66", "67", "70").contains(value.tag);
  }

  private boolean wide(String oid) {
    Value value = values.get(oid);
    return value != null && value.tag.equals("70");
  }

  private boolean isZero(String oid) {
    Value value = values.get(oid);
    return value != null && value.text.matches("0+");
  }

  private long number(String oid) {
    Value value = values.get(oid);
    if (value == null || !value.text.matches("\\d+") || value.tag.startsWith("4")) {
      return -1;
    }
    return new BigInteger(value.text).longValue();
  }

  private String text(String oid) {
    Value value = values.get(oid);
    if (value == null || !value.tag.startsWith("4")) {
      return "";
    }
    byte[] bytes =
        value.tag.endsWith("x")
            ? HexFormat.of().parseHex(value.text)
            : value.text.getBytes(StandardCharsets.ISO_8859_1);
    String read = new String(bytes, StandardCharsets.UTF_8);
    if (read.indexOf('\uFFFD') >= 0) {
      read = new String(bytes, Charset.forName("GB18030"));
    }
    return read.replaceAll("[\\x00-\\x1F\\x7F]+", " ").strip();
  }
}

package org.rollcall.protocol;

import java.time.Duration;
import java.time.Instant;

/**
 * How much may cross the wire. Both ends hold to it: an agent closes a report before it grows past
 * these, a collector refuses what is past them before it looks inside. All are project defaults.
 */
public final class Limits {
  /** A report's encoded size, in bytes. */
  public static final int MAX_REPORT_BYTES = 64 * 1024;

  /** Observations in one report. */
  public static final int MAX_OBSERVATIONS = 2_000;

  /** Measures in one observation. */
  public static final int MAX_MEASURES = 32;

  /** Gaps in one report. */
  public static final int MAX_GAPS = 1_000;

  /** The YAML of a configuration that is pushed to an agent, in UTF-8 bytes. */
  public static final int MAX_CONFIGURATION_BYTES = 64 * 1024;

  /** What a configuration's message takes beyond its YAML, in bytes; no command is larger. */
  public static final int CONTROL_OVERHEAD_BYTES = 1024;

  /** Characters of what an agent says of a configuration that it cannot use. */
  public static final int MAX_REFUSAL = 4_000;

  /** Characters in a command's id. */
  public static final int MAX_COMMAND_ID = 64;

  /** Messages from the collector that an agent has not yet acknowledged. */
  public static final int AGENT_RECEIVE_MAXIMUM = 16;

  /**
   * User property of SUBACK and of a refusing CONNACK: the collector's time, milliseconds since
   * 1970 in decimal digits.
   */
  public static final String TIME_PROPERTY = "time";

  /** Devices found, in one report. */
  public static final int MAX_SIGHTINGS = 256;

  /** Any text of a device found, in characters. */
  public static final int MAX_SIGHTING_TEXT = 255;

  /** An MQTT packet's size, in bytes: a report as JSON is about twice its protobuf size. */
  public static final int MAX_PACKET_BYTES = 128 * 1024;

  /** Reports in flight on one connection, as the collector grants it. */
  public static final int RECEIVE_MAXIMUM = 64;

  /** From the TCP connection to the CONNECT packet. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** What agents ask for; the collector closes a connection silent for 1.5 times this. */
  public static final Duration KEEP_ALIVE = Duration.ofSeconds(60);

  /** No observation is older than Rollcall. */
  public static final long EARLIEST_MILLIS = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();

  /** How far an agent's clock may run ahead before its reports are refused. */
  public static final Duration MAX_AHEAD = Duration.ofHours(24);

  /** What one look may tell of its way. */
  public static final int MAX_THROUGH = 30;

  /** Characters of one step of it. */
  public static final int MAX_THROUGH_TEXT = 80;

  private static final int MAX_AGENT_NAME = 48;
  private static final int MAX_MEASURE_NAME = 48;
  private static final int MAX_REASON = 48;

  private Limits() {}

  /** Lower-case letters, digits, '-' and '_', beginning with a letter; 1 to 48 of them. */
  public static boolean isAgentName(String name) {
    return isWord(name, MAX_AGENT_NAME) && name.chars().noneMatch(c -> c >= 'A' && c <= 'Z');
  }

  /** Letters, digits and '_', beginning with a lower-case letter; 1 to 48 of them. */
  public static boolean isMeasureName(String name) {
    return isWord(name, MAX_MEASURE_NAME) && isLower(name.charAt(0)) && name.indexOf('-') < 0;
  }

  /** Lower-case words joined by '-'; at most 48 characters. */
  public static boolean isReason(String reason) {
    return isWord(reason, MAX_REASON) && reason.chars().noneMatch(c -> c >= 'A' && c <= 'Z');
  }

  private static boolean isWord(String text, int max) {
    if (text.isEmpty() || text.length() > max || !isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return isLower(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }
}

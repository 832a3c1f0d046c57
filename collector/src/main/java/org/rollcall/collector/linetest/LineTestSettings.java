package org.rollcall.collector.linetest;

import java.time.Duration;
import org.rollcall.config.DataSize;
import org.rollcall.config.Default;
import org.rollcall.config.Range;

/**
 * {@code lineTests:} in the server's settings. All defaults are the project's; that a test is no
 * longer than 10 s, at most one an hour and at least half of them outside 08:00 to 17:00 is what
 * the measuring rule asks.
 *
 * @param enabled whether lines are tested at all
 * @param perSchoolDay tests of each line on a school day
 * @param way paced at the target, or full by ndt7
 * @param seconds of a paced test, both directions together
 * @param maxBytes of a paced test, both directions together, at the IP layer
 * @param maxUtilisation an agent skips the test when more of its line is in use
 * @param ownBitsPerSecond what this collector's own line carries
 * @param ownShare how much of that all tests at once may take
 * @param aggregation which schools are never tested at the same time
 */
public record LineTestSettings(
    @Default("true") boolean enabled,
    @Default("4") @Range(min = "1", max = "16") int perSchoolDay,
    @Default("paced") Way way,
    @Default("10") @Range(min = "1", max = "10") int seconds,
    @Default("14MiB") @Range(min = "1MiB", max = "1GiB") DataSize maxBytes,
    @Default("0.5") @Range(min = "0", max = "1") double maxUtilisation,
    @Default("1000000000") @Range(min = "1000000", max = "400000000000") long ownBitsPerSecond,
    @Default("0.5") @Range(min = "0.01", max = "1") double ownShare,
    @Default("township-isp") Aggregation aggregation,
    Udp udp) {

  /** Two tests of one line are at least so far apart. */
  static final Duration APART = Duration.ofHours(1);

  /** How a line is tested. */
  public enum Way {
    PACED,
    FULL
  }

  /** What schools are taken to share a link where the register says nothing of it. */
  public enum Aggregation {
    /** Lines of one operator in one township. */
    TOWNSHIP_ISP,
    /** All lines in a township. */
    TOWNSHIP,
    /** Only the lines of one school. */
    SCHOOL
  }

  /**
   * Where paced tests answer.
   *
   * @param port 0 takes any free one
   */
  public record Udp(
      @Default("0.0.0.0") String bind,
      @Default("8884") @Range(min = "0", max = "65535") int port) {}

  /** What all tests at once may take, in bit/s. */
  double room() {
    return ownBitsPerSecond * ownShare;
  }
}

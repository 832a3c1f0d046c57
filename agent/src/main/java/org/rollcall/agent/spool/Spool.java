package org.rollcall.agent.spool;

import java.util.List;
import org.rollcall.protocol.v1.Gap;

/**
 * A queue of reports that outlives the process. A report has a <em>position</em>, which only ever
 * grows for as long as the spool's folder lives, and a <em>number</em> (seq) in the spool's epoch.
 * They run in step; a new epoch begins when the end of the chain was lost, and then the numbers
 * start again at 1 while the positions go on.
 *
 * <p>What is lost (cap reached, disk refused, files damaged) becomes a gap that waits here until a
 * later report carries it.
 */
public interface Spool extends AutoCloseable {

  /**
   * Opens the folder and recovers what is in it.
   *
   * @throws SpoolException when the folder cannot be used at all, or another agent uses it. Damage
   *     to what is in it is no reason.
   */
  void start();

  /** Where the chain goes on. */
  SpoolHead head();

  /**
   * Adds the report numbered {@code head().lastSeq() + 1}; the number is used up whatever comes of
   * it.
   *
   * @param fromMillis earliest time the report speaks of, milliseconds since 1970
   * @param toMillis latest time the report speaks of
   * @return false when the disk refused it: a gap with reason {@code disk-error} has taken its
   *     place
   */
  boolean append(byte[] report, long seq, long fromMillis, long toMillis);

  /**
   * Reports in order from a position on that are safe on the disk and not released: at most {@code
   * maxReports}, and no more bytes than {@code maxBytes} but at least one report.
   */
  List<SpooledReport> read(long fromPosition, int maxReports, int maxBytes);

  /**
   * The collector has it. In any order; a position released twice or never known changes nothing.
   */
  void release(long position);

  /**
   * The collector will never take it: a gap with reason {@code refused} takes its place, and gaps
   * that it carried wait again. A position released or never known changes nothing.
   *
   * @param nowMillis what a right clock shows, milliseconds since 1970
   * @param aheadMillis how far the clock that its times come from is ahead of that; 0 where it is
   *     not known or does not matter
   */
  void refuse(long position, long nowMillis, long aheadMillis);

  /** Losses no report has carried yet, oldest first; at most {@value #MAX_GAPS}. */
  List<Gap> gaps();

  /** These are in a report that was appended. */
  void carried(List<Gap> gaps);

  /** Makes what was appended and released safe against a power cut, and thereby readable. */
  void sync();

  /** Called after reports became readable, on the thread that made them so; must not block. */
  void onReadable(Runnable listener);

  SpoolFigures figures();

  @Override
  void close();

  int MAX_GAPS = 64;
}

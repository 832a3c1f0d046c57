package org.rollcall.agent.spool;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Of which time a report spoke that the collector refused for good, by the collector's clock and as
 * well as it can be told: milliseconds since 1970.
 */
record RefusedTime(long fromMillis, long toMillis) {
  /** How well it is known how far the clock is ahead: no answer takes longer than this. */
  static final long UNSURE_MILLIS = 30_000;

  /**
   * @param frame the report's, null when it cannot be read
   * @param before the segments up to and with its own
   * @param gone the latest time that those speak of that are here no more
   * @param now what a right clock shows
   * @param aheadMillis how far the clock that its times come from is ahead
   */
  static RefusedTime of(
      @Nullable Frame frame, Collection<Segment> before, long gone, long now, long aheadMillis) {
    long unsure = aheadMillis == 0 ? 0 : UNSURE_MILLIS;
    long from = frame == null ? Long.MAX_VALUE : frame.fromMillis() - aheadMillis - unsure;
    long to = frame == null ? now : frame.toMillis() - aheadMillis + unsure;
    if (from > now) {
      // Times that cannot be: it was seen between the report before it and now.
      long position = frame == null ? Long.MAX_VALUE : frame.position();
      from = Math.max(latest(before, position, now), gone > now ? Long.MIN_VALUE : gone);
      from = from == Long.MIN_VALUE ? now : from;
    }
    return new RefusedTime(from, Math.max(from, Math.min(to, now)));
  }

  /** The latest time up to now that these speak of, in front of a position. */
  private static long latest(Collection<Segment> segments, long position, long now) {
    long latest = Long.MIN_VALUE;
    for (Segment segment : segments) {
      if (segment.lastPosition < position) {
        latest = Math.max(latest, segment.latestUntil(now));
      } else if (segment.firstPosition < position && segment.firstMillis <= now) {
        latest = Math.max(latest, segment.firstMillis); // what else it holds may be later
      }
    }
    return latest;
  }
}

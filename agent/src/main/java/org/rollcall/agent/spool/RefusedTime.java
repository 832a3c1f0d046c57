package org.rollcall.agent.spool;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Of which time a report spoke that the collector refused for good, by the collector's clock and as
 * well as it can be told: milliseconds since 1970.
 */
record RefusedTime(long fromMillis, long toMillis) {

  /**
   * @param frame the report's, null when it cannot be read
   * @param before the segments up to and with its own
   * @param now what a right clock shows
   * @param aheadMillis how far the clock that its times come from is ahead
   */
  static RefusedTime of(
      @Nullable Frame frame, Collection<Segment> before, long now, long aheadMillis) {
    long from = frame == null ? Long.MAX_VALUE : frame.fromMillis() - aheadMillis;
    long to = frame == null ? now : frame.toMillis() - aheadMillis;
    if (from > now) {
      // Times that cannot be: it was seen between the report before it and now.
      from = latest(before, now);
    }
    return new RefusedTime(from, Math.max(from, Math.min(to, now)));
  }

  /** The latest time up to now that these speak of; now where there is none. */
  private static long latest(Collection<Segment> segments, long now) {
    long latest = Long.MIN_VALUE;
    for (Segment segment : segments) {
      latest = segment.fromMillis > now ? latest : Math.max(latest, segment.fromMillis);
      latest = segment.toMillis > now ? latest : Math.max(latest, segment.toMillis);
    }
    return latest == Long.MIN_VALUE ? now : latest;
  }
}

package org.rollcall.agent.spool;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known of a segment file without reading it again. Guarded by the spool's lock. */
final class Segment {
  private static final Pattern NAME = Pattern.compile("(\\d{19})\\.segment");

  final Path file;
  final long firstPosition;

  /** Positions to take away to have the report's number; unknown (-1) where the header is lost. */
  final long seqBase;

  /** Position of the last report in it; {@code firstPosition - 1} while it holds none. */
  long lastPosition;

  /** Times its reports speak of; from is after to while it holds none. */
  long fromMillis = Long.MAX_VALUE;

  long toMillis = Long.MIN_VALUE;

  /** The time that its first report speaks of; not known while it holds none. */
  long firstMillis = Long.MAX_VALUE;

  /** Bytes that are whole; appending goes on here. */
  long end = SegmentHeader.BYTES;

  Segment(Path file, long firstPosition, long seqBase) {
    this.file = file;
    this.firstPosition = firstPosition;
    this.seqBase = seqBase;
    this.lastPosition = firstPosition - 1;
  }

  void holds(Frame frame) {
    if (lastPosition < firstPosition) {
      firstMillis = frame.fromMillis();
    }
    lastPosition = Math.max(lastPosition, frame.position());
    fromMillis = Math.min(fromMillis, frame.fromMillis());
    toMillis = Math.max(toMillis, frame.toMillis());
    end = frame.offset() + frame.size();
  }

  /** The latest time it speaks of that is not after {@code now}; long ago where there is none. */
  long latestUntil(long now) {
    long from = fromMillis > now ? Long.MIN_VALUE : fromMillis;
    return toMillis > now ? from : Math.max(from, toMillis);
  }

  static Path fileFor(Path folder, long firstPosition) {
    return folder.resolve(String.format(Locale.ROOT, "%019d.segment", firstPosition));
  }

  /** The first position a file's name tells, or null for files that are no segments. */
  static @Nullable Long firstPositionOf(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Long.valueOf(name.group(1)) : null;
  }
}

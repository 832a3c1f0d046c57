package org.rollcall.agent.spool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of positions kept as ranges: what nobody waits for any more. Not thread-safe. */
final class Released {
  /** First and last position, both inside. */
  record Range(long first, long last) {
    Range {
      if (first > last) {
        throw new IllegalStateException("BUG: range " + first + " to " + last);
      }
    }

    long size() {
      return last - first + 1;
    }
  }

  private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();

  void add(long first, long last) {
    if (first > last) {
      return;
    }
    long start = first;
    long end = last;
    Map.Entry<Long, Long> before = lastByFirst.floorEntry(start);
    if (before != null && before.getValue() >= start - 1) {
      start = before.getKey();
      end = Math.max(end, before.getValue());
    }
    Map.Entry<Long, Long> next = lastByFirst.ceilingEntry(start);
    while (next != null && next.getKey() <= end + 1) {
      end = Math.max(end, next.getValue());
      lastByFirst.remove(next.getKey());
      next = lastByFirst.ceilingEntry(start);
    }
    lastByFirst.put(start, end);
  }

  boolean contains(long position) {
    Map.Entry<Long, Long> range = lastByFirst.floorEntry(position);
    return range != null && range.getValue() >= position;
  }

  /** The first position at or after the given one that is not in the set. */
  long firstMissingFrom(long position) {
    Map.Entry<Long, Long> range = lastByFirst.floorEntry(position);
    return range != null && range.getValue() >= position ? range.getValue() + 1 : position;
  }

  /** The parts of {@code first..last} that are not in the set, in order. */
  List<Range> missing(long first, long last) {
    List<Range> missing = new ArrayList<>();
    long at = firstMissingFrom(first);
    while (at <= last) {
      Long nextFirst = lastByFirst.higherKey(at);
      long end = nextFirst == null ? last : Math.min(last, nextFirst - 1);
      missing.add(new Range(at, end));
      at = firstMissingFrom(end + 1);
    }
    return missing;
  }

  /** The highest position in the set, 0 when it is empty. */
  long highest() {
    return lastByFirst.isEmpty() ? 0 : lastByFirst.lastEntry().getValue();
  }

  List<Range> ranges() {
    List<Range> ranges = new ArrayList<>(lastByFirst.size());
    lastByFirst.forEach((first, last) -> ranges.add(new Range(first, last)));
    return ranges;
  }
}

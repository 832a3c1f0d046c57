package org.rollcall.agent.spool;

import java.util.ArrayList;
import java.util.List;
import org.rollcall.protocol.v1.Gap;

/**
 * Losses waiting for a report to carry them, at most {@link Spool#MAX_GAPS}: neighbours with the
 * same reason are one gap, and past the bound the two oldest become one that spans both. Not
 * thread-safe.
 */
final class Gaps {
  static final String SPOOL_FULL = "spool-full";
  static final String SPOOL_DAMAGED = "spool-damaged";
  static final String DISK_ERROR = "disk-error";
  static final String REFUSED = "refused";

  private final List<Gap> waiting = new ArrayList<>();

  void add(Gap gap) {
    int last = waiting.size() - 1;
    if (last >= 0 && goesOn(waiting.get(last), gap)) {
      waiting.set(last, span(waiting.get(last), gap));
      return;
    }
    waiting.add(gap);
    if (waiting.size() > Spool.MAX_GAPS) {
      waiting.set(1, span(waiting.get(0), waiting.get(1)));
      waiting.remove(0);
    }
  }

  void remove(List<Gap> carried) {
    waiting.removeAll(carried);
  }

  List<Gap> all() {
    return List.copyOf(waiting);
  }

  private static boolean goesOn(Gap before, Gap next) {
    return before.getReason().equals(next.getReason())
        && before.getFromSeq() > 0
        && before.getToSeq() + 1 == next.getFromSeq();
  }

  private static Gap span(Gap first, Gap second) {
    boolean numbered = first.getFromSeq() > 0 && second.getFromSeq() >= first.getFromSeq();
    return first.toBuilder()
        .setFromMillis(Math.min(first.getFromMillis(), second.getFromMillis()))
        .setToMillis(Math.max(first.getToMillis(), second.getToMillis()))
        .setFromSeq(numbered ? first.getFromSeq() : 0)
        .setToSeq(numbered ? second.getToSeq() : 0)
        .build();
  }
}

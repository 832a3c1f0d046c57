package org.rollcall.agent.report;

import java.util.LinkedHashSet;
import java.util.Set;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.v1.Gap;

/**
 * The beginnings of the gaps that were told lately. A collector keeps one gap of an agent for each:
 * a second one would take the place of the first, whose end may be later. Not thread-safe.
 */
final class GapBegins {
  /** More than wait at a time, many times over. */
  private static final int REMEMBERED = 1_000;

  private final Set<Long> told = new LinkedHashSet<>();

  /** The gap, begun some milliseconds earlier where another began with it. */
  Gap apart(Gap gap) {
    long from = gap.getFromMillis();
    while (told.contains(from) && from > Limits.EARLIEST_MILLIS) {
      from--;
    }
    while (told.contains(from) && from < gap.getToMillis()) {
      from++;
    }
    told.add(from);
    if (told.size() > REMEMBERED) {
      told.remove(told.iterator().next());
    }
    return gap.toBuilder().setFromMillis(from).build();
  }
}

package org.rollcall.collector.judge;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rollcall.collector.database.DatabaseUnavailableException;
import org.rollcall.collector.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schools that could not be judged, with the days that wait for it, until they are tried again.
 * Where a store was away the school is not to blame: it is tried again soon, and all of them are
 * told of in one line. One thread adds and takes; any may ask for the size.
 */
final class FailedSchools {
  /** Until a school is tried again that failed by itself. A project default. */
  static final Duration RETRY = Duration.ofMinutes(1);

  /** The same where a store was away. A project default. */
  static final Duration RETRY_STORE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(FailedSchools.class);

  private final Map<String, SortedSet<LocalDate>> waiting = new TreeMap<>();
  private Instant retryAt = Instant.MAX;
  private boolean toldOfStore;
  private volatile int size;

  /** Keeps the days of a school, beside those it has here already, and logs why. */
  void add(String school, Collection<LocalDate> days, RuntimeException why, Instant now) {
    boolean storeIsAway = isStoreAway(why);
    Instant again = now.plus(storeIsAway ? RETRY_STORE : RETRY);
    if (waiting.isEmpty() || again.isBefore(retryAt)) {
      retryAt = again;
    }
    waiting.computeIfAbsent(school, s -> new TreeSet<>()).addAll(days);
    size = waiting.size();
    if (!storeIsAway) {
      LOG.atError()
          .setCause(why)
          .addKeyValue("school", school)
          .addKeyValue("retryAt", retryAt)
          .log("A school could not be judged; its last verdicts stay, the others go on");
    } else if (!toldOfStore) {
      toldOfStore = true;
      LOG.atWarn()
          .setCause(why)
          .addKeyValue("retryAt", retryAt)
          .log("A store is away: schools cannot be judged now, and their last verdicts stay");
    }
  }

  private static boolean isStoreAway(RuntimeException why) {
    return why instanceof StoreUnavailableException || why instanceof DatabaseUnavailableException;
  }

  /** Whether there are any, and it is time to try them again. */
  boolean isDue(Instant now) {
    // Further away than it was ever set: the clock was set back.
    boolean isTime = !now.isBefore(retryAt) || now.plus(RETRY).isBefore(retryAt);
    return !waiting.isEmpty() && isTime;
  }

  /** Takes all of them: days by school. */
  Map<String, SortedSet<LocalDate>> take() {
    Map<String, SortedSet<LocalDate>> taken = new TreeMap<>(waiting);
    waiting.clear();
    size = 0;
    toldOfStore = false;
    retryAt = Instant.MAX;
    return taken;
  }

  int size() {
    return size;
  }
}

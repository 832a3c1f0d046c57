package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rollcall.collector.registry.Register;

/**
 * The verdicts of days gone by: made again from the school days that are kept when somebody asks,
 * and remembered for the last few dates. Any thread; whoever asks for a date first does the work,
 * the others wait.
 */
final class PastBoards {
  /** Dates remembered: a report's, the one compared with it, and a few that people look at. */
  private static final int REMEMBERED = 4;

  private final Rejudgement rejudgement;
  private final Map<Key, Board> boards =
      new LinkedHashMap<>(8, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Board> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Everything a board rests on. */
  private record Key(LocalDate date, Basis basis, long registerRevision, long daysRevision) {}

  PastBoards(Rejudgement rejudgement) {
    this.rejudgement = rejudgement;
  }

  /**
   * @param register as it was on that date
   * @param daysRevision differs whenever a school day before today was rolled up anew
   */
  synchronized Board of(LocalDate date, Basis basis, Register register, long daysRevision) {
    Key key = new Key(date, basis, register.revision(), daysRevision);
    Board known = boards.get(key);
    if (known == null) {
      known = rejudgement.board(register, date, basis);
      boards.put(key, known);
    }
    return known;
  }
}

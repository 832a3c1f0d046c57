package org.rollcall.collector.sheet;

import java.util.List;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.judge.Reason;

/**
 * One mark of the sheet and what it rests on.
 *
 * @param minutes the day's lesson minutes that have ended; up, down, unknown and planned add up
 * @param because why, most important first; never empty; said by {@link SheetText}
 */
public record Cell(RollMark mark, Availability minutes, List<Reason> because) {

  public Cell {
    because = List.copyOf(because);
    if (because.isEmpty()) {
      throw new IllegalArgumentException("A mark " + mark + " needs a reason.");
    }
  }

  static Cell of(RollMark mark, Availability minutes, Reason because) {
    return new Cell(mark, minutes, List.of(because));
  }
}

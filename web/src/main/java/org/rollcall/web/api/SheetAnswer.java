package org.rollcall.web.api;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rollcall.collector.judge.Reason;
import org.rollcall.collector.sheet.Cell;
import org.rollcall.collector.sheet.Roll;
import org.rollcall.collector.sheet.RollMark;
import org.rollcall.collector.sheet.RollRule;
import org.rollcall.collector.sheet.SheetText;

/**
 * The parts that the sheets of regions and schools share. A sentence that comes again is sent once:
 * cells name it by its place in {@link #reasons()}. One call, one thread.
 */
final class SheetAnswer {
  private final Map<Reason, Integer> places = new LinkedHashMap<>();

  /** A cell as it is sent; the minutes add up to {@code lessonMinutes}. */
  record CellView(
      RollMark mark,
      int up,
      int down,
      int unknown,
      int planned,
      int lessonMinutes,
      List<Integer> because) {}

  /** A sentence in both languages. */
  record Sentence(String code, String zh, String en) {}

  /** One date and what was called on it. */
  record Column(String date, Roll roll) {}

  /** The numbers the marks rest on; all of them this project's own choice. */
  record Thresholds(int presentPercent, int knownPercent, boolean projectDefault) {
    static final Thresholds IN_FORCE =
        new Thresholds(RollRule.PRESENT_PERCENT, RollRule.KNOWN_PERCENT, true);
  }

  List<CellView> cells(List<Cell> cells) {
    return cells.stream().map(this::cell).toList();
  }

  private CellView cell(Cell cell) {
    List<Integer> because = new ArrayList<>(cell.because().size());
    for (Reason reason : cell.because()) {
      because.add(places.computeIfAbsent(reason, r -> places.size()));
    }
    return new CellView(
        cell.mark(),
        cell.minutes().up(),
        cell.minutes().down(),
        cell.minutes().unknown(),
        cell.minutes().planned(),
        cell.minutes().minutes(),
        because);
  }

  /** All sentences so far, in the order of their places. */
  List<Sentence> reasons() {
    return places.keySet().stream()
        .map(
            reason ->
                new Sentence(
                    reason.code(),
                    SheetText.in(Locale.SIMPLIFIED_CHINESE).text(reason),
                    SheetText.in(Locale.ENGLISH).text(reason)))
        .toList();
  }

  /**
   * @param rows a row of cells for each line of the sheet, as long as there are dates
   */
  static List<Column> columns(List<LocalDate> dates, List<List<Cell>> rows) {
    List<Column> columns = new ArrayList<>(dates.size());
    for (int i = 0; i < dates.size(); i++) {
      int place = i;
      columns.add(
          new Column(
              dates.get(i).toString(), Roll.of(rows.stream().map(row -> row.get(place)).toList())));
    }
    return columns;
  }
}

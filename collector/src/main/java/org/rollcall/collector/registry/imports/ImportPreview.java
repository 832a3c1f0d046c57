package org.rollcall.collector.registry.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Watch;

/**
 * What an import does to which records: how many of each, and the first {@link #SHOWN}. One thread
 * writes, any may look.
 */
public final class ImportPreview implements Watch {
  /** How many of each kind are shown; a project default. */
  public static final int SHOWN = 200;

  private final List<Line> added = new ArrayList<>();
  private final List<Line> changed = new ArrayList<>();
  private final List<Line> ended = new ArrayList<>();
  private int rows;
  private int records;
  private int written;

  /**
   * One record.
   *
   * @param label its codes and its name
   * @param differences by column; all of them of a new one, none of one that ends
   */
  public record Line(String label, Map<String, Difference> differences) {}

  /** As far as it is known. */
  public record Seen(
      int rows, int records, int written, List<Line> added, List<Line> changed, List<Line> ended) {
    public Seen {
      added = List.copyOf(added);
      changed = List.copyOf(changed);
      ended = List.copyOf(ended);
    }
  }

  @Override
  public synchronized void read(int row) {
    rows = row;
  }

  @Override
  public synchronized void differs(@Nullable Object before, Object after) {
    records++;
    List<Line> lines = before == null ? added : changed;
    if (lines.size() < SHOWN) {
      Map<String, String> then = before == null ? Map.of() : Cells.of(before);
      lines.add(new Line(Cells.label(after), Cells.differences(then, Cells.of(after))));
    }
  }

  @Override
  public synchronized void ends(Object record) {
    if (ended.size() < SHOWN) {
      ended.add(new Line(Cells.label(record), Map.of()));
    }
  }

  @Override
  public synchronized void written(int more) {
    written += more;
  }

  /** What is known so far. */
  public synchronized Seen seen() {
    return new Seen(rows, records, written, added, changed, ended);
  }
}

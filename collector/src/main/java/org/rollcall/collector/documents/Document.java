package org.rollcall.collector.documents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document's content, without any look.
 *
 * @param format {@value #FORMAT} now
 * @param kind id of its {@link DocumentKind}
 * @param cover what stands on its first page; empty for one without
 * @param snapshot number of the snapshot it says
 * @param sha256 of that snapshot's JSON
 */
public record Document(
    int format,
    String kind,
    String title,
    List<Field> cover,
    List<Block> blocks,
    long snapshot,
    String sha256) {
  /** Number of this form. */
  public static final int FORMAT = 1;

  /** Stands where Rollcall knows nothing and whoever files the document must write. */
  public static final String FILL = "(由填报单位填写)";

  public Document {
    cover = List.copyOf(cover);
    blocks = List.copyOf(blocks);
  }

  /** A label and what stands behind it. */
  public record Field(String label, String text) {}

  /** What a block is. */
  public enum Kind {
    /** 一、…: level 1; (一)…: level 2. */
    HEADING,
    TEXT,
    TABLE,
    /** Lines to be signed and stamped by hand. */
    SIGNATURES
  }

  /**
   * One piece of a document.
   *
   * @param level of a heading, else 0
   * @param text of a heading or a text; else empty
   * @param table of a table, else null
   * @param lines of signatures, else empty
   */
  public record Block(
      Kind kind, int level, String text, @Nullable Table table, List<String> lines) {
    public Block {
      lines = List.copyOf(lines);
      if ((kind == Kind.TABLE) != (table != null)) {
        throw new IllegalStateException("BUG: a table's block is without a table");
      }
    }

    static Block heading(int level, String text) {
      return new Block(Kind.HEADING, level, text, null, List.of());
    }

    static Block text(String text) {
      return new Block(Kind.TEXT, 0, text, null, List.of());
    }

    static Block signatures(String... lines) {
      return new Block(Kind.SIGNATURES, 0, "", null, List.of(lines));
    }
  }

  /**
   * A table.
   *
   * @param name unique in its document and fit for a sheet's name, e.g. 表3
   * @param rows as many cells each as there are columns
   * @param note what a reader must know of it; may be empty
   */
  public record Table(
      String name, String title, List<Column> columns, List<List<String>> rows, String note) {
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      for (List<String> row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalStateException(
              "BUG: " + name + " has " + columns.size() + " columns and a row of " + row.size());
        }
      }
    }
  }

  /**
   * A column.
   *
   * @param width in relation to the others; 1 is that of a short number
   * @param number whether cells that are numbers are numbers in a spreadsheet; codes are not
   */
  public record Column(String title, int width, boolean number) {
    static Column text(String title, int width) {
      return new Column(title, width, false);
    }

    static Column number(String title) {
      return new Column(title, 2, true);
    }
  }
}

package org.rollcall.collector.selfcheck;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a school wrote on its sheet of a round.
 *
 * @param round the school year, such as {@code 2026-2027}
 * @param account who began it; empty when nobody has yet
 * @param changed when anything of it last changed; null when nobody has begun it
 * @param rows what is written, by item; no entry where nothing is
 */
public record SelfCheck(
    String school,
    String round,
    State state,
    String account,
    @Nullable Instant changed,
    Map<SelfCheckItem, Row> rows) {

  public SelfCheck {
    rows = Map.copyOf(rows);
  }

  /** How far a sheet is; submitting and reviewing it come with the documents. */
  public enum State {
    DRAFT
  }

  /**
   * What is written beside one item.
   *
   * @param notes the texts
   * @param account who changed it last
   */
  public record Row(Notes notes, String account, Instant changed) {}

  /**
   * The texts beside one item; each may be empty.
   *
   * @param statement what the school says (学校自报) where no declared value is of it
   * @param difference why declared and measured differ (差异说明)
   * @param evidence what lies at hand as proof (佐证材料)
   * @param measures what is to be done (整改措施)
   * @param person who is responsible (责任人)
   * @param deadline by when (完成时限); null for none
   */
  public record Notes(
      String statement,
      String difference,
      String evidence,
      String measures,
      String person,
      @Nullable LocalDate deadline) {
    /** Characters of a text. Project default. */
    public static final int LONGEST = 500;

    /** Nothing is written. */
    public static final Notes NONE = new Notes("", "", "", "", "", null);
  }
}

package org.rollcall.collector.selfcheck;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a school wrote on its sheet of a round.
 *
 * @param round the school year, such as {@code 2026-2027}
 * @param account who began it; empty when nobody has yet
 * @param changed when anything of it last changed; null when nobody has begun it
 * @param rows what is written, by item; no entry where nothing is
 * @param steps its way so far, oldest first
 */
public record SelfCheck(
    String school,
    String round,
    State state,
    String account,
    @Nullable Instant changed,
    Map<SelfCheckItem, Row> rows,
    List<Step> steps) {

  public SelfCheck {
    rows = Map.copyOf(rows);
    steps = List.copyOf(steps);
  }

  /** How far a sheet is. */
  public enum State {
    /** The school writes. */
    DRAFT,
    /** Sent back with a reason; the school writes again. */
    RETURNED,
    /** Waits for the township. */
    SUBMITTED,
    /** Waits for the county. */
    TOWNSHIP_PASSED,
    /** Waits to be filed. */
    COUNTY_PASSED,
    /** Nothing of it changes any more. */
    FILED;

    /** Whether the school may write on it. */
    public boolean isOpen() {
      return this == DRAFT || this == RETURNED;
    }

    /** Whether a sheet may go from here to there in one step. */
    public boolean leadsTo(State to) {
      return switch (this) {
        case DRAFT, RETURNED -> to == SUBMITTED;
        case SUBMITTED -> to == TOWNSHIP_PASSED || to == RETURNED;
        case TOWNSHIP_PASSED -> to == COUNTY_PASSED || to == RETURNED;
        case COUNTY_PASSED -> to == FILED;
        case FILED -> false;
      };
    }
  }

  /**
   * One step of a sheet's way.
   *
   * @param state what it became
   * @param text the reason of a return; may be empty otherwise
   * @param sha256 of what was submitted, hexadecimal; null for other steps
   */
  public record Step(
      State state, String account, Instant at, String text, @Nullable String sha256) {
    /** Characters of a reason. Project default. */
    public static final int LONGEST = 500;

    public Step {
      if (text.length() > LONGEST || (state == State.RETURNED && text.isBlank())) {
        throw new IllegalArgumentException(
            "A reason has at most " + LONGEST + " characters, and a return has one");
      }
    }
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

package org.rollcall.collector.snapshot;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.snapshot.SnapshotBody.DeclaredFact;

/**
 * One school in a snapshot: its entry in the register as it was used, what it declares, how it was
 * judged, how it was used and how it ran.
 *
 * @param region code of its township
 * @param students of the whole school with its campuses, as teachers and classes
 * @param registered classes that have an entry of their own
 * @param equipped of them, those with a declared platform
 * @param unequipped the others, by name
 * @param use by grade; empty where no class was seen
 * @param sheet its self-check sheet; null in a region's snapshot where it is not begun
 */
public record SchoolFact(
    String code,
    String name,
    String region,
    String stage,
    String tier,
    String ownership,
    String setting,
    int students,
    int teachers,
    int classes,
    @Nullable String medium,
    @Nullable String isp,
    @Nullable Double contractMbps,
    @Nullable Boolean eduNetwork,
    @Nullable Integer planYear,
    @Nullable Integer largestClass,
    @Nullable Integer multimediaRooms,
    @Nullable Integer computers,
    int registered,
    int equipped,
    List<String> unequipped,
    List<LineFact> lines,
    List<RoomFact> rooms,
    List<DeclaredFact> declared,
    List<VerdictFact> verdicts,
    List<GradeUse> use,
    Operation operation,
    @Nullable SheetFact sheet) {

  /**
   * A line as it is registered.
   *
   * @param portMbps the highest speed its port told on the newest day of the span, in 10^6 bit/s;
   *     null where none did
   */
  public record LineFact(
      String name,
      @Nullable String medium,
      @Nullable String isp,
      @Nullable Double contractMbps,
      @Nullable Boolean eduNetwork,
      @Nullable Double portMbps) {}

  /** A computer room as it is registered. */
  public record RoomFact(String name, int seats) {}

  /**
   * A verdict. Its id, {@code school/profile/rule/to}, is what the observations behind it are asked
   * for with.
   *
   * @param because sentences in Chinese, most important first
   * @param objected whether its school objects to it
   */
  public record VerdictFact(
      String rule,
      String outcome,
      String evidence,
      boolean disputed,
      boolean objected,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit,
      String from,
      String to,
      int samples,
      List<String> codes,
      List<String> because,
      String profileVersion,
      String calendarVersion,
      List<PartFact> parts,
      List<String> missing,
      @Nullable Double passShare,
      @Nullable Double passShareLow95) {}

  /** A part of a target that has several. */
  public record PartFact(
      String part,
      String line,
      @Nullable String campus,
      String state,
      @Nullable Double value,
      String unit,
      List<String> because) {}

  /**
   * For how long the classes of a grade were switched on.
   *
   * @param classes that have machines which were seen
   * @param classDays sum over its classes of the days on which each was seen
   * @param minutes sum over classes and days
   * @param times how often switched on, sum over classes and days
   */
  public record GradeUse(int grade, int classes, long classDays, long minutes, long times) {}

  /**
   * How its lines and machines ran in the span.
   *
   * @param days school days rolled up
   * @param up lesson minutes in which its lines were up; with down, unknown and planned they add up
   * @param outages runs of down lesson minutes of its lines, each within a day
   * @param longestOutage lesson minutes of the longest
   * @param faults how often machines fell into a fault
   * @param roomMinutes minutes the computers of its rooms were on, sum over computers and days
   * @param idle machines that were seen and never on, by subject
   * @param unseen machines registered and never seen, by subject
   */
  public record Operation(
      int days,
      int up,
      int down,
      int unknown,
      int planned,
      int outages,
      int longestOutage,
      int faults,
      long roomMinutes,
      List<String> idle,
      List<String> unseen) {}

  /**
   * Its self-check sheet of the day's round.
   *
   * @param state as the sheet tells it
   * @param rows what is written, by item
   * @param steps its way so far, oldest first
   */
  public record SheetFact(String round, String state, List<SheetRow> rows, List<SheetStep> steps) {}

  /**
   * One step of a sheet's way.
   *
   * @param state what it became
   * @param text the reason of a return, or an opinion; may be empty
   */
  public record SheetStep(String state, String account, String at, String text) {}

  /** What is written beside one item. */
  public record SheetRow(
      String item,
      String statement,
      String difference,
      String evidence,
      String measures,
      String person,
      @Nullable String deadline,
      String account,
      String changed) {}
}

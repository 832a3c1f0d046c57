package org.rollcall.collector.sheet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.LessonStates;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.judge.Reason;

/**
 * A school's own row: whether it was connected, by what its lines showed. Of several lines any that
 * was up makes a minute up; of several campuses the worst decides. A line that nobody watches
 * cannot be called and says nothing.
 */
public final class LineRoll {
  private LineRoll() {}

  /**
   * One site of a school.
   *
   * @param label its name where sentences must tell it from the school's other sites
   */
  public record SiteDays(String label, List<CalledDay> days) {
    public SiteDays {
      days = List.copyOf(days);
    }
  }

  /**
   * The school's row.
   *
   * @param sites its main site and its further campuses, all with the same dates; at least one
   * @param disputed the rules whose verdict of a date is disputed, by date. A doubt takes the place
   *     of a presence and never hides an absence
   */
  public static List<Cell> row(
      List<SiteDays> sites, Map<LocalDate, ? extends Collection<String>> disputed) {
    List<CalledDay> days = sites.get(0).days();
    List<Cell> row = new ArrayList<>(days.size());
    for (int i = 0; i < days.size(); i++) {
      Cell cell = worst(sites, i);
      Collection<String> doubts = disputed.get(days.get(i).date());
      row.add(doubts == null || doubts.isEmpty() ? cell : doubted(cell, doubts));
    }
    return row;
  }

  private static Cell worst(List<SiteDays> sites, int day) {
    Cell worst = site(sites.get(0).days().get(day));
    String label = sites.get(0).label();
    for (SiteDays site : sites.subList(1, sites.size())) {
      Cell other = site(site.days().get(day));
      if (other.mark().compareTo(worst.mark()) < 0) {
        worst = other;
        label = site.label();
      }
    }
    if (sites.size() == 1 || worst.mark() == RollMark.NO_SCHOOL) {
      return worst;
    }
    return with(worst, worst.mark(), SheetReason.CAMPUS_DECIDES.with(sites.size(), label));
  }

  private static Cell doubted(Cell cell, Collection<String> rules) {
    if (cell.mark() != RollMark.PRESENT) {
      return cell;
    }
    return with(
        cell,
        RollMark.DISPUTED,
        SheetReason.VERDICT_DISPUTED.with(String.join("|", rules.stream().sorted().toList())));
  }

  private static Cell with(Cell cell, RollMark mark, Reason further) {
    List<Reason> because = new ArrayList<>(cell.because());
    because.add(further);
    return new Cell(mark, cell.minutes(), because);
  }

  private static Cell site(CalledDay day) {
    Cell not = day.notCalled();
    if (not != null) {
      return not;
    }
    LessonStates any = null;
    for (SubjectDay subject : day.known().subjects()) {
      @Nullable LessonStates states = subject.states();
      if (states != null && subject.isOfKind("link")) {
        any = any == null ? states : any.or(states);
      }
    }
    if (any == null) {
      SheetReason why = day.isSilent() ? SheetReason.DAY_MISSING : SheetReason.LINE_UNSEEN;
      return Cell.of(RollMark.NO_DATA, day.unseen(), why.with());
    }
    Availability minutes = day.ended(any.availability());
    if (!RollRule.isKnown(minutes)) {
      return few(minutes);
    }
    boolean present = RollRule.isPresent(minutes);
    SheetReason why = present ? SheetReason.LINE_PRESENT : SheetReason.LINE_ABSENT;
    int known = RollRule.known(minutes);
    return Cell.of(
        present ? RollMark.PRESENT : RollMark.ABSENT,
        minutes,
        why.with(minutes.up(), known, percent(minutes.up(), known), RollRule.PRESENT_PERCENT));
  }

  /** The cell of whoever too little is known of. */
  static Cell few(Availability minutes) {
    return Cell.of(
        RollMark.NO_DATA,
        minutes,
        SheetReason.FEW_KNOWN.with(
            RollRule.known(minutes), minutes.judged(), RollRule.KNOWN_PERCENT));
  }

  /** With one place, cut: 89.96 % does not read as 90. */
  private static String percent(int part, int whole) {
    return whole == 0
        ? "0"
        : BigDecimal.valueOf(100L * part)
            .divide(BigDecimal.valueOf(whole), 1, RoundingMode.DOWN)
            .stripTrailingZeros()
            .toPlainString();
  }
}

package org.rollcall.collector.rollup;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.rollup.Coefficient.Unit;
import org.rollcall.collector.rollup.LeftOut.Why;

/**
 * Resources of schools that hold several stages, shared out among the stages, so that the
 * coefficients of primary and of junior secondary are computed separately. A pupil of a higher
 * stage counts for more: primary : junior : senior = 1 : 1.1 : 1.32, so nine-year schools 1 : 1.1
 * and combined (junior and senior) schools 1 : 1.2.
 *
 * <pre>
 *   nine-year    primary = total · A / (A + 1.1·B)             junior = total · 1.1·B / (A + 1.1·B)
 *   combined     junior  = total · B / (B + 1.2·C)
 *   twelve-year  primary = total · A / (A + 1.1·B + 1.32·C)    junior = total · 1.1·B / (…)
 * </pre>
 *
 * <p>Each part then enters as a school of its own, with its own pupils. What falls to the senior
 * stage enters neither figure. Source: 义务教育均衡发展差异系数计算方法及数据来源 (equipment and rooms).
 *
 * @param primary parts of primary stage, teaching points among them, in the order given
 * @param junior parts of junior secondary stage
 * @param leftOfPrimary schools whose primary part is not known, and those outside both stages
 * @param leftOfJunior the same for junior secondary
 */
public record StageSplit(
    List<Unit> primary,
    List<Unit> junior,
    List<LeftOut> leftOfPrimary,
    List<LeftOut> leftOfJunior) {
  /** Decimals a share is kept with; the source rounds a share down to whole pieces for showing. */
  private static final int DECIMALS = 10;

  public StageSplit {
    primary = List.copyOf(primary);
    junior = List.copyOf(junior);
    leftOfPrimary = List.copyOf(leftOfPrimary);
    leftOfJunior = List.copyOf(leftOfJunior);
  }

  /**
   * A school as it is registered and declares itself.
   *
   * @param students its pupils in all, as registered
   * @param primaryStudents declared pupils of primary stage; null when not declared
   * @param juniorStudents declared pupils of junior secondary stage
   * @param seniorStudents declared pupils of senior secondary stage
   * @param resources what it has in all: rooms, computers, books; null when not known
   */
  public record Whole(
      String school,
      Stage stage,
      int students,
      @Nullable Integer primaryStudents,
      @Nullable Integer juniorStudents,
      @Nullable Integer seniorStudents,
      @Nullable BigDecimal resources) {
    public Whole {
      if (below(students) || below(primaryStudents) || below(juniorStudents)) {
        throw new IllegalArgumentException("School " + school + " has fewer than no pupils.");
      }
      if (below(seniorStudents) || (resources != null && resources.signum() < 0)) {
        throw new IllegalArgumentException("School " + school + " has fewer than none.");
      }
    }

    private static boolean below(@Nullable Integer students) {
      return students != null && students < 0;
    }
  }

  /**
   * Pupils of one stage with what one of them weighs.
   *
   * @param weight in hundredths: 100, 110, 120, 132
   */
  private record Weighted(int students, int weight) {
    long mass() {
      return (long) students * weight;
    }
  }

  /** Shares out what each school has. Schools of one stage keep everything. */
  public static StageSplit of(Collection<Whole> schools) {
    Parts parts = new Parts();
    schools.forEach(parts::add);
    return new StageSplit(parts.primary, parts.junior, parts.leftOfPrimary, parts.leftOfJunior);
  }

  /** The coefficient of primary stage; parameters as in {@link Coefficient#of}. */
  public Coefficient primaryCoefficient(int per, int smallTeachingPoint) {
    return Coefficient.of(primary, leftOfPrimary, per, smallTeachingPoint);
  }

  /** The coefficient of junior secondary stage. */
  public Coefficient juniorCoefficient(int per, int smallTeachingPoint) {
    return Coefficient.of(junior, leftOfJunior, per, smallTeachingPoint);
  }

  /**
   * A part's resources as the source prints them, rounded down to whole pieces; null when unknown.
   */
  public static @Nullable BigDecimal wholePieces(Unit part) {
    BigDecimal resources = part.resources();
    return resources == null ? null : resources.setScale(0, RoundingMode.DOWN);
  }

  private static final class Parts {
    final List<Unit> primary = new ArrayList<>();
    final List<Unit> junior = new ArrayList<>();
    final List<LeftOut> leftOfPrimary = new ArrayList<>();
    final List<LeftOut> leftOfJunior = new ArrayList<>();

    void add(Whole school) {
      switch (school.stage()) {
        case PRIMARY, TEACHING_POINT -> primary.add(alone(school, school.primaryStudents()));
        case JUNIOR -> junior.add(alone(school, school.juniorStudents()));
        case NINE_YEAR -> nineYear(school);
        case COMBINED -> combined(school);
        case TWELVE_YEAR -> twelveYear(school);
        case SENIOR, SPECIAL -> {
          leftOfPrimary.add(new LeftOut(school.school(), Why.OTHER_STAGE));
          leftOfJunior.add(new LeftOut(school.school(), Why.OTHER_STAGE));
        }
      }
    }

    /** A school of one stage: its declared pupils, or else those it is registered with. */
    private static Unit alone(Whole school, @Nullable Integer declared) {
      return new Unit(
          school.school(),
          declared == null ? school.students() : declared,
          school.stage() == Stage.TEACHING_POINT,
          school.resources());
    }

    private void nineYear(Whole school) {
      Integer a = school.primaryStudents();
      Integer b = school.juniorStudents();
      if (a == null || b == null) {
        leftOfPrimary.add(new LeftOut(school.school(), Why.NO_STAGE_STUDENTS));
        leftOfJunior.add(new LeftOut(school.school(), Why.NO_STAGE_STUDENTS));
        return;
      }
      Weighted primaryPart = new Weighted(a, 100);
      Weighted juniorPart = new Weighted(b, 110);
      long all = primaryPart.mass() + juniorPart.mass();
      primary.add(part(school, primaryPart, all));
      junior.add(part(school, juniorPart, all));
    }

    private void combined(Whole school) {
      Integer b = school.juniorStudents();
      Integer c = school.seniorStudents();
      if (b == null || c == null) {
        leftOfJunior.add(new LeftOut(school.school(), Why.NO_STAGE_STUDENTS));
        return;
      }
      Weighted juniorPart = new Weighted(b, 100);
      junior.add(part(school, juniorPart, juniorPart.mass() + new Weighted(c, 120).mass()));
    }

    private void twelveYear(Whole school) {
      Integer a = school.primaryStudents();
      Integer b = school.juniorStudents();
      Integer c = school.seniorStudents();
      if (a == null || b == null || c == null) {
        leftOfPrimary.add(new LeftOut(school.school(), Why.NO_STAGE_STUDENTS));
        leftOfJunior.add(new LeftOut(school.school(), Why.NO_STAGE_STUDENTS));
        return;
      }
      Weighted primaryPart = new Weighted(a, 100);
      Weighted juniorPart = new Weighted(b, 110);
      long all = primaryPart.mass() + juniorPart.mass() + new Weighted(c, 132).mass();
      primary.add(part(school, primaryPart, all));
      junior.add(part(school, juniorPart, all));
    }

    private static Unit part(Whole school, Weighted own, long all) {
      BigDecimal resources = school.resources();
      BigDecimal share =
          resources == null || all == 0
              ? null
              : resources
                  .multiply(BigDecimal.valueOf(own.mass()))
                  .divide(BigDecimal.valueOf(all), DECIMALS, RoundingMode.HALF_UP);
      return new Unit(school.school(), own.students(), false, share);
    }
  }
}

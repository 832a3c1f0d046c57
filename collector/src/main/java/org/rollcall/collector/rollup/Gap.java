package org.rollcall.collector.rollup;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.School;

/**
 * One rule's outcome on two or more sides of a divide: urban, town and rural schools, public and
 * private ones, or stages. (信18号·三(二)「城乡中小学信息化装备基本均衡」.)
 *
 * @param sides in the order of the divide, those without schools included
 * @param differences between the sides that are compared
 */
public record Gap(String rule, Divide divide, List<Side> sides, List<Difference> differences) {
  private static final int DECIMALS = 2;

  public Gap {
    sides = List.copyOf(sides);
    differences = List.copyOf(differences);
  }

  /** What parts the schools. */
  public enum Divide {
    SETTING,
    OWNERSHIP,
    STAGE;

    private List<String> sides() {
      Enum<?>[] sides =
          switch (this) {
            case SETTING -> School.Setting.values();
            case OWNERSHIP -> School.Ownership.values();
            case STAGE -> School.Stage.values();
          };
      return Arrays.stream(sides).map(Enum::name).toList();
    }

    private String side(School school) {
      return switch (this) {
        case SETTING -> school.setting().name();
        case OWNERSHIP -> school.ownership().name();
        case STAGE -> school.stage().name();
      };
    }

    /** The sides that are compared; the other stages overlap and stand side by side alone. */
    private List<Pair> pairs() {
      return switch (this) {
        case SETTING ->
            List.of(
                new Pair("URBAN", "RURAL"), new Pair("URBAN", "TOWN"), new Pair("TOWN", "RURAL"));
        case OWNERSHIP -> List.of(new Pair("PUBLIC", "PRIVATE"));
        case STAGE -> List.of(new Pair("JUNIOR", "PRIMARY"));
      };
    }
  }

  private record Pair(String from, String to) {}

  /**
   * The schools of one side.
   *
   * @param name URBAN, PRIVATE, …: the register's word
   * @param classesMet for class coverage, n: classes with a platform; else 0
   * @param classes for class coverage, N: classes of the schools whose share is known; else 0
   */
  public record Side(String name, Counts counts, long classesMet, long classes) {}

  /**
   * How far {@code from} is ahead of {@code to}, in percentage points rounded half up to 0.01;
   * negative when it is behind. Null when one side has nothing in scope.
   *
   * @param points difference of the official rates (rateLow)
   * @param least the smallest difference that the schools without sufficient data leave possible:
   *     rateLow of {@code from} − rateHigh of {@code to}
   * @param most the greatest: rateHigh of {@code from} − rateLow of {@code to}
   * @param ofClasses difference of Σn/ΣN, every class weighing the same; null unless the rule is
   *     about classes
   */
  public record Difference(
      String from,
      String to,
      @Nullable BigDecimal points,
      @Nullable BigDecimal least,
      @Nullable BigDecimal most,
      @Nullable BigDecimal ofClasses) {}

  /**
   * Parts schools and compares the sides.
   *
   * @param schools in any order
   * @param verdicts the verdicts of the school with this code, of any rule
   */
  public static Gap of(
      Profile profile,
      Rule rule,
      Divide divide,
      Collection<School> schools,
      Function<String, ? extends Collection<Verdict>> verdicts) {
    Map<String, RuleTally> tallies = new TreeMap<>();
    divide.sides().forEach(name -> tallies.put(name, new RuleTally(rule)));
    for (School school : schools) {
      RuleTally tally = tallies.get(divide.side(school));
      for (Verdict verdict : verdicts.apply(school.code())) {
        boolean own = verdict.profile().equals(profile.id()) && verdict.rule().equals(rule.id());
        if (own && tally != null) {
          tally.add(verdict);
        }
      }
    }
    Map<String, Side> sides = new TreeMap<>();
    tallies.forEach((name, tally) -> sides.put(name, side(name, tally)));
    List<Difference> differences = new ArrayList<>();
    divide.pairs().forEach(pair -> differences.add(difference(sides, pair.from(), pair.to())));
    return new Gap(
        rule.id(),
        divide,
        divide.sides().stream().map(name -> known(sides, name)).toList(),
        differences);
  }

  private static Side side(String name, RuleTally tally) {
    return new Side(name, tally.counts(), tally.units().met(), tally.units().all());
  }

  private static Side known(Map<String, Side> sides, String name) {
    Side side = sides.get(name);
    if (side == null) {
      throw new IllegalStateException("BUG: no side " + name.toLowerCase(Locale.ROOT));
    }
    return side;
  }

  private static Difference difference(Map<String, Side> sides, String from, String to) {
    Side a = known(sides, from);
    Side b = known(sides, to);
    Counts x = a.counts();
    Counts y = b.counts();
    int xMost = x.met() + x.insufficient();
    int yMost = y.met() + y.insufficient();
    return new Difference(
        from,
        to,
        points(x.met(), x.inScope(), y.met(), y.inScope()),
        points(x.met(), x.inScope(), yMost, y.inScope()),
        points(xMost, x.inScope(), y.met(), y.inScope()),
        points(a.classesMet(), a.classes(), b.classesMet(), b.classes()));
  }

  /** 100·(n/of − m/outOf), computed from the whole numbers; null when one side has nothing. */
  private static @Nullable BigDecimal points(long n, long of, long m, long outOf) {
    if (of == 0 || outOf == 0) {
      return null;
    }
    BigInteger ahead = product(n, outOf).subtract(product(m, of)).multiply(BigInteger.valueOf(100));
    return new BigDecimal(ahead)
        .divide(new BigDecimal(product(of, outOf)), DECIMALS, RoundingMode.HALF_UP);
  }

  private static BigInteger product(long one, long other) {
    return BigInteger.valueOf(one).multiply(BigInteger.valueOf(other));
  }
}

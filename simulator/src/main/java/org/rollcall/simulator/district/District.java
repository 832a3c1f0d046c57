package org.rollcall.simulator.district;

import java.util.ArrayList;
import java.util.List;

/**
 * A plausible district that does not exist: the real sub-districts of Longgang (龙岗区), with schools
 * that are all made up. The same seed and size always give the same district.
 */
public record District(long seed, List<SchoolPlan> schools) {
  /** Division code of the district. */
  public static final String ROOT = "440307";

  /** How many schools a district may have: see {@link SchoolNames}. */
  public static final int MOST_SCHOOLS = 250;

  /** Computers in a school's computer room; of six, five must be usable. */
  private static final int PCS = 6;

  /** Sub-districts with their divisions' codes and the middle of each. */
  public static final List<Township> TOWNSHIPS =
      List.of(
          new Township("440307001", "平湖街道", "Pinghu Sub-district", 114.130, 22.690),
          new Township("440307002", "布吉街道", "Buji Sub-district", 114.118, 22.606),
          new Township("440307003", "坂田街道", "Bantian Sub-district", 114.070, 22.636),
          new Township("440307004", "南湾街道", "Nanwan Sub-district", 114.158, 22.628),
          new Township("440307005", "横岗街道", "Henggang Sub-district", 114.208, 22.648),
          new Township("440307006", "龙城街道", "Longcheng Sub-district", 114.236, 22.702),
          new Township("440307007", "龙岗街道", "Longgang Sub-district", 114.280, 22.726),
          new Township("440307008", "坪地街道", "Pingdi Sub-district", 114.312, 22.772));

  private static final String[] NUMERALS = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};

  public District {
    schools = List.copyOf(schools);
  }

  /** A sub-district; longitude and latitude of its middle, in degrees, WGS-84. */
  public record Township(String code, String name, String nameEn, double lon, double lat) {}

  /** Makes a district of that many schools. */
  public static District of(long seed, int schools) {
    if (schools < 1 || schools > MOST_SCHOOLS) {
      throw new IllegalArgumentException(
          "A district has 1 to " + MOST_SCHOOLS + " schools, not " + schools + ".");
    }
    SchoolNames names = new SchoolNames(seed);
    List<SchoolPlan> plans = new ArrayList<>();
    for (int i = 0; i < schools; i++) {
      plans.add(school(Dice.mix(seed, 100 + i), i, Scenario.at(i, schools), names));
    }
    return new District(seed, plans);
  }

  private static SchoolPlan school(long seed, int index, Scenario scenario, SchoolNames names) {
    Township township = TOWNSHIPS.get((index * 3 + index / 8) % TOWNSHIPS.size());
    String tier = scenario.traits().tier();
    String stage = stage(seed, tier);
    String ownership = !tier.equals("C") && Dice.unit(seed, 2) < 0.25 ? "private" : "public";
    String[] name = names.next(stage, tier, ownership);
    if (index == 0) {
      stage = "nine_year";
      ownership = "public";
      name = new String[] {SchoolNames.LONGEST, SchoolNames.LONGEST_EN};
    }
    List<ClassPlan> classes = classes(seed, stage, scenario.traits().coverage());
    int students = classes.size() * (38 + Dice.below(seed, 4, 12));
    double angle = Dice.between(seed, 5, 0, 2 * Math.PI);
    double away = 0.027 * Math.sqrt(Dice.between(seed, 6, 0.03, 1));
    return new SchoolPlan(
        "0144307%03d".formatted(index + 1),
        name[0],
        name[1],
        township.code(),
        stage,
        ownership,
        tier.equals("A") ? "urban" : "rural",
        students,
        Math.max(6, students / 18),
        Math.round((township.lon() + away * Math.cos(angle)) * 1e5) / 1e5,
        Math.round((township.lat() + away * 0.9 * Math.sin(angle)) * 1e5) / 1e5,
        classes,
        tier.equals("C") ? 0 : PCS,
        index == 0 || tier.equals("C") ? 0 : broken(seed),
        scenario,
        seed);
  }

  /** One room in seven has too few computers that work, one in seven just enough. */
  private static int broken(long seed) {
    double chance = Dice.unit(seed, 11);
    return chance < 1 / 7.0 ? 2 : chance < 2 / 7.0 ? 1 : 0;
  }

  private static String stage(long seed, String tier) {
    if (tier.equals("C")) {
      return "teaching_point";
    }
    double chance = Dice.unit(seed, 1);
    return tier.equals("B") || chance < 0.6 ? "primary" : chance < 0.8 ? "junior" : "nine_year";
  }

  private static List<ClassPlan> classes(long seed, String stage, Traits.Coverage coverage) {
    int count =
        switch (coverage) {
          case SIXTY -> 25;
          case BELOW_SIXTY -> 27;
          default -> stage.equals("teaching_point") ? 3 : 9 + Dice.below(seed, 3, 10);
        };
    int firstGrade = stage.equals("junior") ? 7 : 1;
    int grades = stage.equals("junior") ? 3 : stage.equals("nine_year") ? 9 : 6;
    List<ClassPlan> classes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int grade = firstGrade + i % grades;
      int number = i / grades + 1;
      classes.add(
          new ClassPlan(
              "%s(%d)班".formatted(NUMERALS[grade - 1], number),
              grade,
              "c%02d%02d".formatted(grade, number),
              fate(coverage, i, count)));
    }
    return classes;
  }

  private static ClassPlan.Fate fate(Traits.Coverage coverage, int index, int count) {
    return switch (coverage) {
      case ALL -> ClassPlan.Fate.WORKS;
      case ONE_MISSING -> index == count - 1 ? ClassPlan.Fate.ABSENT : ClassPlan.Fate.WORKS;
      case SIXTY -> index < 15 ? ClassPlan.Fate.WORKS : ClassPlan.Fate.ABSENT;
      case BELOW_SIXTY -> index < 16 ? ClassPlan.Fate.WORKS : ClassPlan.Fate.ABSENT;
      case NEVER_ALIVE -> index % 5 < 3 ? ClassPlan.Fate.WORKS : ClassPlan.Fate.NEVER_SEEN;
      case IN_REPAIR -> index % 4 < 3 ? ClassPlan.Fate.WORKS : ClassPlan.Fate.IN_REPAIR;
    };
  }
}

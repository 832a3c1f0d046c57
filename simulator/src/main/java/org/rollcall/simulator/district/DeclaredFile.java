package org.rollcall.simulator.district;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What a district's schools and its bureau declare: the rows of declared.csv. Some schools have not
 * declared everything, some values are certified, and {@link Scenario#TERMINALS_NEVER_ALIVE}
 * declares that all its teachers use what nobody ever saw switched on.
 */
final class DeclaredFile {
  static final String HEADER = "school,indicator,value,as_of,note,certificate";

  /** Of a hundred, how many schools leave an indicator out. */
  private static final double MISSING = 0.12;

  private final List<List<String>> rows = new ArrayList<>();
  private final LocalDate asOf;

  /** The one school that leaves nothing out. */
  private final SchoolPlan whole;

  private DeclaredFile(LocalDate asOf, SchoolPlan whole) {
    this.asOf = asOf;
    this.whole = whole;
  }

  /** The rows for a day that is over. */
  static List<List<String>> rows(District district, LocalDate asOf) {
    DeclaredFile file = new DeclaredFile(asOf, district.schools().get(0));
    district.schools().forEach(file::school);
    file.add(District.ROOT, "plan-in-policy", "yes", "区发展规划第五章", "模拟府办〔2025〕8号");
    file.add(District.ROOT, "leaders-assessed", "yes", "", "");
    file.add(District.ROOT, "fund", "20000000", "本年度", "");
    file.add(District.ROOT, "fund-paid", "8500000", "", "");
    file.add(District.ROOT, "zone-designated", asOf.minusYears(2).toString(), "", "模拟电函〔2024〕1号");
    return file.rows;
  }

  private void school(SchoolPlan school) {
    if (school.stage().equals("teaching_point")) {
      add(school.code(), "mobile-room-served", String.valueOf(2 + dice(school, 1, 5)), "", "");
      return;
    }
    int young = Math.max(1, school.teachers() * 2 / 3);
    int using = chance(school, 2) < 0.7 ? young : young - 1 - dice(school, 3, young / 2 + 1);
    boolean contradicts = school.scenario() == Scenario.TERMINALS_NEVER_ALIVE;
    add(
        school.code(),
        "teachers-45-multimedia",
        (contradicts ? young : Math.max(0, using)) + "/" + young,
        "",
        "");
    boolean standardised = chance(school, 4) < 0.92;
    String number = String.valueOf(Long.parseLong(school.code()) % 1_000);
    perhaps(
        school,
        5,
        "standardised-school",
        standardised ? "yes" : "no",
        standardised && chance(school, 6) < 0.5 ? "模拟规范字〔2025〕" + number + "号" : "");
    perhaps(school, 7, "equipment-standard", yes(school, 8, 0.85), "");
    perhaps(school, 9, "e-administration", yes(school, 10, 0.95), "");
    perhaps(school, 11, "cooperation", String.valueOf(dice(school, 12, 12)), "");
    int months = teachingMonths();
    perhaps(
        school,
        27,
        "cooperation-months",
        (chance(school, 28) < 0.8 ? months : dice(school, 29, months)) + "/" + months,
        "");
    if (school.stage().equals("nine_year")) {
      stages(school);
    }
    int periods = 2 * Math.max(3, school.stage().equals("nine_year") ? 7 : 4);
    perhaps(
        school,
        13,
        "it-course",
        (chance(school, 14) < 0.85 ? periods : periods - 2) + "/" + periods,
        "");
    perhaps(school, 15, "contest", yes(school, 16, 0.82), "");
    perhaps(school, 17, "one-course", yes(school, 18, 0.75), "");
    perhaps(school, 19, "feature-school", yes(school, 20, 0.33), "");
    boolean experimental = chance(school, 21) < 0.15;
    if (experimental) {
      add(school.code(), "experimental-school", "yes", "省级", "模拟实验字〔2025〕" + number + "号");
    } else {
      perhaps(school, 21, "experimental-school", "no", "");
    }
    int teachers = school.teachers();
    perhaps(school, 22, "training-basic", teachers + "/" + teachers, "");
    int trained = (int) (teachers * (0.35 + 0.4 * chance(school, 24)));
    perhaps(school, 23, "training-intermediate", trained + "/" + teachers, "");
    long rooms = school.classes().stream().filter(ClassPlan::declared).count();
    perhaps(school, 25, "multimedia-rooms", String.valueOf(rooms), "");
    perhaps(school, 26, "computers", String.valueOf(school.computers()), "");
  }

  /** Teaching months of the school year up to the day, September being the first; no holidays. */
  private int teachingMonths() {
    int since = (asOf.getMonthValue() + 12 - 9) % 12;
    return Math.min(10, since + 1);
  }

  /** Pupils of a nine-year school by stage, as its classes' grades give them. */
  private void stages(SchoolPlan school) {
    long primary = school.classes().stream().filter(plan -> plan.grade() <= 6).count();
    long pupils = school.students() * primary / school.classes().size();
    perhaps(school, 30, "students-primary", String.valueOf(pupils), "");
    perhaps(school, 30, "students-junior", String.valueOf(school.students() - pupils), "");
  }

  private static String yes(SchoolPlan school, int position, double share) {
    return chance(school, position) < share ? "yes" : "no";
  }

  private static double chance(SchoolPlan school, int position) {
    return Dice.unit(school.seed(), 7_000 + position);
  }

  private static int dice(SchoolPlan school, int position, int bound) {
    return Dice.below(school.seed(), 7_000 + position, bound);
  }

  private void perhaps(
      SchoolPlan school, int position, String indicator, String value, String certificate) {
    if (school.equals(whole) || chance(school, 100 + position) >= MISSING) {
      add(school.code(), indicator, value, "", certificate);
    }
  }

  private void add(String unit, String indicator, String value, String note, String certificate) {
    rows.add(List.of(unit, indicator, value, asOf.toString(), note, certificate));
  }
}

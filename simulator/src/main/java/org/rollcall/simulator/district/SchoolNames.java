package org.rollcall.simulator.district;

import java.util.HashSet;
import java.util.Set;

/**
 * Makes up names: two characters no place is known to be called by, and the kind of school. Never
 * the same twice in a district.
 */
final class SchoolNames {
  /** Exactly thirty characters: what pages and tables must be able to hold. */
  static final String LONGEST = "砚溪麓萤教育集团附属第一示范外国语实验九年一贯制学校北湖校区";

  static final String LONGEST_EN =
      "Yanxi Luying No. 1 Affiliated Foreign Language Nine-Year School, North Lake Campus";

  private static final String[][] FIRST = {
    {"砚", "Yan"}, {"禾", "He"}, {"澄", "Cheng"}, {"栎", "Li"}, {"萤", "Ying"}, {"岚", "Lan"},
    {"筱", "Xiao"}, {"楹", "Ying"}, {"沅", "Yuan"}, {"榆", "Yu"}, {"舫", "Fang"}, {"珞", "Luo"},
    {"芷", "Zhi"}, {"翊", "Yi"}, {"朔", "Shuo"}, {"槿", "Jin"}
  };
  private static final String[][] SECOND = {
    {"翎", "ling"}, {"墨", "mo"}, {"泊", "bo"}, {"樾", "yue"}, {"麓", "lu"}, {"砂", "sha"},
    {"汀", "ting"}, {"笙", "sheng"}, {"郁", "yu"}, {"珩", "heng"}, {"溪", "xi"}, {"棠", "tang"},
    {"岫", "xiu"}, {"辰", "chen"}, {"芥", "jie"}, {"霁", "ji"}
  };

  private final long seed;
  private final Set<String> used = new HashSet<>();
  private long throwsSoFar;

  SchoolNames(long seed) {
    this.seed = Dice.mix(seed, 31);
  }

  /** A pair of names, Chinese and English, for a school of that stage, tier and ownership. */
  String[] next(String stage, String tier, String ownership) {
    while (true) {
      String[] first = FIRST[Dice.below(seed, throwsSoFar++, FIRST.length)];
      String[] second = SECOND[Dice.below(seed, throwsSoFar++, SECOND.length)];
      if (used.add(first[0] + second[0])) {
        String[] kind = kind(stage, tier, ownership);
        return new String[] {first[0] + second[0] + kind[0], first[1] + second[1] + " " + kind[1]};
      }
      if (used.size() == FIRST.length * SECOND.length) {
        throw new IllegalArgumentException(
            "A district holds at most " + used.size() + " schools: names run out.");
      }
    }
  }

  private static String[] kind(String stage, String tier, String ownership) {
    if (stage.equals("teaching_point")) {
      return new String[] {"教学点", "Teaching Point"};
    }
    if (ownership.equals("private")) {
      return stage.equals("primary")
          ? new String[] {"民办小学", "Private Primary School"}
          : new String[] {"民办学校", "Private School"};
    }
    return switch (stage) {
      case "junior" -> new String[] {"初级中学", "Junior Secondary School"};
      case "nine_year" -> new String[] {"九年一贯制学校", "Nine-Year School"};
      default ->
          tier.equals("A")
              ? new String[] {"中心小学", "Central Primary School"}
              : new String[] {"小学", "Primary School"};
    };
  }
}

package org.rollcall.collector.declared;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of what may be declared. Ranges only keep slips of the keyboard out; what is enough
 * the profiles say. The ids of the founding documents' requirements stand beside each.
 */
public enum DeclaredIndicator {
  /** A09. */
  STANDARDISED_SCHOOL("规范化学校", "Standardised school", Of.SCHOOL, Kind.YES_NO, 0),
  /** A10, C17: as the standard's own examination found. */
  EQUIPMENT_STANDARD("信息化装备达标", "Equipment meets the standard", Of.SCHOOL, Kind.YES_NO, 0),
  /** A11, C12. */
  E_ADMINISTRATION("电子校务应用", "E-administration in use", Of.SCHOOL, Kind.YES_NO, 0),
  /** A12: of the teachers up to 45 years, how many teach with multimedia. */
  TEACHERS_45_MULTIMEDIA(
      "45岁以下教师开展多媒体教学", "Teachers under 45 teaching with multimedia", Of.SCHOOL, Kind.PAIR, 10_000),
  /** A13: of the weekly periods the standard asks for, how many are given, over all grades. */
  IT_COURSE("信息技术课程开足开齐", "IT course in full", Of.SCHOOL, Kind.PAIR, 1_000),
  /** A14, B11, G06: activities in the school year up to the date. */
  COOPERATION("校际合作活动", "Inter-school cooperation activities", Of.SCHOOL, Kind.COUNT, 10_000),
  /** A15: of the teaching months of the school year so far, those with an activity. */
  COOPERATION_MONTHS("有校际合作活动的教学月", "Teaching months with cooperation", Of.SCHOOL, Kind.PAIR, 12),
  /** A16, C08: of provincial level or above. */
  EXPERIMENTAL_SCHOOL(
      "现代教育技术实验学校", "Modern ed-tech experimental school", Of.SCHOOL, Kind.YES_NO, 0),
  /** A17. */
  COOPERATION_DEMONSTRATION(
      "远程校际合作示范学校", "Remote-cooperation demonstration school", Of.SCHOOL, Kind.YES_NO, 0),
  /** A18. */
  PLAN_IN_POLICY("教育信息化纳入发展规划", "ICT in the development plan", Of.REGION, Kind.YES_NO, 0),
  /** A19. */
  LEADERS_ASSESSED("纳入党政领导责任考核", "Leaders assessed on it", Of.REGION, Kind.YES_NO, 0),
  /** A01, B01, B17: since when the county is a designated experimental zone. */
  ZONE_DESIGNATED("实验区确定日期", "Date of designation as experimental zone", Of.REGION, Kind.DATE, 0),
  /** B04. */
  IT_TEACHERS("信息技术专任教师", "IT teachers", Of.SCHOOL, Kind.COUNT, 1_000),
  /** B05: fees of the school's lines in a year. */
  ACCESS_FEE("网络接入年费(元)", "Network access fees a year (CNY)", Of.SCHOOL, Kind.NUMBER, 100_000_000),
  /** B05: the part of these fees that the district pays. */
  ACCESS_FEE_DISTRICT(
      "其中区县财政承担(元)", "Of which the district pays (CNY)", Of.SCHOOL, Kind.NUMBER, 100_000_000),
  /** B05: until when the contract of the school's line runs. */
  CONTRACT_END("网络合同到期日期", "End of the network contract", Of.SCHOOL, Kind.DATE, 0),
  /** B08: visits of a mobile computer room in the school year up to the date. */
  MOBILE_ROOM_SERVED("流动电脑室服务次数", "Mobile computer room visits", Of.SCHOOL, Kind.COUNT, 1_000),
  /** B09: trainings brought to the countryside in the school year up to the date. */
  TRAINING_BROUGHT("送培训下乡次数", "Trainings brought to rural schools", Of.EITHER, Kind.COUNT, 10_000),
  /** B10. */
  ONE_COURSE("一校一课", "One course shared", Of.SCHOOL, Kind.YES_NO, 0),
  /** B14, C23, F17: the dedicated fund's budget of the year. */
  FUND("信息化专项经费预算(元)", "Dedicated ICT fund, budget (CNY)", Of.REGION, Kind.NUMBER, 1e12),
  /** B14, F17. */
  FUND_PAID("信息化专项经费已拨付(元)", "Dedicated ICT fund, paid (CNY)", Of.REGION, Kind.NUMBER, 1e12),
  /** C07. */
  PRIVATE_ASSESSED("民办学校规范化建设考核合格", "Private school assessment passed", Of.SCHOOL, Kind.YES_NO, 0),
  /** C09. */
  FEATURE_SCHOOL("信息化特色学校(项目)", "ICT-feature school (project)", Of.SCHOOL, Kind.YES_NO, 0),
  /** C19: takes part in popular ICT contests. */
  CONTEST("参加信息化竞赛活动", "Takes part in ICT contests", Of.SCHOOL, Kind.YES_NO, 0),
  /** C20: of the teachers, those who finished it. */
  TRAINING_INTERMEDIATE(
      "教育技术能力中级培训", "Intermediate ed-tech training", Of.SCHOOL, Kind.PAIR, 10_000),
  /** C21: of the teachers, those who finished it. */
  TRAINING_BASIC("教育技术能力初级培训", "Basic ed-tech training", Of.SCHOOL, Kind.PAIR, 10_000),
  /** C22: whether a leader and a person in charge are named; their names are not kept here. */
  CONTACTS_NAMED("已落实分管领导和专人", "Leader and person in charge named", Of.EITHER, Kind.YES_NO, 0),
  /** E13. */
  STARS("星级", "Stars", Of.SCHOOL, Kind.COUNT, 5),
  /** F10: of the computers, those younger than six years. */
  COMPUTERS_CURRENT("使用未满6年的计算机", "Computers younger than 6 years", Of.SCHOOL, Kind.PAIR, 100_000),
  /** F12. */
  COMMUNITY_MEMBER("教育发展共同体成员", "Member of an education community", Of.SCHOOL, Kind.YES_NO, 0),
  /** F13: when the region is to reach quality balance. */
  TARGET_DATE("优质均衡目标日期", "Target date of quality balance", Of.REGION, Kind.DATE, 0),
  /** S1 L7, S14: networked multimedia classrooms (网络多媒体教室). */
  MULTIMEDIA_ROOMS("网络多媒体教室", "Networked multimedia classrooms", Of.SCHOOL, Kind.COUNT, 1_000),
  /** S2, S14, D01. */
  COMPUTERS("教学用计算机", "Computers for teaching", Of.SCHOOL, Kind.COUNT, 100_000),
  /** S1b: pupils of primary stage, where a school holds several stages. */
  STUDENTS_PRIMARY("小学学生数", "Pupils of primary stage", Of.SCHOOL, Kind.COUNT, 100_000),
  /** S1b: pupils of junior secondary stage. */
  STUDENTS_JUNIOR("初中学生数", "Pupils of junior secondary stage", Of.SCHOOL, Kind.COUNT, 100_000),
  /** S1b: pupils of senior secondary stage. */
  STUDENTS_SENIOR("高中学生数", "Pupils of senior secondary stage", Of.SCHOOL, Kind.COUNT, 100_000),
  /** S12: pupils of the largest class. */
  LARGEST_CLASS("最大班额", "Pupils in the largest class", Of.SCHOOL, Kind.COUNT, 200),
  /** S1 L1. */
  QUALIFIED_TEACHERS_PER_100(
      "每百名学生拥有高于规定学历教师数", "Better-qualified teachers per 100 pupils", Of.SCHOOL, Kind.NUMBER, 100),
  /** S1 L2. */
  BACKBONE_TEACHERS_PER_100(
      "每百名学生拥有县级以上骨干教师数", "Backbone teachers per 100 pupils", Of.SCHOOL, Kind.NUMBER, 100),
  /** S1 L3. */
  ARTS_SPORTS_TEACHERS_PER_100(
      "每百名学生拥有体育艺术专任教师数", "Arts and sports teachers per 100 pupils", Of.SCHOOL, Kind.NUMBER, 100),
  /** S1 L4. */
  TEACHING_AREA_PER_PUPIL(
      "生均教学及辅助用房面积(平方米)", "Teaching area per pupil (m²)", Of.SCHOOL, Kind.NUMBER, 1_000),
  /** S1 L5. */
  SPORTS_AREA_PER_PUPIL(
      "生均体育运动场馆面积(平方米)", "Sports area per pupil (m²)", Of.SCHOOL, Kind.NUMBER, 1_000),
  /** S1 L6. */
  EQUIPMENT_VALUE_PER_PUPIL(
      "生均教学仪器设备值(元)", "Equipment value per pupil (CNY)", Of.SCHOOL, Kind.NUMBER, 1_000_000);

  /** What an indicator speaks of. */
  public enum Of {
    SCHOOL,
    REGION,
    /** Either may declare it. */
    EITHER;

    /** Whether a school, or else a region, may declare it. */
    public boolean allows(boolean school) {
      return this == EITHER || (this == SCHOOL) == school;
    }
  }

  /** What its values look like. */
  public enum Kind {
    /** yes or no, 是 or 否. */
    YES_NO,
    /** A whole number from 0. */
    COUNT,
    /** {@code n/N}: so many of so many, 0 <= n <= N. */
    PAIR,
    /** A decimal number from 0. */
    NUMBER,
    /** {@code 2026-09-01}. */
    DATE
  }

  private static final Map<String, DeclaredIndicator> BY_ID =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(DeclaredIndicator::id, Function.identity()));

  private static final Map<String, Boolean> WORDS =
      Map.of(
          "true", true, "yes", true, "1", true, "是", true, "有", true, "false", false, "no", false,
          "0", false, "否", false, "无", false);

  private static final Pattern WHOLE = Pattern.compile("(\\d{1,15})(\\.0+)?");
  private static final Pattern PAIR = Pattern.compile("(\\d{1,15})\\s*[/／]\\s*(\\d{1,15})");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,15}(\\.\\d{1,6})?");
  private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2099, 12, 31);

  private final String nameZh;
  private final String nameEn;
  private final Of of;
  private final Kind kind;
  private final double max;

  DeclaredIndicator(String nameZh, String nameEn, Of of, Kind kind, double max) {
    this.nameZh = nameZh;
    this.nameEn = nameEn;
    this.of = of;
    this.kind = kind;
    this.max = max;
  }

  /** The indicator with this id, or null. */
  public static @Nullable DeclaredIndicator of(String id) {
    return BY_ID.get(id);
  }

  /** Its name in files and profiles, e.g. {@code teachers-45-multimedia}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its name on screen: Chinese for a Chinese locale, else English. */
  public String title(Locale locale) {
    return locale.getLanguage().equals(Locale.CHINESE.getLanguage()) ? nameZh : nameEn;
  }

  public Of of() {
    return of;
  }

  public Kind kind() {
    return kind;
  }

  /** The largest count, number or whole of a pair; meaningless for the other kinds. */
  public double max() {
    return max;
  }

  /** What reading a text gave. */
  public sealed interface Reading {
    /** The text holds a value of this indicator. */
    record Good(Amount amount) implements Reading {}

    /**
     * It does not.
     *
     * @param code stable: not-yes-no, not-whole, not-number, not-pair, pair-order, not-date,
     *     out-of-range
     * @param arguments what fills the code's sentence
     */
    record Bad(String code, List<String> arguments) implements Reading {
      static Bad of(String code, String... arguments) {
        return new Bad(code, List.of(arguments));
      }
    }
  }

  /** Reads a value of this indicator as people and {@link Amount#text()} write it. */
  public Reading read(String text) {
    return switch (kind) {
      case YES_NO -> {
        Boolean yes = WORDS.get(text.toLowerCase(Locale.ROOT));
        yield yes == null ? Reading.Bad.of("not-yes-no", text) : good(new Amount.YesNo(yes));
      }
      case COUNT -> {
        Matcher count = WHOLE.matcher(text);
        yield count.matches()
            ? inRange(text, new Amount.Count(Long.parseLong(count.group(1))), text)
            : Reading.Bad.of("not-whole", text);
      }
      case PAIR -> pair(text);
      case NUMBER ->
          DECIMAL.matcher(text).matches()
              ? inRange(text, new Amount.Quantity(new BigDecimal(text)), text)
              : Reading.Bad.of("not-number", text);
      case DATE -> day(text);
    };
  }

  private Reading pair(String text) {
    Matcher pair = PAIR.matcher(text);
    if (!pair.matches()) {
      return Reading.Bad.of("not-pair", text);
    }
    long part = Long.parseLong(pair.group(1));
    long whole = Long.parseLong(pair.group(2));
    return part > whole
        ? Reading.Bad.of("pair-order", text)
        : inRange(pair.group(2), new Amount.Pair(part, whole), pair.group(2));
  }

  private Reading inRange(String number, Amount amount, String shown) {
    BigDecimal most = BigDecimal.valueOf(max);
    return new BigDecimal(number).compareTo(most) <= 0
        ? good(amount)
        : Reading.Bad.of("out-of-range", shown, "0", most.stripTrailingZeros().toPlainString());
  }

  private static Reading day(String text) {
    try {
      LocalDate date = LocalDate.parse(text);
      return date.isBefore(EARLIEST) || date.isAfter(LATEST)
          ? Reading.Bad.of("out-of-range", text, EARLIEST.toString(), LATEST.toString())
          : good(new Amount.Day(date));
    } catch (DateTimeParseException e) {
      return Reading.Bad.of("not-date", text);
    }
  }

  private static Reading good(Amount amount) {
    return new Reading.Good(amount);
  }
}

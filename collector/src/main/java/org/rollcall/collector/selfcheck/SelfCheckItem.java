package org.rollcall.collector.selfcheck;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Rule;

/**
 * The fourteen items of the sheet, in its order. Which rules of a profile an item speaks of follows
 * from what the rule asks about.
 */
public enum SelfCheckItem {
  /** 网络接入(介质/专网/带宽). */
  NETWORK(1, true, List.of(), Indicator.SCHOOL_LINK, Indicator.PRIVATE_PATH),
  /** 网络稳定性. */
  STABILITY(2, false, List.of(), Indicator.LINE_AVAILABILITY),
  /** 班级多媒体平台. */
  CLASS_PLATFORM(
      3,
      true,
      List.of(DeclaredIndicator.MULTIMEDIA_ROOMS),
      Indicator.CLASS_PLATFORM,
      Indicator.MULTIMEDIA_ROOMS_PER_100),
  /** 设备使用: no line is drawn. */
  USE(4, false, List.of()),
  /** 计算机室. */
  COMPUTER_ROOM(
      5,
      true,
      List.of(DeclaredIndicator.COMPUTERS),
      Indicator.COMPUTER_ROOM,
      Indicator.STUDENTS_PER_COMPUTER,
      Indicator.COMPUTERS_PER_100,
      Indicator.SEATS_PER_PUPIL),
  /** 流动电脑室. */
  MOBILE_ROOM(6, true, List.of(DeclaredIndicator.MOBILE_ROOM_SERVED), Indicator.MOBILE_ROOM_VISITS),
  /** 信息技术课. */
  IT_COURSE(7, true, List.of(DeclaredIndicator.IT_COURSE)),
  /** 45岁以下教师多媒体教学. */
  TEACHERS(8, false, List.of(DeclaredIndicator.TEACHERS_45_MULTIMEDIA)),
  /** 规范化学校 / 实验学校 / 特色项目. */
  TITLES(
      9,
      true,
      List.of(
          DeclaredIndicator.STANDARDISED_SCHOOL,
          DeclaredIndicator.EXPERIMENTAL_SCHOOL,
          DeclaredIndicator.FEATURE_SCHOOL)),
  /** 校际合作、一校一课. */
  COOPERATION(
      10,
      true,
      List.of(
          DeclaredIndicator.COOPERATION,
          DeclaredIndicator.COOPERATION_MONTHS,
          DeclaredIndicator.ONE_COURSE)),
  /** 三通平台、综合平台使用. */
  PLATFORMS(11, false, List.of(), Indicator.SERVICE),
  /** 校内均衡. */
  BALANCE(12, true, List.of()),
  /** 网络安全与日志. */
  SECURITY(13, true, List.of()),
  /** 专人负责; names stand on paper alone. */
  PERSON(14, false, List.of(DeclaredIndicator.CONTACTS_NAMED));

  private final int number;
  private final boolean stated;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<DeclaredIndicator> declared;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<Indicator> indicators;

  SelfCheckItem(
      int number, boolean stated, List<DeclaredIndicator> declared, Indicator... indicators) {
    this.number = number;
    this.stated = stated;
    this.declared = declared;
    this.indicators = List.of(indicators);
  }

  /** Its place on the sheet, from 1. */
  public int number() {
    return number;
  }

  /** Its name in addresses, e.g. {@code class-platform}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the school says something of it that is no declared value. */
  public boolean isStated() {
    return stated;
  }

  /** What the school declares of it. */
  public List<DeclaredIndicator> declared() {
    return declared;
  }

  /** Whether a rule belongs to this item. */
  public boolean holds(Rule rule) {
    return holds(rule.indicator(), rule.of());
  }

  /** Whether a rule that asks about this, of that, belongs to this item. */
  public boolean holds(Indicator indicator, @Nullable String of) {
    if (indicator == Indicator.DECLARED) {
      return declared.stream().anyMatch(each -> Objects.equals(each.id(), of));
    }
    return indicators.contains(indicator);
  }
}

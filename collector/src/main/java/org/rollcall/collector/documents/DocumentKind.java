package org.rollcall.collector.documents;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The documents there are. */
public enum DocumentKind {
  /** 验收报告. */
  ACCEPTANCE("验收报告", "Acceptance report", true, false),
  /** 申报表. */
  APPLICATION("申报表", "Application form", true, false),
  /** 季度报告, by township. */
  QUARTERLY("季度督导报告", "Quarterly report", true, false),
  /** 未达标学校清单. */
  NOT_MET("未达标学校清单", "Schools not met", true, false),
  /** 月度运行报告. */
  OPERATIONS("月度运行报告", "Monthly operations report", true, false),
  /** 学校终端开机使用统计. */
  POWER_ON("学校终端开机使用统计", "Power-on statistics", true, true),
  /** 学校信息化自查表. */
  SELF_CHECK("学校信息化自查表", "School self-check sheet", false, true);

  private final String zh;
  private final String en;
  private final boolean ofRegions;
  private final boolean ofSchools;

  DocumentKind(String zh, String en, boolean ofRegions, boolean ofSchools) {
    this.zh = zh;
    this.en = en;
    this.ofRegions = ofRegions;
    this.ofSchools = ofSchools;
  }

  /** The kind with this id, or null. */
  public static @Nullable DocumentKind of(String id) {
    for (DocumentKind kind : values()) {
      if (kind.id().equals(id)) {
        return kind;
      }
    }
    return null;
  }

  /** Its name in addresses and commands, e.g. {@code self-check}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its name on screen: Chinese for a Chinese locale, else English. */
  public String title(Locale locale) {
    return locale.getLanguage().equals(Locale.CHINESE.getLanguage()) ? zh : en;
  }

  /** Whether there is one of a school, or else of a region. */
  public boolean isOf(boolean school) {
    return school ? ofSchools : ofRegions;
  }
}

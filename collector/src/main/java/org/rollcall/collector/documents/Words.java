package org.rollcall.collector.documents;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.snapshot.SchoolFact.VerdictFact;
import org.rollcall.collector.snapshot.SnapshotBody.RuleFact;
import org.rollcall.collector.snapshot.SnapshotBody.SummaryFact;

/** How documents say what snapshots name: the glossary's Chinese words, and numbers as printed. */
final class Words {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("MET", "达标"),
          Map.entry("NOT_MET", "未达标"),
          Map.entry("INSUFFICIENT_DATA", "数据不足"),
          Map.entry("NOT_APPLICABLE", "不适用"),
          Map.entry("NO_RULE", "未配置标准"),
          Map.entry("MEASURED", "监测实测"),
          Map.entry("DECLARED", "学校自报"),
          Map.entry("CERTIFIED", "区县核定"),
          Map.entry("FULLY", "全面实现"),
          Map.entry("BASICALLY", "基本实现"),
          Map.entry("NOT_ACHIEVED", "未实现"),
          Map.entry("UNDECIDED", "暂不能判定"),
          Map.entry("PRIMARY", "小学"),
          Map.entry("JUNIOR", "初中"),
          Map.entry("NINE_YEAR", "九年一贯制"),
          Map.entry("COMBINED", "完全中学"),
          Map.entry("TWELVE_YEAR", "十二年一贯制"),
          Map.entry("SENIOR", "高中"),
          Map.entry("TEACHING_POINT", "教学点"),
          Map.entry("SPECIAL", "特教"),
          Map.entry("PUBLIC", "公办"),
          Map.entry("PRIVATE", "民办"),
          Map.entry("URBAN", "城区"),
          Map.entry("TOWN", "镇区"),
          Map.entry("RURAL", "乡村"),
          Map.entry("FIBRE", "光纤"),
          Map.entry("WIRED", "有线"),
          Map.entry("WIRELESS", "无线"),
          Map.entry("HOLDS", "是"),
          Map.entry("FAILS", "否"),
          Map.entry("UNKNOWN", "数据不足"),
          Map.entry("yes", "是"),
          Map.entry("no", "否"),
          Map.entry("DRAFT", "草稿"),
          Map.entry("SUBMITTED", "已提交"),
          Map.entry("RETURNED", "已退回"),
          Map.entry("TOWNSHIP_PASSED", "镇街审核通过"),
          Map.entry("COUNTY_PASSED", "区县复核通过"),
          Map.entry("FILED", "已归档"),
          Map.entry("OPEN", "待处理"),
          Map.entry("TASK_OPEN", "整改中"),
          Map.entry("TASK_OVERDUE", "逾期未整改"),
          Map.entry("TASK_DONE", "已整改,待复测"),
          Map.entry("TASK_CLOSED", "已销号"),
          Map.entry("UNDER_REVIEW", "复核中"),
          Map.entry("DONE", "已复核"),
          Map.entry("DECLINED", "未受理"),
          Map.entry("UPHELD", "异议成立"),
          Map.entry("REJECTED", "异议不成立"),
          Map.entry("WITHDRAWN", "已撤回"));

  private static final Map<String, String> UNITS =
      Map.of("per100", "每百名学生", "perComputer", "人/台", "seats", "座/人", "days", "天", "schools", "校");

  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          Map.entry("windowDays", "校校通测量窗口(天)"),
          Map.entry("throughputAllowance", "实测带宽容差(占标准的份额)"),
          Map.entry("minSamples", "最少样本数"),
          Map.entry("minSchoolDays", "样本最少分布的上课日"),
          Map.entry("minTransferSeconds", "有效测速的最短传输(秒)"),
          Map.entry("maxUtilisation", "测速时线路占用上限(份额)"),
          Map.entry("maxClockSkewSeconds", "代理时钟偏差上限(秒)"),
          Map.entry("minReachable", "专网可达探测成功份额"),
          Map.entry("aliveSchoolDays", "终端在线回看的上课日"),
          Map.entry("minAliveSchoolDays", "判定未见班级所需上课日"),
          Map.entry("seatQuorum", "计算机室可用座位份额"),
          Map.entry("declaredMaxAgeDays", "自报数据有效期(天)"),
          Map.entry("fullyPercent", "全面实现的达标率(%)"),
          Map.entry("basicallyPercent", "基本实现的达标率(%)"));

  private Words() {}

  /** The word of an enum's name; a name this version has no word for is shown as it stands. */
  static String of(@Nullable String name) {
    return name == null ? Document.FILL : WORDS.getOrDefault(name, name);
  }

  /** A tier with its letter. */
  static String tier(String tier) {
    return switch (tier) {
      case "A" -> "A 镇中心小学以上";
      case "B" -> "B 其他独立建制";
      default -> "C 教学点";
    };
  }

  static String parameter(String name) {
    return PARAMETERS.getOrDefault(name, name);
  }

  /** A number without trailing zeros; empty marks for what is not known. */
  static String number(@Nullable Number value) {
    if (value == null) {
      return Document.FILL;
    }
    return new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
  }

  /** 100·part/whole, rounded down to hundredths, so that 59.999 % is never 60; — of nothing. */
  static String percent(long part, long whole) {
    if (whole == 0) {
      return "—";
    }
    return BigDecimal.valueOf(part)
            .movePointRight(2)
            .divide(BigDecimal.valueOf(whole), 2, RoundingMode.DOWN)
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }

  /** part/whole, rounded half up to two places; — of nothing. */
  static String ratio(long part, long whole) {
    return whole == 0
        ? "—"
        : BigDecimal.valueOf(part)
            .divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
  }

  /** The official rate, and what it could be where data are missing. */
  static String rate(SummaryFact summary) {
    return rate(summary.met(), summary.inScope(), summary.insufficient());
  }

  /** The same of plain counts. */
  static String rate(long met, long inScope, int insufficient) {
    String low = percent(met, inScope);
    return insufficient == 0
        ? low
        : low + "(数据不足 " + insufficient + " 校,最高 " + percent(met + insufficient, inScope) + ")";
  }

  /** A verdict's value with its unit and samples. */
  static String value(VerdictFact verdict) {
    Double value = verdict.value();
    return value == null
        ? "—"
        : number(value) + unit(verdict.unit()) + "(样本 " + verdict.samples() + ")";
  }

  static String unit(String unit) {
    return unit.isEmpty() || unit.equals("%") ? unit : " " + UNITS.getOrDefault(unit, unit);
  }

  /** Where a verdict's number comes from: rule, article, window, samples, kind of evidence. */
  static String basis(RuleFact rule, VerdictFact verdict) {
    return rule.id()
        + "("
        + rule.article()
        + ");"
        + verdict.from()
        + " 至 "
        + verdict.to()
        + ";样本 "
        + verdict.samples()
        + ";"
        + of(verdict.evidence())
        + (verdict.disputed() ? ";存疑" : "")
        + (verdict.objected() ? ";学校异议" : "");
  }

  /** What the evidence of a region's rate is made of. */
  static String evidence(SummaryFact summary) {
    List<String> kinds = new ArrayList<>();
    if (summary.measured()) {
      kinds.add(of("MEASURED"));
    }
    if (summary.declared()) {
      kinds.add(of("DECLARED"));
    }
    if (summary.certified()) {
      kinds.add(of("CERTIFIED"));
    }
    return kinds.isEmpty() ? "—" : String.join("、", kinds);
  }

  /** What a rule asks; ours is labelled. */
  static String asked(RuleFact rule) {
    String asked = rule.asked();
    return asked == null ? "未配置标准" : asked + (rule.projectDefault() ? "(项目默认值)" : "");
  }
}

package org.rollcall.collector.documents;

import static org.rollcall.collector.documents.Document.Column.number;
import static org.rollcall.collector.documents.Document.Column.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.documents.Document.Block;
import org.rollcall.collector.snapshot.SchoolFact;
import org.rollcall.collector.snapshot.SchoolFact.LineFact;
import org.rollcall.collector.snapshot.SchoolFact.PartFact;
import org.rollcall.collector.snapshot.SchoolFact.RoomFact;
import org.rollcall.collector.snapshot.SchoolFact.VerdictFact;
import org.rollcall.collector.snapshot.SnapshotBody.RuleFact;

/** Tables with a row for each school: 校校通, 民办接入, 班班通, 计算机室, not met. */
final class SchoolTables {
  private final Facts facts;

  SchoolTables(Facts facts) {
    this.facts = facts;
  }

  /** 表3. */
  Block links() {
    List<List<String>> rows = new ArrayList<>();
    for (SchoolFact school : facts.body().schools()) {
      for (VerdictFact verdict : facts.verdicts(school, "SCHOOL_LINK")) {
        RuleFact rule = facts.rule(verdict.rule());
        rows.add(
            List.of(
                facts.regionName(school.region()),
                school.name(),
                school.code(),
                Words.of(school.stage()),
                school.tier(),
                lines(school, line -> Words.of(line.medium())),
                lines(school, line -> line.isp() == null ? Document.FILL : line.isp()),
                lines(school, line -> Words.number(line.contractMbps())),
                lines(
                    school, line -> line.portMbps() == null ? "—" : Words.number(line.portMbps())),
                Words.value(verdict),
                network(verdict),
                availability(school),
                Words.of(verdict.outcome()) + (verdict.disputed() ? "(存疑)" : ""),
                Words.basis(rule, verdict)));
      }
    }
    return Facts.table(
        "表3",
        "校校通逐校情况",
        List.of(
            text("镇街", 4),
            text("学校", 5),
            text("标识码", 4),
            text("类型", 2),
            text("层级", 1),
            text("接入方式", 2),
            text("运营商", 2),
            number("签约(Mbps)"),
            number("端口(Mbps)"),
            text("实测(中位数,样本数)", 4),
            text("专网可达(路径)", 4),
            text("可用率", 3),
            text("结论", 2),
            text("依据", 6)),
        rows,
        "签约为台账登记值;端口为 "
            + facts.body().from()
            + " 至 "
            + facts.body().at()
            + " 内最近一天采集的端口速率,未采集到记“—”;可用率为上课时段线路可用分钟占比,有未知分钟时列出上下限。");
  }

  private static String lines(SchoolFact school, Function<LineFact, String> what) {
    return school.lines().stream().map(what).distinct().collect(Collectors.joining("、"));
  }

  /** Whether a line reaches the network that is asked for, with the first sentence why. */
  private static String network(VerdictFact verdict) {
    PartFact best = null;
    for (PartFact part : verdict.parts()) {
      if (part.part().equals("NETWORK") && (best == null || part.state().equals("HOLDS"))) {
        best = part;
      }
    }
    if (best == null) {
      return "数据不足";
    }
    String why = best.because().isEmpty() ? "" : "," + best.because().get(0);
    return Words.of(best.state()) + why;
  }

  private static String availability(SchoolFact school) {
    SchoolFact.Operation run = school.operation();
    long judged = (long) run.up() + run.down() + run.unknown();
    if (run.up() + run.down() == 0) {
      return "数据不足";
    }
    String low = Words.percent(run.up(), judged);
    return run.unknown() == 0
        ? low
        : low + " 至 " + Words.percent((long) run.up() + run.unknown(), judged);
  }

  /** 表4. */
  Block privateSchools() {
    List<List<String>> rows = new ArrayList<>();
    for (SchoolFact school : facts.schools(one -> one.ownership().equals("PRIVATE"))) {
      List<VerdictFact> verdicts = new ArrayList<>(facts.verdicts(school, "PRIVATE_PATH"));
      verdicts.addAll(facts.verdicts(school, "SCHOOL_LINK"));
      VerdictFact verdict = verdicts.isEmpty() ? null : verdicts.get(0);
      rows.add(
          List.of(
              facts.regionName(school.region()),
              school.name(),
              school.code(),
              Words.of(school.stage()),
              registered(school),
              verdict == null ? "不适用" : path(verdict),
              verdict == null ? "—" : Words.basis(facts.rule(verdict.rule()), verdict)));
    }
    return Facts.table(
        "表4",
        "民办学校接入专网情况",
        List.of(
            text("镇街", 3),
            text("学校", 4),
            text("标识码", 4),
            text("类型", 2),
            text("台账登记接入", 3),
            text("监测专网可达", 4),
            text("依据", 5)),
        rows,
        rows.isEmpty() ? "本区域台账中没有在办的民办学校。" : "");
  }

  private static String path(VerdictFact verdict) {
    return verdict.parts().isEmpty()
        ? Words.of(verdict.outcome()) + ":" + verdict.because().get(0)
        : network(verdict);
  }

  private static String registered(SchoolFact school) {
    Boolean network = school.eduNetwork();
    return network == null ? Document.FILL : network ? "是" : "否";
  }

  /** 表5. */
  Block classes() {
    List<List<String>> rows = new ArrayList<>();
    for (SchoolFact school : facts.body().schools()) {
      for (VerdictFact verdict : facts.verdicts(school, "CLASS_PLATFORM")) {
        RuleFact rule = facts.rule(verdict.rule());
        boolean measured = verdict.evidence().equals("MEASURED") && verdict.value() != null;
        rows.add(
            List.of(
                facts.regionName(school.region()),
                school.name(),
                school.code(),
                school.registered() == 0 ? Document.FILL : Integer.toString(school.registered()),
                school.registered() == 0 ? Document.FILL : Integer.toString(school.equipped()),
                Words.percent(school.equipped(), school.registered()),
                measured ? seen(verdict) : "数据不足",
                measured ? Words.number(verdict.value()) + "%" : "数据不足",
                Words.asked(rule),
                Words.of(verdict.outcome()) + (verdict.disputed() ? "(存疑)" : ""),
                Words.basis(rule, verdict)));
      }
    }
    return Facts.table(
        "表5",
        "班班通逐校情况",
        List.of(
            text("镇街", 3),
            text("学校", 4),
            text("标识码", 4),
            number("班级数"),
            number("配备数"),
            text("配备率", 2),
            number("有效(在线)数"),
            text("有效覆盖率", 2),
            text("标准", 3),
            text("结论", 2),
            text("依据", 6)),
        rows,
        "配备数为台账中登记有多媒体平台的班级;有效数为监测期内确有平台在线的班级,按整数比较,不进位。");
  }

  /** n of the share n/N that was rounded down to hundredths of a percent. */
  private static String seen(VerdictFact verdict) {
    Double value = verdict.value();
    return BigDecimal.valueOf(value == null ? 0 : value)
        .multiply(BigDecimal.valueOf(verdict.samples()))
        .movePointLeft(2)
        .setScale(0, RoundingMode.CEILING)
        .toPlainString();
  }

  /** The annex of 表5: classes without a platform, by name. */
  Block unequipped() {
    List<List<String>> rows = new ArrayList<>();
    for (SchoolFact school : facts.body().schools()) {
      List<String> missing = new ArrayList<>();
      String basis = "台账登记";
      for (VerdictFact verdict : facts.verdicts(school, "CLASS_PLATFORM")) {
        if (missing.isEmpty() && !verdict.missing().isEmpty()) {
          missing.addAll(verdict.missing());
          basis = verdict.rule() + ";" + Words.of(verdict.evidence());
        }
      }
      List<String> named = missing.isEmpty() ? school.unequipped() : missing;
      if (!named.isEmpty()) {
        rows.add(
            List.of(
                facts.regionName(school.region()),
                school.name(),
                school.code(),
                Integer.toString(named.size()),
                String.join("、", named),
                basis));
      }
    }
    return Facts.table(
        "表5附",
        "未配备(未见平台)班级清单",
        List.of(
            text("镇街", 3),
            text("学校", 4),
            text("标识码", 4),
            number("班级数"),
            text("班级", 8),
            text("依据", 2)),
        rows,
        rows.isEmpty() ? "没有未配备的班级。" : "");
  }

  /** 表6. */
  Block rooms() {
    List<List<String>> rows = new ArrayList<>();
    for (SchoolFact school : facts.body().schools()) {
      Long computers = computers(school);
      List<VerdictFact> verdicts = facts.verdicts(school, "COMPUTER_ROOM");
      VerdictFact verdict = verdicts.isEmpty() ? null : verdicts.get(0);
      long seats = school.rooms().stream().mapToLong(RoomFact::seats).sum();
      String visits = Facts.declared(school.declared(), "mobile-room-served");
      rows.add(
          List.of(
              facts.regionName(school.region()),
              school.name(),
              school.code(),
              school.rooms().isEmpty() ? Document.FILL : Integer.toString(school.rooms().size()),
              school.rooms().isEmpty() ? Document.FILL : Long.toString(seats),
              Words.number(computers),
              computers == null ? "—" : Words.ratio(100 * computers, school.students()),
              computers == null ? "—" : Words.ratio(school.students(), computers),
              verdict == null || verdict.value() == null ? "数据不足" : Words.value(verdict),
              school.rooms().isEmpty() || school.operation().days() == 0
                  ? "—"
                  : Words.ratio(school.operation().roomMinutes(), 60),
              visits == null ? Document.FILL : visits,
              verdict == null ? "台账、自报" : Words.basis(facts.rule(verdict.rule()), verdict)));
    }
    return Facts.table(
        "表6",
        "计算机室情况",
        List.of(
            text("镇街", 3),
            text("学校", 4),
            text("标识码", 4),
            number("室数"),
            number("台数(登记座位)"),
            number("教学用计算机"),
            number("每百名学生台数"),
            number("生机比"),
            text("可用率", 3),
            number("开机时长(小时)"),
            number("流动电脑室服务次数"),
            text("依据", 5)),
        rows,
        "室数、台数为台账登记;教学用计算机取年度统计,无统计取学校自报;开机时长为 "
            + facts.body().from()
            + " 至 "
            + facts.body().at()
            + " 机房各台之和。");
  }

  private static @Nullable Long computers(SchoolFact school) {
    Integer counted = school.computers();
    if (counted != null) {
      return counted.longValue();
    }
    String told = Facts.declared(school.declared(), "computers");
    return told == null ? null : Long.valueOf(told);
  }

  /** Schools with a headline target that is not met, and why, in words. */
  Block notMet(String name) {
    List<List<String>> rows = new ArrayList<>();
    for (SchoolFact school : facts.body().schools()) {
      for (VerdictFact verdict : school.verdicts()) {
        RuleFact rule = facts.rule(verdict.rule());
        boolean open =
            verdict.outcome().equals("NOT_MET") || verdict.outcome().equals("INSUFFICIENT_DATA");
        if (open && !rule.county()) {
          rows.add(
              List.of(
                  facts.regionName(school.region()),
                  school.name(),
                  school.code(),
                  rule.title(),
                  Words.asked(rule),
                  Words.value(verdict),
                  Words.of(verdict.outcome()),
                  String.join("", verdict.because()),
                  Words.basis(rule, verdict)));
        }
      }
    }
    return Facts.table(
        name,
        "未达标与数据不足情况",
        List.of(
            text("镇街", 3),
            text("学校", 4),
            text("标识码", 4),
            text("指标", 4),
            text("标准", 3),
            text("实际值", 3),
            text("结论", 2),
            text("原因", 8),
            text("依据", 5)),
        rows,
        "数据不足的学校不计为达标,单独标明。");
  }

  /** Schools that the plan's year has come for and that are not met. */
  List<SchoolFact> behind(int year) {
    return facts.schools(
        school -> {
          Integer planned = school.planYear();
          String standing = facts.standing(school);
          return planned != null
              && planned <= year
              && standing != null
              && !Objects.equals(standing, "MET");
        });
  }
}

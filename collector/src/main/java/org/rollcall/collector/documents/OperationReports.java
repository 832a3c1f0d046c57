package org.rollcall.collector.documents;

import static org.rollcall.collector.documents.Document.Column.number;
import static org.rollcall.collector.documents.Document.Column.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.rollcall.collector.documents.Document.Block;
import org.rollcall.collector.documents.Document.Field;
import org.rollcall.collector.snapshot.SchoolFact;
import org.rollcall.collector.snapshot.SchoolFact.GradeUse;
import org.rollcall.collector.snapshot.SchoolFact.Operation;

/** 月度运行报告 and 学校终端开机使用统计. */
final class OperationReports {
  /** Schools listed with the most lesson minutes lost. Project default. */
  private static final int WORST = 20;

  private final Facts facts;

  OperationReports(Facts facts) {
    this.facts = facts;
  }

  private String span() {
    return facts.body().from() + " 至 " + facts.body().at();
  }

  Document operations() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.heading(1, "一、总体情况"));
    blocks.add(total());
    blocks.add(Block.heading(1, "二、主要故障"));
    blocks.add(faults());
    blocks.add(Block.heading(1, "三、闲置资产"));
    blocks.add(idle());
    return document(DocumentKind.OPERATIONS, facts.name() + "月度运行报告(" + span() + ")", blocks);
  }

  private Document document(DocumentKind kind, String title, List<Block> blocks) {
    List<Field> cover =
        List.of(
            new Field("区域(学校)", String.join("", facts.body().unit().path())),
            new Field("统计时段", span() + "(30 天,项目默认值)"),
            new Field("快照编号", "№" + facts.snapshot().number()),
            new Field("快照 SHA-256", facts.snapshot().sha256()));
    return new Document(
        Document.FORMAT,
        kind.id(),
        title,
        cover,
        blocks,
        facts.snapshot().number(),
        facts.snapshot().sha256());
  }

  private Block total() {
    long up = 0;
    long down = 0;
    long unknown = 0;
    long planned = 0;
    long outages = 0;
    long faults = 0;
    for (SchoolFact school : facts.body().schools()) {
      Operation run = school.operation();
      up += run.up();
      down += run.down();
      unknown += run.unknown();
      planned += run.planned();
      outages += run.outages();
      faults += run.faults();
    }
    long judged = up + down + unknown;
    List<List<String>> rows =
        List.of(
            row("线路可用率(下限,未知算不可用)", Words.percent(up, judged), up + "/" + judged + " 分钟"),
            row(
                "线路可用率(上限,未知算可用)",
                Words.percent(up + unknown, judged),
                (up + unknown) + "/" + judged + " 分钟"),
            row("计划停机(不计入可用率)", Long.toString(planned), "上课时段分钟"),
            row("线路中断次数", Long.toString(outages), "上课时段内连续不可用,隔日另计"),
            row(
                "平均修复时间(MTTR,分钟)",
                Words.ratio(down, outages),
                "中断 " + down + " 分钟/" + outages + " 次,只计上课时段"),
            row("终端、投影机、计算机故障次数", Long.toString(faults), "设备自报故障"));
    return Facts.table(
        "表1",
        "运行总体情况",
        List.of(text("项目", 6), text("数值", 3), text("依据", 6)),
        rows,
        "共 " + facts.body().schools().size() + " 校;MTTR 的口径为项目默认值。");
  }

  private static List<String> row(String what, String value, String basis) {
    return List.of(what, value, basis);
  }

  private Block faults() {
    List<SchoolFact> worst =
        facts
            .schools(school -> school.operation().down() > 0 || school.operation().faults() > 0)
            .stream()
            .sorted(
                Comparator.comparingLong(
                        (SchoolFact school) ->
                            -(long) school.operation().down() * Math.max(1, school.classes()))
                    .thenComparing(school -> -school.operation().faults())
                    .thenComparing(SchoolFact::code))
            .limit(WORST)
            .toList();
    List<List<String>> rows = new ArrayList<>();
    for (SchoolFact school : worst) {
      Operation run = school.operation();
      rows.add(
          List.of(
              facts.regionName(school.region()),
              school.name(),
              school.code(),
              Integer.toString(run.down()),
              Integer.toString(run.outages()),
              Words.ratio(run.down(), run.outages()),
              Integer.toString(run.longestOutage()),
              Integer.toString(run.faults()),
              Integer.toString(run.days())));
    }
    return Facts.table(
        "表2",
        "主要故障(按损失的上课分钟×班数排列,前 " + WORST + " 校)",
        List.of(
            text("镇街", 3),
            text("学校", 5),
            text("标识码", 4),
            number("中断分钟"),
            number("中断次数"),
            number("平均修复(分钟)"),
            number("最长中断(分钟)"),
            number("设备故障次数"),
            number("有数据上课日")),
        rows,
        rows.isEmpty() ? "统计时段内没有中断和设备故障的记录。" : "");
  }

  private Block idle() {
    List<List<String>> rows = new ArrayList<>();
    for (SchoolFact school : facts.body().schools()) {
      Operation run = school.operation();
      if (run.days() > 0 && (!run.idle().isEmpty() || !run.unseen().isEmpty())) {
        rows.add(
            List.of(
                facts.regionName(school.region()),
                school.name(),
                school.code(),
                Integer.toString(run.idle().size()),
                String.join("、", run.idle()),
                Integer.toString(run.unseen().size()),
                String.join("、", run.unseen())));
      }
    }
    return Facts.table(
        "表3",
        "闲置资产",
        List.of(
            text("镇街", 3),
            text("学校", 4),
            text("标识码", 4),
            number("从未开机台数"),
            text("从未开机", 6),
            number("从未出现台数"),
            text("从未出现", 6)),
        rows,
        "从未开机:统计时段内监测到而没有开机;从未出现:台账登记而统计时段内没有监测到。没有监测数据的学校不列。");
  }

  Document powerOn() {
    List<List<String>> rows = new ArrayList<>();
    for (SchoolFact school : facts.body().schools()) {
      for (GradeUse use : school.use()) {
        rows.add(
            List.of(
                facts.regionName(school.region()),
                school.name(),
                Integer.toString(use.grade()),
                Integer.toString(use.classes()),
                Words.ratio(use.minutes(), use.classDays()),
                Words.ratio(use.times(), use.classDays()),
                Long.toString(use.minutes()),
                Long.toString(use.times())));
      }
    }
    Block table =
        Facts.table(
            "表1",
            "学校终端开机使用统计",
            List.of(
                text("乡镇街道", 4),
                text("学校", 5),
                text("年级", 2),
                number("班级总数"),
                number("日平均开机时长(分钟)"),
                number("日平均开机次数"),
                number("开机总时长"),
                number("开机总次数")),
            rows,
            "班级总数为统计时段内监测到终端的班级;日平均=总数÷(各班监测到的天数之和);开机总时长的单位为分钟;一个班有多台终端时取开机最久的一台。");
    return document(
        DocumentKind.POWER_ON, facts.name() + "学校终端开机使用统计(" + span() + ")", List.of(table));
  }
}

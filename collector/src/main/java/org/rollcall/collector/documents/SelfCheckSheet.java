package org.rollcall.collector.documents;

import static org.rollcall.collector.documents.Document.Column.number;
import static org.rollcall.collector.documents.Document.Column.text;
import static org.rollcall.collector.documents.Document.FILL;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.documents.Document.Block;
import org.rollcall.collector.documents.Document.Field;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.selfcheck.SelfCheckItem;
import org.rollcall.collector.selfcheck.SelfChecks;
import org.rollcall.collector.snapshot.SchoolFact;
import org.rollcall.collector.snapshot.SchoolFact.GradeUse;
import org.rollcall.collector.snapshot.SchoolFact.LineFact;
import org.rollcall.collector.snapshot.SchoolFact.SheetFact;
import org.rollcall.collector.snapshot.SchoolFact.SheetRow;
import org.rollcall.collector.snapshot.SchoolFact.SheetStep;
import org.rollcall.collector.snapshot.SchoolFact.VerdictFact;
import org.rollcall.collector.snapshot.SnapshotBody.DeclaredFact;
import org.rollcall.collector.snapshot.SnapshotBody.RuleFact;

/** 学校信息化自查表: fourteen items, and the lines that are signed. */
final class SelfCheckSheet {
  private static final List<String> WORST_FIRST =
      List.of("NOT_MET", "INSUFFICIENT_DATA", "MET", "NO_RULE");

  private final Facts facts;
  private final SchoolFact school;

  SelfCheckSheet(Facts facts) {
    this.facts = facts;
    this.school = facts.body().schools().get(0);
  }

  Document document() {
    SheetFact sheet = school.sheet();
    String round =
        sheet == null ? SelfChecks.roundOf(LocalDate.parse(facts.body().at())) : sheet.round();
    List<Block> blocks = new ArrayList<>();
    blocks.add(items(sheet));
    if (sheet != null && !sheet.steps().isEmpty()) {
      blocks.add(steps(sheet));
    }
    blocks.add(Block.signatures("填表人:", "校长(签字):", "学校(盖章):", "日期:"));
    blocks.add(Block.signatures("镇(街道)教育办审核意见:", "签字(盖章):", "日期:"));
    blocks.add(Block.signatures("区教育信息中心复核意见:", "签字(盖章):", "日期:"));
    blocks.add(Block.signatures("督导室意见:", "签字(盖章):", "日期:"));
    return new Document(
        Document.FORMAT,
        DocumentKind.SELF_CHECK.id(),
        "学校信息化自查表(" + round + " 学年)",
        head(sheet, round),
        blocks,
        facts.snapshot().number(),
        facts.snapshot().sha256());
  }

  private List<Field> head(@Nullable SheetFact sheet, String round) {
    String teachers = Facts.declared(school.declared(), "teachers-45-multimedia");
    String young = teachers == null ? FILL : teachers.substring(teachers.indexOf('/') + 1);
    return List.of(
        new Field("学校名称", school.name()),
        new Field("学校标识码", school.code()),
        new Field("所属镇街", facts.regionName(school.region())),
        new Field("办学类型", Words.of(school.stage())),
        new Field("公办·民办", Words.of(school.ownership())),
        new Field("层级", Words.tier(school.tier())),
        new Field("在校学生数", Integer.toString(school.students())),
        new Field("教学班数", Integer.toString(school.classes())),
        new Field("专任教师数(其中45岁以下)", school.teachers() + "(" + young + ")"),
        new Field("分管领导", FILL),
        new Field("专人(联系电话)", FILL),
        new Field("自查轮次", round + " 学年;" + Words.of(sheet == null ? "DRAFT" : sheet.state())),
        new Field("自查日期", facts.body().at()));
  }

  private Block items(@Nullable SheetFact sheet) {
    List<List<String>> rows = new ArrayList<>();
    for (SelfCheckItem item : SelfCheckItem.values()) {
      SheetRow row = null;
      if (sheet != null) {
        row =
            sheet.rows().stream()
                .filter(one -> one.item().equals(item.name()))
                .findFirst()
                .orElse(null);
      }
      rows.add(row(item, row));
    }
    return Facts.table(
        "自查表",
        "自查项目",
        List.of(
            number("序号"),
            text("自查项目", 3),
            text("标准要求", 3),
            text("监测数据", 6),
            text("学校自报", 4),
            text("是否达标", 2),
            text("差异说明", 3),
            text("佐证材料", 2),
            text("整改措施", 3),
            text("责任人", 2),
            text("完成时限", 2)),
        rows,
        "标准 "
            + facts.body().profile().versions()
            + ";监测数据取自快照 №"
            + facts.snapshot().number()
            + ",学校不能改动。");
  }

  /** What the system kept of submitting and reviewing; paper has the signatures. */
  private static Block steps(SheetFact sheet) {
    List<List<String>> rows = new ArrayList<>();
    for (SheetStep step : sheet.steps()) {
      rows.add(
          List.of(Times.local(step.at()), Words.of(step.state()), step.account(), step.text()));
    }
    return Facts.table(
        "审核记录",
        "提交与审核",
        List.of(text("时间", 2), text("结果", 2), text("账号", 2), text("意见或退回原因", 6)),
        rows,
        "账号为系统账号,签字盖章以纸质件为准。");
  }

  private List<String> row(SelfCheckItem item, @Nullable SheetRow row) {
    List<VerdictFact> verdicts = verdicts(item);
    String deadline = row == null ? null : row.deadline();
    return List.of(
        Integer.toString(item.number()),
        SelfCheckWords.title(item),
        required(item, verdicts),
        measured(item, verdicts),
        declared(item, row),
        outcome(verdicts),
        row == null ? "" : row.difference(),
        row == null || row.evidence().isBlank() ? SelfCheckWords.proof(item) : row.evidence(),
        row == null ? "" : row.measures(),
        row == null ? "" : row.person(),
        deadline == null ? "" : deadline);
  }

  private List<VerdictFact> verdicts(SelfCheckItem item) {
    return school.verdicts().stream()
        .filter(verdict -> !verdict.outcome().equals("NOT_APPLICABLE"))
        .filter(verdict -> isOf(facts.rule(verdict.rule()), item))
        .toList();
  }

  /** As {@link SelfCheckItem#holds}, by what the snapshot kept of the rule. */
  private static boolean isOf(RuleFact rule, SelfCheckItem item) {
    if (rule.county()) {
      return false;
    }
    return item.holds(Indicator.valueOf(rule.indicator()), rule.of());
  }

  private String required(SelfCheckItem item, List<VerdictFact> verdicts) {
    List<String> asked =
        verdicts.stream().map(v -> Words.asked(facts.rule(v.rule()))).distinct().toList();
    return asked.isEmpty() ? SelfCheckWords.required(item) : String.join(";", asked);
  }

  private String measured(SelfCheckItem item, List<VerdictFact> verdicts) {
    List<String> found = new ArrayList<>();
    for (VerdictFact verdict : verdicts) {
      found.add(
          verdict.because().get(0) + "(" + Words.basis(facts.rule(verdict.rule()), verdict) + ")");
    }
    if (item == SelfCheckItem.USE || item == SelfCheckItem.BALANCE) {
      found.addAll(use());
    }
    return found.isEmpty() ? "没有监测数据" : String.join("\n", found);
  }

  private List<String> use() {
    List<String> found = new ArrayList<>();
    for (GradeUse use : school.use()) {
      found.add(
          use.grade()
              + " 年级 "
              + use.classes()
              + " 班,每班日均开机 "
              + Words.ratio(use.minutes(), use.classDays())
              + " 分钟");
    }
    return found;
  }

  private String declared(SelfCheckItem item, @Nullable SheetRow row) {
    List<String> told = new ArrayList<>();
    if (item == SelfCheckItem.NETWORK) {
      for (LineFact line : school.lines()) {
        told.add(
            "签约 "
                + (line.contractMbps() == null ? FILL : Words.number(line.contractMbps()) + " Mbps")
                + ",运营商 "
                + (line.isp() == null ? FILL : line.isp())
                + ",合同到期 "
                + FILL);
      }
    }
    if (item == SelfCheckItem.CLASS_PLATFORM && school.registered() > 0) {
      told.add("台账登记有平台 " + school.equipped() + "/" + school.registered() + " 班");
    }
    for (DeclaredIndicator indicator : item.declared()) {
      told.add(declared(indicator));
    }
    if (row != null && !row.statement().isBlank()) {
      told.add(row.statement());
    }
    return told.isEmpty() ? "—" : String.join("\n", told);
  }

  private String declared(DeclaredIndicator indicator) {
    for (DeclaredFact fact : school.declared()) {
      if (fact.indicator().equals(indicator.id())) {
        return fact.title()
            + " "
            + Words.of(fact.value())
            + "("
            + fact.asOf()
            + (fact.certificate() == null ? "" : ",核定 " + fact.certificate())
            + ")";
      }
    }
    return indicator.title(Locale.SIMPLIFIED_CHINESE) + " " + FILL;
  }

  private static String outcome(List<VerdictFact> verdicts) {
    for (String outcome : WORST_FIRST) {
      if (verdicts.stream().anyMatch(verdict -> verdict.outcome().equals(outcome))) {
        return Words.of(outcome);
      }
    }
    return "—";
  }
}

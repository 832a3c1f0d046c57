package org.rollcall.collector.documents;

import static org.rollcall.collector.documents.Document.FILL;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.documents.Document.Block;
import org.rollcall.collector.documents.Document.Field;
import org.rollcall.collector.snapshot.SnapshotBody.CountyFact;
import org.rollcall.collector.snapshot.SnapshotBody.DeclaredFact;
import org.rollcall.collector.snapshot.SnapshotBody.RuleFact;
import org.rollcall.collector.snapshot.SnapshotBody.SummaryFact;

/** The documents of a region: acceptance, application, quarterly, not met. */
final class RegionReports {
  private static final List<String> GROUPS =
      List.of("基础设施建设", "资源建设", "应用与教研", "教师培训", "经费保障", "督导评估");

  private final Facts facts;
  private final @Nullable String mapApproval;
  private final CountyTables county;
  private final SchoolTables schools;

  RegionReports(Facts facts, @Nullable String mapApproval) {
    this.facts = facts;
    this.mapApproval = mapApproval;
    this.county = new CountyTables(facts);
    this.schools = new SchoolTables(facts);
  }

  private int year() {
    return LocalDate.parse(facts.body().at()).getYear();
  }

  Document acceptance() {
    String title = facts.name() + "“以信息化促进义务教育均衡发展实验区”建设情况验收报告(" + year() + "年度)";
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.heading(1, "一、基本情况"));
    blocks.add(county.schools());
    blocks.add(Block.heading(1, "二、组织机构与长效机制"));
    blocks.addAll(organisation());
    blocks.add(Block.heading(1, "三、指标达成情况"));
    blocks.add(Block.text(conclusion()));
    blocks.add(county.targets());
    blocks.add(Block.heading(1, "四、校校通"));
    blocks.add(schools.links());
    blocks.add(schools.privateSchools());
    blocks.add(Block.heading(1, "五、班班通"));
    blocks.add(schools.classes());
    blocks.add(schools.unequipped());
    blocks.add(Block.heading(1, "六、计算机室"));
    blocks.add(schools.rooms());
    blocks.add(Block.heading(1, "七、应用与合作"));
    blocks.add(county.application());
    blocks.add(Block.heading(1, "八、均衡程度"));
    blocks.addAll(county.evenness());
    blocks.add(Block.heading(1, "九、年度计划完成"));
    blocks.addAll(county.plan());
    blocks.add(Block.heading(1, "十、存在问题与整改"));
    blocks.add(county.measures());
    blocks.add(Block.heading(1, "十一、自评结论与申请"));
    blocks.add(Block.text("监测结论:" + conclusion()));
    blocks.add(Block.text("自评结论与申请:" + FILL));
    blocks.add(Block.signatures("负责人(签字):", "申报单位(盖章):", "日期:"));
    blocks.addAll(new Annexes(facts).all(mapApproval));
    return document(DocumentKind.ACCEPTANCE, title, blocks);
  }

  private Document document(DocumentKind kind, String title, List<Block> blocks) {
    return new Document(
        Document.FORMAT,
        kind.id(),
        title,
        cover(),
        blocks,
        facts.snapshot().number(),
        facts.snapshot().sha256());
  }

  private List<Field> cover() {
    String issued = facts.body().profile().issued();
    return List.of(
        new Field("申报地区", String.join("", facts.body().unit().path())),
        new Field("申报单位(盖章)", FILL),
        new Field("负责人", FILL),
        new Field("填报日期", FILL),
        new Field("监测时段", facts.body().from() + " 至 " + facts.body().at()),
        new Field(
            "标准版本",
            facts.body().profile().versions()
                + (issued == null ? "(生效日期 " + FILL + ")" : "(印发 " + issued + ")")),
        new Field("快照编号", "№" + facts.snapshot().number()),
        new Field("快照生成", Times.local(facts.snapshot().at())),
        new Field("快照 SHA-256", facts.snapshot().sha256()));
  }

  private List<Block> organisation() {
    List<List<String>> groups = new ArrayList<>();
    groups.add(List.of("领导小组", FILL, FILL, FILL));
    for (String group : GROUPS) {
      groups.add(List.of(group + "工作小组", FILL, FILL, FILL));
    }
    List<List<String>> policies = new ArrayList<>();
    policies.add(List.of("教育信息化纳入发展规划", declared("plan-in-policy"), FILL, FILL));
    policies.add(List.of("纳入党政领导责任考核", declared("leaders-assessed"), FILL, FILL));
    List<List<String>> money = new ArrayList<>();
    money.add(
        List.of(
            Integer.toString(year()),
            declared("fund"),
            declared("fund-paid"),
            FILL,
            "区域自报(fund、fund-paid)"));
    return List.of(
        Facts.table(
            "组织机构",
            "领导小组与六个工作小组",
            List.of(
                Document.Column.text("机构", 4),
                Document.Column.text("牵头单位", 4),
                Document.Column.text("协办单位", 4),
                Document.Column.text("负责人", 3)),
            groups,
            "小组名称为项目默认值,可由填报单位改写。"),
        Facts.table(
            "政策文件",
            "政策文件清单",
            List.of(
                Document.Column.text("事项", 5),
                Document.Column.text("区域自报", 3),
                Document.Column.text("文件名称及文号", 5),
                Document.Column.text("条款", 3)),
            policies,
            ""),
        Facts.table(
            "经费",
            "信息化专项经费(元)",
            List.of(
                Document.Column.text("年度", 2),
                Document.Column.number("预算"),
                Document.Column.number("到位"),
                Document.Column.number("支出"),
                Document.Column.text("依据", 4)),
            money,
            ""));
  }

  private String declared(String indicator) {
    List<DeclaredFact> declared = facts.body().declared();
    String told = Facts.declared(declared, indicator);
    return told == null ? FILL : Words.of(told);
  }

  /** One sentence for each headline target, with its numbers. */
  private String conclusion() {
    StringBuilder text = new StringBuilder();
    for (SummaryFact summary : facts.region().summaries()) {
      RuleFact rule = facts.rule(summary.rule());
      if (rule.headline()) {
        text.append(rule.title())
            .append(":应评 ")
            .append(summary.inScope())
            .append(" 校,达标 ")
            .append(summary.met())
            .append(" 校,达标率 ")
            .append(Words.rate(summary))
            .append(",")
            .append(Words.of(summary.conclusion()))
            .append("。");
      }
    }
    long open =
        facts.body().county().stream()
            .map(CountyFact::outcome)
            .filter(outcome -> outcome.equals("NOT_MET"))
            .count();
    if (open > 0) {
      text.append("区域指标未达标 ").append(open).append(" 项。");
    }
    return text.length() == 0 ? "本标准没有逐校指标。" : text.toString();
  }

  Document application() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.heading(1, "一、基本情况"));
    blocks.add(county.schools());
    blocks.add(Block.heading(1, "二、指标达成情况"));
    blocks.add(county.targets());
    blocks.add(Block.heading(1, "三、承诺"));
    blocks.add(Block.text("本单位承诺:所填内容真实;监测数据取自上述快照,未作改动;人工核定的内容均已在验收报告附件3 列明。"));
    blocks.add(Block.signatures("负责人(签字):", "申报单位(盖章):", "日期:"));
    return document(
        DocumentKind.APPLICATION,
        facts.name() + "“以信息化促进义务教育均衡发展实验区”申报表(" + year() + "年度)",
        blocks);
  }

  Document quarterly() {
    LocalDate at = LocalDate.parse(facts.body().at());
    int quarter = (at.getMonthValue() + 2) / 3;
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.heading(1, "一、总体情况"));
    blocks.add(Block.text(conclusion()));
    blocks.add(Block.heading(1, "二、各镇街情况"));
    blocks.add(county.townships("表1"));
    blocks.add(Block.heading(1, "三、年度计划完成"));
    blocks.addAll(county.plan());
    blocks.add(Block.heading(1, "四、存在问题与整改"));
    blocks.add(schools.notMet("表2"));
    blocks.add(county.measures());
    blocks.add(Block.heading(1, "五、下季度督导计划"));
    blocks.add(Block.text(FILL));
    blocks.add(Block.signatures("督导责任人(签字):", "单位(盖章):", "日期:"));
    return document(
        DocumentKind.QUARTERLY,
        facts.name() + "教育信息化督导报告(" + year() + "年第" + quarter + "季度)",
        blocks);
  }

  Document notMet() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.heading(1, "一、总体情况"));
    blocks.add(Block.text(conclusion()));
    blocks.add(Block.heading(1, "二、清单"));
    blocks.add(schools.notMet("表1"));
    blocks.add(schools.unequipped());
    return document(
        DocumentKind.NOT_MET, facts.name() + "未达标学校清单(" + facts.body().at() + ")", blocks);
  }
}
